/** Why something went wrong, for a person: the message of an error, and whatever else was thrown as it is. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** `ENOENT` and its like; undefined: the error has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

/** The code where there is one, for sentences that say already which file or address it is about. */
export function errorReason(error: unknown): string {
  return errorCode(error) ?? String(error)
}
