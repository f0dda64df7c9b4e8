/** A numeric is a value: commands yield it, `deliver` alone writes it. `params` come after the client's nick. */
export interface Numeric {
  readonly code: string
  readonly params: readonly string[]
}
