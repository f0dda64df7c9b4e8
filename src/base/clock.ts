/** Time as a value, so that tests own it. */
export interface Clock {
  /** Wall clock, milliseconds since 1970. */
  now(): number
  /** Never goes back; for deadlines and durations. Milliseconds since some moment. */
  monotonic(): number
}

/** A clock that stands still during a turn: whatever happens in it happens at the same time, and asking costs nothing. */
export interface TurnClock extends Clock {
  /** A turn begins. */
  tick(): void
}

export function createTurnClock(clock: Clock): TurnClock {
  let now = clock.now()
  let monotonic = clock.monotonic()
  return {
    now: () => now,
    monotonic: () => monotonic,
    tick() {
      now = clock.now()
      monotonic = clock.monotonic()
    },
  }
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}
