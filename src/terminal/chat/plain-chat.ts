import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { applyChanges } from '../../client/change.ts'
import type { Change, TimelineChange } from '../../client/change.ts'
import type { Outcome } from '../../client/intent.ts'
import type { Connection, Model } from '../../client/model.ts'
import type { ChatSay } from './chat-words.ts'
import type { NetworkStart } from './network.ts'
import { NetworkLink } from './network-link.ts'
import { noticeRecord, timelineRecords, troubleRecord } from './plain-records.ts'
import { refusalText } from './refusal-text.ts'

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

class PlainChat implements AsyncDisposable {
  readonly #options: PlainOptions
  readonly #ended = Promise.withResolvers<number>()
  readonly #network: NetworkLink
  readonly #lines: ReturnType<typeof createInterface>
  readonly #waiting = new Set<string>()
  /** Lines that came before there was a room to say them in. */
  readonly #early: string[] = []
  #model: Model | undefined
  #count = 0
  #hasRefused = false
  #isInputOver = false
  #trouble = ''

  constructor(options: PlainOptions) {
    this.#options = options
    this.#network = new NetworkLink(options.start, {
      onChanges: (changes) => this.#take(changes),
      onOtherCertificate: () => this.#fail(options.say('certificateChanged')),
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
    for (const change of changes) this.#tell(change, start)
    this.#answer(this.#model.connection)
    if (this.#target !== undefined) this.#early.splice(0).forEach((line) => this.#say(line))
    this.#leaveWhenDone()
  }

  #tell(change: Change, before: Model): void {
    if (change.kind === 'timeline') return this.#tellTimeline(change, before)
    if (change.kind === 'notices') return this.#tellNotices(change.notices, before)
    if (change.kind === 'connection') return this.#tellTrouble(change.connection)
    return change.kind === 'outcome' ? this.#settle(change.ref, change.outcome) : undefined
  }

  #tellTimeline(change: TimelineChange, before: Model): void {
    const conversation = this.#model?.conversations.get(change.conversation)
    const name = conversation?.name ?? change.conversation
    const old = before.timelines.get(change.conversation)?.items ?? []
    this.#write(timelineRecords(name, change, old))
  }

  #tellNotices(notices: Model['notices'], before: Model): void {
    const known = new Set(before.notices.map(({ id }) => id))
    this.#write(notices.filter(({ id }) => !known.has(id)).map((notice) => noticeRecord(notice)))
  }

  #tellTrouble({ trouble }: Connection): void {
    const text = trouble?.text ?? ''
    if (text === this.#trouble) return
    this.#trouble = text
    if (text !== '') this.#options.errors.write(`maru: ${troubleRecord(text)}\n`)
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
    if (target === undefined && !line.startsWith('/')) {
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
    const { say, errors } = this.#options
    const text = outcome.kind === 'refused' ? refusalText(outcome, say) : say('unknownOutcome')
    errors.write(`maru: ${text}\n`)
    this.#hasRefused = true
  }

  #leaveWhenDone(): void {
    const isDone = this.#isInputOver && this.#waiting.size === 0 && this.#early.length === 0
    if (isDone && this.#options.atEnd === 'leave') this.#ended.resolve(this.#hasRefused ? 1 : 0)
  }

  #write(records: readonly string[]): void {
    if (records.length > 0) this.#options.output.write(records.map((one) => `${one}\n`).join(''))
  }
}
