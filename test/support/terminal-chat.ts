import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from './client.ts'
import { startServer } from './server.ts'
import type { ServerOptions, ServerProcess } from './server.ts'
import { PtyProgram } from './terminal-pty.ts'

export interface ChatScreenOptions {
  readonly port: number
  /** Absent: it is asked for. */
  readonly nick?: string
  /** Default: `#lobby`. */
  readonly room?: string
  readonly columns?: number
  readonly rows?: number
  readonly over?: 'irc' | 'ircs'
  readonly args?: readonly string[]
  /** Of the user; one of its own, gone at the end, if not said. */
  readonly home?: string
  readonly language?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** `maru chat` in a terminal, as somebody starts it. */
export function openChat(options: ChatScreenOptions): PtyProgram {
  const { port, nick, room = '#lobby', over = 'irc', args = [], language = 'en_US.UTF-8' } = options
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'maru-chat-'))
  const who = nick === undefined ? '' : `${encodeURIComponent(nick)}@`
  const screen = new PtyProgram({
    args: ['chat', `${over}://${who}127.0.0.1:${port}/${room}`, ...args],
    environment: { HOME: home, USERPROFILE: home, LANG: language, ...options.environment },
    columns: options.columns ?? 100,
    rows: options.rows ?? 30,
  })
  if (options.home === undefined) {
    void screen.ended.then(() => rmSync(home, { recursive: true, force: true }))
  }
  return screen
}

/** One that does not slow down who types as fast as a test. */
export function startQuickServer(options: ServerOptions = {}): Promise<ServerProcess> {
  return startServer({ config: '[limits]\npreset = "off"\n', ...options })
}

/** Waits until somebody is in the room, and can write. */
export async function isIn(screen: PtyProgram): Promise<void> {
  await screen.until(/ ● (?:online|연결됨)/)
  await screen.until(/came in|들어옴|joined/)
}

/** There are no pseudo-terminals elsewhere. */
export const onPosix = { skip: process.platform === 'win32' }

/** Somebody with another client, in rooms. */
export async function comeIn(
  server: ServerProcess,
  nick: string,
  ...rooms: readonly string[]
): Promise<Client> {
  const client = await server.connect('plain')
  await client.register(nick)
  for (const room of rooms) client.send(`JOIN ${room}`)
  await client.settled()
  return client
}

/** A key after which the last message is chosen. */
export async function chooseLast(screen: PtyProgram): Promise<void> {
  screen.type(KEY.up)
  await screen.until(/r answer|r 답장/)
}

/** In one go, as a terminal gives a paste to programs that ask for it. */
export function paste(screen: PtyProgram, text: string): void {
  screen.type(`\x1b[200~${text}\x1b[201~`)
}

/** With the left button, where the text begins. */
export function click(screen: PtyProgram, text: string): void {
  const y = screen.rowOf(text)
  const x = screen.columnOf(text, y)
  assert.ok(x >= 0, `no ${text}`)
  screen.type(`\x1b[<0;${x + 1};${y + 1}M\x1b[<0;${x + 1};${y + 1}m`)
}

/** How often a text is on the screen. */
export function countOf(screen: PtyProgram, text: string): number {
  return screen.lines().join('\n').split(text).length - 1
}

/** The numbers between `<` and `>` that are on the screen, from the top. */
export function numbersOn(screen: PtyProgram): number[] {
  return screen
    .lines()
    .flatMap((line) => /<(\d+)>/.exec(line)?.[1] ?? [])
    .map(Number)
}

export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}

/** What Control with a letter sends. */
export function control(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) - 0x60)
}

export const KEY = {
  up: '\x1b[A',
  down: '\x1b[B',
  pageUp: '\x1b[5~',
  pageDown: '\x1b[6~',
  escape: '\x1b',
  newLine: '\x1b\r',
  controlEnd: '\x1b[1;5F',
} as const
