import { systemClock } from '../../../base/clock.ts'

/** A page that isn't seen gets no frames of the screen, and has a title and an icon with counts all the same. */
const HIDDEN_MS = 500
/** Drawing takes at most one part in so many of the time: the rest is for whoever types and scrolls. */
const PARTS = 8
const LONGEST_REST_MS = 300

/** When the page is drawn anew: at most once in a frame of the screen, and less often where that takes long. */
interface DrawSchedule {
  readonly draw: () => void
  /** In the next frame: somebody waits for it. */
  readonly drawSoon: () => void
}

export function createDrawSchedule(show: () => void): DrawSchedule {
  let stop: (() => void) | undefined
  let isResting = false
  let costMs = 0
  let restUntilMs = 0
  let isTyped = false
  const rest = (fromMs: number): void => {
    restUntilMs = fromMs + Math.min(LONGEST_REST_MS, costMs * PARTS)
  }
  const run = (): void => {
    stop = undefined
    const fromMs = systemClock.monotonic()
    rest(fromMs)
    show()
    // When that is laid out and painted.
    setTimeout(() => {
      costMs = systemClock.monotonic() - fromMs
      rest(fromMs)
    })
  }
  const drawInFrame = (inFrame: () => void): void => {
    isResting = false
    stop = document.hidden ? after(HIDDEN_MS, run) : withFrame(inFrame)
  }
  /** The frame after a key shows what was typed, and nothing else that this would have to wait for. */
  const giveWay = (): void => {
    if (!isTyped) return run()
    isTyped = false
    stop = withFrame(run)
  }
  const drawSoon = (): void => {
    if (stop !== undefined && !isResting) return
    stop?.()
    drawInFrame(run)
  }
  const draw = (): void => {
    if (stop !== undefined) return
    const restMs = restUntilMs - systemClock.monotonic()
    if (document.hidden || restMs <= 0) return drawInFrame(giveWay)
    isResting = true
    stop = after(restMs, () => drawInFrame(giveWay))
  }
  addEventListener('keydown', () => (isTyped = true), { capture: true, passive: true })
  document.addEventListener('visibilitychange', () => {
    if (stop === undefined) return
    stop()
    stop = undefined
    draw()
  })
  return { draw, drawSoon }
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

function withFrame(run: () => void): () => void {
  const frame = requestAnimationFrame(run)
  return () => cancelAnimationFrame(frame)
}
