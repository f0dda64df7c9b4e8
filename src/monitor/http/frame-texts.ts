import type { FeedFrame } from '../../feed/feed.ts'

/**
 * The bytes of a frame, made once however many read it: frames are shared objects. `epoch` goes into the
 * ids of server-sent events.
 */
export interface FrameTexts {
  /** JSON. */
  message(frame: FeedFrame): Buffer
  /** As an event, whose id says where to go on. https://html.spec.whatwg.org/multipage/server-sent-events.html */
  event(frame: FeedFrame, epoch: string): Buffer
}

export function createFrameTexts(): FrameTexts {
  const messages = new WeakMap<FeedFrame, Buffer>()
  const events = new WeakMap<FeedFrame, Buffer>()
  const message = (frame: FeedFrame): Buffer =>
    kept(messages, frame, () => Buffer.from(JSON.stringify(frame)))
  return {
    message,
    event: (frame, epoch) =>
      kept(events, frame, () => {
        const seq = lastSeq(frame)
        const id = seq === undefined ? '' : `id: ${epoch}.${seq}\n`
        return Buffer.concat([Buffer.from(`${id}data: `), message(frame), Buffer.from('\n\n')])
      }),
  }
}

/** The position after the frame; undefined where it doesn't change. */
export function lastSeq(frame: FeedFrame): number | undefined {
  if (frame.type === 'snapshot') return frame.snapshot.seq
  return frame.type === 'entries' ? frame.entries.at(-1)?.seq : undefined
}

function kept(known: WeakMap<FeedFrame, Buffer>, frame: FeedFrame, make: () => Buffer): Buffer {
  const found = known.get(frame)
  if (found !== undefined) return found
  const made = make()
  known.set(frame, made)
  return made
}
