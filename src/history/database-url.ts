/** Whether it names a PostgreSQL database, and not a file. */
export function isDatabaseUrl(at: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(at)
}
