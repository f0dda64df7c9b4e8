/** Runs `run` again and again until it is disposed of; tests bring one that they wind by hand. */
export type Repeat = (everyMs: number, run: () => void) => Disposable

/** Does not keep the process alive. */
export const systemRepeat: Repeat = (everyMs, run) => {
  const timer = setInterval(run, everyMs)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
