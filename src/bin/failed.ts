/** Says why a command could not do its work. Returns the exit code. */
export function failed(text: string): number {
  console.error(`maru: ${text}`)
  return 1
}
