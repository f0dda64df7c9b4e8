import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
