import type { ReadStream, WriteStream } from 'node:tty'
import type { Clock } from '../base/clock.ts'
import type { RoomMember } from '../feed/view.ts'
import type { Identity } from '../monitor/access.ts'
import type { Series } from '../feed/figures.ts'
import { STOP_ORDER } from './actions.ts'
import { askServer } from './admin-client.ts'
import type { AdminServer } from './admin-client.ts'
import { pressKey } from './app-keys.ts'
import type { Effect } from './app-keys.ts'
import { appLines } from './app-lines.ts'
import { createAppState, wantedQuery, wantedRoom } from './app-state.ts'
import type { AppState } from './app-state.ts'
import { updateApp } from './app-update.ts'
import type { AppEvent } from './app-update.ts'
import { FeedClient } from './feed-client.ts'
import type { Order } from './form.ts'
import { InkFrames } from './ink-frame.ts'
import { safeText } from './safe-text.ts'
import { TerminalScreen } from './terminal-screen.ts'
import type { Say } from './words.ts'

export interface DashboardOptions {
  readonly stdin: ReadStream
  readonly stdout: WriteStream
  readonly server: AdminServer
  readonly secret: string
  readonly say: Say
  /** It is the server's own: whoever leaves is asked whether the server stops, too. */
  readonly isConsole: boolean
  readonly firstLink: string | undefined
  readonly isColored: boolean
  readonly clock: Clock
  readonly random: () => number
}

/** So long what comes in is gathered before it is drawn. */
const FRAME_MS = 100

/** Shows the dashboard until somebody leaves it. */
export async function runDashboard(options: DashboardOptions): Promise<void> {
  const dashboard = new Dashboard(options)
  try {
    await dashboard.left
  } finally {
    dashboard[Symbol.dispose]()
  }
}

class Dashboard implements Disposable {
  readonly #options: DashboardOptions
  readonly #left = Promise.withResolvers<void>()
  readonly #screen: TerminalScreen
  readonly #feed: FeedClient
  readonly #ink: InkFrames
  readonly #clock: NodeJS.Timeout
  #state: AppState
  /** What is drawn: the state of some tenths of a second ago. */
  #drawn: AppState | undefined
  #frame: NodeJS.Timeout | undefined
  #watched = ''
  #room: string | undefined

  constructor(options: DashboardOptions) {
    this.#options = options
    const { stdin, stdout, say, isConsole, firstLink, isColored, clock, server, secret, random } =
      options
    this.#screen = new TerminalScreen(stdin, stdout, {
      onKey: (key) => this.#press(key),
      onSize: (size) => this.#update({ kind: 'resized', size }, 'now'),
      onEnd: () => this.#left.resolve(),
    })
    const { size } = this.#screen
    this.#state = createAppState({ say, size, isConsole, firstLink, nowMs: clock.now() })
    this.#ink = new InkFrames(isColored)
    this.#draw()
    this.#feed = new FeedClient({
      server,
      secret,
      clock,
      random,
      position: () => this.#state.data.position,
      onFrame: (frame) => {
        this.#update({ kind: 'frame', frame, nowMs: clock.now() }, 'soon')
        if (frame.type === 'snapshot') void this.#begin()
        if (frame.type === 'tick') void this.#askMembers()
      },
      onLink: (link) => this.#update({ kind: 'link', link }, 'soon'),
    })
    this.#clock = setInterval(
      () => this.#update({ kind: 'clock', nowMs: clock.now() }, 'soon'),
      1000,
    )
  }

  get left(): Promise<void> {
    return this.#left.promise
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#frame)
    clearInterval(this.#clock)
    this.#feed[Symbol.dispose]()
    this.#screen[Symbol.dispose]()
    this.#ink[Symbol.dispose]()
  }

  #press(key: Parameters<typeof pressKey>[1]): void {
    const { state, effect } = pressKey(this.#state, key)
    this.#become(state, 'now')
    if (effect !== undefined) void this.#carryOut(effect)
  }

  #update(event: AppEvent, when: 'now' | 'soon'): void {
    this.#become(updateApp(this.#state, event), when)
  }

  /** Keys are answered at once, those that come together by one frame; what the server says can wait for the next. */
  #become(state: AppState, when: 'now' | 'soon'): void {
    this.#state = state
    this.#watch()
    if (when === 'now') queueMicrotask(() => this.#draw())
    else this.#frame ??= setTimeout(() => this.#draw(), FRAME_MS)
  }

  #draw(): void {
    clearTimeout(this.#frame)
    this.#frame = undefined
    if (this.#drawn === this.#state) return
    this.#drawn = this.#state
    const lines = appLines(this.#state)
    this.#screen.show(this.#ink.draw(lines, this.#state.size.columns))
  }

  /** Keeps what the server sends in step with what is shown. */
  #watch(): void {
    const query = wantedQuery(this.#state)
    const text = JSON.stringify(query) ?? ''
    if (text !== this.#watched) {
      this.#watched = text
      this.#feed.watch(query)
    }
    const room = wantedRoom(this.#state)
    if (room === this.#room) return
    this.#room = room
    void this.#askMembers()
  }

  /** What a snapshot doesn't tell: who we are, and the minutes before. */
  async #begin(): Promise<void> {
    const [session, series] = await Promise.all([
      this.#ask({ method: 'GET', path: '/session' }),
      this.#ask({ method: 'GET', path: '/series?step=second' }),
    ])
    if (session.kind === 'done') {
      const { name, role } = (session.body as { readonly identity: Identity }).identity
      this.#update({ kind: 'identity', name, role }, 'soon')
    }
    if (series.kind === 'done') {
      this.#update({ kind: 'series', series: series.body as Series }, 'soon')
    }
  }

  async #askMembers(): Promise<void> {
    const room = this.#room
    if (room === undefined) return
    const path = `/rooms/${encodeURIComponent(room)}/members`
    const answer = await this.#ask({ method: 'GET', path })
    if (answer.kind === 'done') {
      this.#update({ kind: 'members', room, members: answer.body as RoomMember[] }, 'soon')
    } else if (answer.kind === 'refused' && answer.status === 404) {
      this.#update({ kind: 'members', room }, 'soon')
    }
  }

  async #carryOut(effect: Effect): Promise<void> {
    if (effect.kind === 'leave') return this.#left.resolve()
    const { say } = this.#options
    const stop = { ...STOP_ORDER, done: say('stoppingServer') }
    const isDone = await this.#act(effect.kind === 'act' ? effect.order : stop)
    if (isDone && effect.kind === 'stop server') this.#left.resolve()
  }

  async #act(order: Order): Promise<boolean> {
    const { say } = this.#options
    const { method, path, body, done } = order
    const answer = await this.#ask({ method, path, body })
    const isDone = answer.kind === 'done'
    const text = answer.kind === 'refused' ? safeText(answer.text) : say('failedAway')
    const event = isDone
      ? ({ kind: 'acted', isFailure: false, text: done } as const)
      : ({ kind: 'acted', isFailure: true, text: say('failed', { text }) } as const)
    this.#update(event, 'now')
    return isDone
  }

  #ask(asked: Omit<Parameters<typeof askServer>[1], 'secret'>): ReturnType<typeof askServer> {
    const { server, secret } = this.#options
    return askServer(server, { ...asked, secret })
  }
}
