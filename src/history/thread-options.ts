/** For threads that open SQLite: Node 22 warns in each that it is experimental, and operators can do nothing about it. */
export const QUIET_SQLITE: readonly string[] = ['--disable-warning=ExperimentalWarning']
