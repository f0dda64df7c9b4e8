/** The first moment of the day, here, in which something is. */
export function dayOf(timeMs: number): number {
  const day = new Date(timeMs)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}
