import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { applyChanges } from '../../client/change.ts'
import type { Change } from '../../client/change.ts'
import type { Outcome } from '../../client/intent.ts'
import type { Connection, Model } from '../../client/model.ts'
import type { Message, TimelineItem } from '../../client/timeline.ts'
import type { ChatSay } from './chat-words.ts'
import type { NetworkStart } from './network.ts'
import { NetworkLink } from './network-link.ts'
import { noticeRecord, timelineRecords } from './plain-records.ts'
import { refusalText } from './refusal-text.ts'
import { troubleText } from './trouble-text.ts'

export interface PlainOptions {
  readonly input: Readable
  readonly output: Writable
  readonly errors: Writable
  readonly start: NetworkStart
  readonly say: ChatSay
  /** At the end of the input: `leave` once all was answered, or `stay` for what others say. */
  readonly atEnd: 'leave' | 'stay'
  /** Called when it is to end; and again at a second time. */
  readonly onInterrupt: (interrupted: () => void) => void
}

/** Lines in are said, what is said comes out in lines. Resolves with the exit code. */
export async function runPlainChat(options: PlainOptions): Promise<number> {
  const chat = new PlainChat(options)
  const code = await chat.ended
  await chat[Symbol.asyncDispose]()
  return code
}

/** So much the clocks of two machines may differ. */
const CLOCK_MS = 60_000

function failuresIn(items: readonly TimelineItem[]): readonly Message[] {
  return items.filter(
    (item): item is Message =>
      item.kind === 'message' &&
      item.author.isSelf &&
      (item.life.state === 'failed' || item.life.state === 'unknown'),
  )
}

class PlainChat implements AsyncDisposable {
  readonly #options: PlainOptions
  readonly #ended = Promise.withResolvers<number>()
  readonly #network: NetworkLink
  readonly #lines: ReturnType<typeof createInterface>
  readonly #waiting = new Set<string>()
  readonly #failed = new Set<string>()
  /** Lines that came before there was a room to say them in. */
  readonly #early: string[] = []
  #model: Model | undefined
  #count = 0
  #hasRefused = false
  #isInputOver = false
  #trouble = ''
  #onlineSinceMs: number | undefined

  constructor(options: PlainOptions) {
    this.#options = options
    this.#network = new NetworkLink(options.start, {
      onChanges: (changes) => {
        this.#take(changes)
        this.#network.taken()
      },
      onOtherCertificate: () => this.#fail(options.say('certificateChanged')),
      onNotKept: (reason) => this.#refuse(options.say('notKept', { reason })),
      onCrash: (error) => this.#ended.reject(error),
    })
    this.#network.intent({ kind: 'connect' })
    this.#lines = createInterface({ input: options.input })
    this.#lines.on('line', (line) => this.#say(line))
    this.#lines.on('close', () => {
      this.#isInputOver = true
      this.#leaveWhenDone()
    })
    options.output.on('error', () => this.#ended.resolve(1))
    options.onInterrupt(() => this.#ended.resolve(130))
  }

  get ended(): Promise<number> {
    return this.#ended.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lines.close()
    await this.#network.leave(undefined)
  }

  #take(changes: readonly Change[]): void {
    const before = this.#model
    const [first] = changes
    const start = before ?? (first?.kind === 'snapshot' ? first.model : undefined)
    if (start === undefined) return
    this.#model = applyChanges(start, changes)
    this.#onlineSinceMs ??= this.#model.connection.onlineSinceMs
    this.#tellTimelines(this.#model, start)
    for (const change of changes) this.#tell(change, start)
    this.#answer(this.#model.connection)
    this.#early.splice(0).forEach((line) => this.#say(line))
    this.#leaveWhenDone()
  }

  #tell(change: Change, before: Model): void {
    if (change.kind === 'notices') return this.#tellNotices(change.notices, before)
    if (change.kind === 'connection') return this.#tellTrouble(change.connection)
    return change.kind === 'outcome' ? this.#settle(change.ref, change.outcome) : undefined
  }

  #tellTimelines(now: Model, before: Model): void {
    const sinceMs = (this.#onlineSinceMs ?? 0) - CLOCK_MS
    for (const [id, { items }] of now.timelines) {
      const old = before.timelines.get(id)?.items ?? []
      if (items === old) continue
      const conversation = now.conversations.get(id)?.name ?? id
      this.#write(timelineRecords({ conversation, before: old, now: items, sinceMs }))
      this.#tellFailures(items)
    }
  }

  #tellFailures(items: readonly TimelineItem[]): void {
    const { say } = this.#options
    for (const { id, life } of failuresIn(items)) {
      if (this.#failed.has(id)) continue
      this.#failed.add(id)
      this.#refuse(life.state === 'failed' ? refusalText(life.refusal, say) : say('unknownOutcome'))
    }
  }

  #tellNotices(notices: Model['notices'], before: Model): void {
    const known = new Set(before.notices.map(({ id }) => id))
    this.#write(notices.filter(({ id }) => !known.has(id)).map((notice) => noticeRecord(notice)))
  }

  #tellTrouble({ trouble }: Connection): void {
    const text = troubleText(trouble, this.#options.say)
    if (text === this.#trouble) return
    this.#trouble = text
    if (text !== '') this.#options.errors.write(`maru: ${text}\n`)
  }

  /** Nobody is there to be asked. */
  #answer({ question }: Connection): void {
    if (question !== undefined) this.#fail(refusalText(question.refusal, this.#options.say))
  }

  #fail(text: string): void {
    this.#options.errors.write(`maru: ${text}\n`)
    this.#ended.resolve(1)
  }

  /** The first room. */
  get #target(): string | undefined {
    const all = [...(this.#model?.conversations.values() ?? [])]
    return all.find(({ kind }) => kind === 'room')?.id ?? all[0]?.id
  }

  #say(line: string): void {
    if (line === '') return
    const target = this.#target
    if (target === undefined && (this.#model === undefined || !line.startsWith('/'))) {
      this.#early.push(line)
      return
    }
    const ref = String(++this.#count)
    this.#waiting.add(ref)
    this.#network.intent({ kind: 'enter', conversation: target ?? '', text: line, ref })
  }

  #settle(ref: string, outcome: Outcome): void {
    this.#waiting.delete(ref)
    if (outcome.kind === 'done') return
    const { say } = this.#options
    this.#refuse(outcome.kind === 'refused' ? refusalText(outcome, say) : say('unknownOutcome'))
  }

  #refuse(text: string): void {
    this.#options.errors.write(`maru: ${text}\n`)
    this.#hasRefused = true
  }

  #leaveWhenDone(): void {
    if (this.#options.atEnd === 'stay' || !this.#isInputOver) return
    if (this.#waiting.size > 0 || this.#early.length > 0 || this.#isSaying) return
    this.#ended.resolve(this.#hasRefused ? 1 : 0)
  }

  /** Something that was accepted has not come to its place yet. */
  get #isSaying(): boolean {
    const timelines = [...(this.#model?.timelines.values() ?? [])]
    return timelines.some(({ items }) =>
      items.some(
        (item) =>
          item.kind === 'message' &&
          (item.life.state === 'queued' || item.life.state === 'sending'),
      ),
    )
  }

  #write(records: readonly string[]): void {
    if (records.length > 0) this.#options.output.write(records.map((one) => `${one}\n`).join(''))
  }
}
