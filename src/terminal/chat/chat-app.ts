import type { ReadStream, WriteStream } from 'node:tty'
import type { Clock } from '../../base/clock.ts'
import { errorReason } from '../../base/error-text.ts'
import type { Change } from '../../client/change.ts'
import type { Intent } from '../../client/intent.ts'
import { InkFrames } from '../ink-frame.ts'
import type { Key } from '../key-decoder.ts'
import { safeText } from '../safe-text.ts'
import { TerminalScreen } from '../terminal-screen.ts'
import { chatPicture } from './chat-lines.ts'
import type { Picture } from './chat-lines.ts'
import { pressChatKey } from './chat-keys.ts'
import { createChatState, openConversation, viewOf } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { told } from './effect.ts'
import type { ChatEffect } from './effect.ts'
import type { Looks } from './kept-looks.ts'
import type { NetworkStart } from './network.ts'
import { NetworkLink } from './network-link.ts'
import { callsElsewhere, NOTHING_READ, readingIntents } from './reading-intents.ts'
import { withChanges } from './update-chat.ts'

export interface ChatOptions {
  readonly stdin: ReadStream
  readonly stdout: WriteStream
  readonly start: NetworkStart
  readonly looks: Looks
  /** Somebody has made it look otherwise. */
  readonly onLooks: (looks: Looks) => void
  readonly isColored: boolean
  /** Whether the terminal rings when somebody is called. */
  readonly bell: 'rings' | 'silent'
  readonly clock: Clock
}

/** What is to be drawn at once: all, or what one writes alone. */
type Due = 'now' | 'writing'

/** So long what comes in is gathered before it is drawn. */
const FRAME_MS = 100

/** Shows the chat until somebody leaves it. */
export async function runChat(options: ChatOptions): Promise<void> {
  const chat = new ChatApp(options)
  try {
    await chat.left
  } finally {
    await chat[Symbol.asyncDispose]()
  }
}

class ChatApp implements AsyncDisposable {
  readonly #options: ChatOptions
  readonly #left = Promise.withResolvers<void>()
  readonly #network: NetworkLink
  readonly #ticks: NodeJS.Timeout
  readonly #ink: InkFrames
  #screen: TerminalScreen | undefined
  #state: ChatState | undefined
  /** What is drawn: that of a moment ago. */
  #drawn: ChatState['model'] | undefined
  #frame: NodeJS.Timeout | undefined
  #due: Due | undefined
  #reading = NOTHING_READ
  /** Changes that are not on the screen yet: the next ones wait for them. */
  #isTaking = false
  #reason: string | undefined
  #title = ''
  #calls = 0

  constructor(options: ChatOptions) {
    this.#options = options
    this.#ink = new InkFrames(options.isColored)
    this.#network = new NetworkLink(options.start, {
      onChanges: (changes) => this.#take(changes),
      onOtherCertificate: () => this.#alarm(),
      onNotKept: (reason) => this.#tellNotKept(reason),
      onCrash: (error) => this.#left.reject(error),
    })
    this.#network.intent({ kind: 'connect' })
    this.#ticks = setInterval(() => this.#become((state) => state, 'soon'), 1000)
  }

  get left(): Promise<void> {
    return this.#left.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#frame)
    clearInterval(this.#ticks)
    this.#screen?.tell('\x1b]0;\x07')
    this.#screen?.[Symbol.dispose]()
    this.#ink[Symbol.dispose]()
    await this.#network.leave(this.#reason)
  }

  #take(changes: readonly Change[]): void {
    const [first] = changes
    this.#isTaking = true
    const isFirst = this.#state === undefined && first?.kind === 'snapshot'
    if (isFirst) this.#begin(first.model)
    this.#become((state) => withChanges(state, changes), isFirst ? 'now' : 'soon')
  }

  #begin(model: ChatState['model']): void {
    const { stdin, stdout, looks, clock } = this.#options
    const screen = new TerminalScreen(stdin, stdout, {
      reading: 'rich',
      onKey: (key) => this.#press(key),
      onSize: (size) => this.#become((state) => ({ ...state, size }), 'now'),
      onEnd: () => this.#left.resolve(),
    })
    this.#screen = screen
    const { login } = this.#options.start.settings
    const account = login?.account ?? ''
    const begin = { model, ...looks, account, nowMs: clock.now() }
    this.#state = createChatState({ ...begin, size: screen.size })
  }

  #press(key: Key): void {
    if (this.#state === undefined) return
    const before = this.#state
    const { state, effects } = pressChatKey(before, key)
    const isLight = this.#frame !== undefined && isWritten(before, state)
    this.#become(() => state, isLight ? 'writing' : 'now')
    const { theme, language, sides } = state
    const isSame = theme === before.theme && language === before.language && sides === before.sides
    if (!isSame) this.#keep({ theme, language, sides })
    for (const effect of effects) this.#carryOut(effect)
  }

  #keep(looks: Looks): void {
    try {
      this.#options.onLooks(looks)
    } catch (error) {
      this.#tellNotKept(errorReason(error))
    }
  }

  #tellNotKept(reason: string): void {
    this.#become((state) => told(state, state.say('notKept', { reason })), 'now')
  }

  /** Keys are answered at once, those that come together by one frame; what the server says can wait for the next. */
  #become(next: (state: ChatState) => ChatState, when: Due | 'soon'): void {
    if (this.#state === undefined) return
    const nowMs = this.#options.clock.now()
    this.#state = next({ ...this.#state, nowMs })
    if (when === 'soon') {
      this.#frame ??= setTimeout(() => this.#draw(), FRAME_MS)
      return
    }
    if (this.#due === undefined) queueMicrotask(() => this.#answer())
    if (this.#due !== 'now') this.#due = when
  }

  #answer(): void {
    const due = this.#due
    this.#due = undefined
    if (due === 'now') this.#draw()
    else this.#drawWriting()
  }

  #draw(): void {
    clearTimeout(this.#frame)
    this.#frame = undefined
    const state = this.#state
    if (state === undefined) return
    this.#drawn = state.model
    const picture = this.#show(state)
    this.#tellTitle(state)
    this.#ring(state)
    if (this.#isTaking) this.#network.taken()
    this.#isTaking = false
    this.#read(state, picture)
  }

  /** What is written is seen before what came in meanwhile, which is drawn with the next frame. */
  #drawWriting(): void {
    if (this.#state === undefined) return
    this.#show({ ...this.#state, model: this.#drawn ?? this.#state.model })
  }

  #show(state: ChatState): Picture {
    const picture = chatPicture(state)
    const { columns } = state.size
    this.#screen?.show(this.#ink.draw(picture.lines, columns), picture.cursor)
    return picture
  }

  #read(state: ChatState, picture: Picture): void {
    const { intents, reading } = readingIntents(state, picture, this.#reading)
    this.#reading = reading
    for (const intent of intents) this.#network.intent(intent)
  }

  #tellTitle(state: ChatState): void {
    let mentions = 0
    for (const conversation of state.model.conversations.values()) mentions += conversation.mentions
    const name = safeText(openConversation(state)?.name ?? 'Maru')
    const title = mentions > 0 ? `(${mentions}) ${name}` : name
    if (title === this.#title) return
    this.#title = title
    this.#screen?.tell(`\x1b]0;${title}\x07`)
  }

  /** Somebody was called where nobody is reading. */
  #ring(state: ChatState): void {
    const calls = callsElsewhere(state)
    if (calls > this.#calls && this.#options.bell === 'rings') this.#screen?.tell('\x07')
    this.#calls = calls
  }

  #carryOut(effect: ChatEffect): void {
    if (effect.kind === 'intent') return this.#network.intent(effect.intent satisfies Intent)
    if (effect.kind === 'copy') {
      // OSC 52: the terminal's own clipboard, over ssh as well.
      return this.#screen?.tell(`\x1b]52;c;${Buffer.from(effect.text).toString('base64')}\x07`)
    }
    this.#reason = effect.reason
    return this.#left.resolve()
  }

  #alarm(): void {
    this.#become((state) => ({ ...state, alarm: state.say('certificateChanged') }), 'now')
  }
}

/** Nothing but what one writes has become another. */
function isWritten(before: ChatState, after: ChatState): boolean {
  const { views: _before, nowMs: _beforeMs, ...rest } = before
  const keys = Object.keys(rest) as (keyof typeof rest)[]
  const [view, next] = [viewOf(before), viewOf(after)]
  return view.scroll === next.scroll && keys.every((key) => before[key] === after[key])
}
