/** Nothing that a test waits for takes so long: a machine may be busy. It says nothing of how fast anything is. */
export const PATIENCE_MS = 60_000
