let context: AudioContext | undefined

/** Two soft notes, made here: nothing is loaded. */
export function playCall(): void {
  context ??= new AudioContext()
  const { currentTime } = context
  for (const [index, hertz] of [659.3, 880].entries()) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    const startAt = currentTime + index * 0.12
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0, startAt)
    volume.gain.linearRampToValueAtTime(0.12, startAt + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, startAt + 0.35)
    tone.connect(volume).connect(context.destination)
    tone.start(startAt)
    tone.stop(startAt + 0.4)
  }
}
