/**
 * How soon the chat in the terminal shows what is typed while its open room gets many messages a second:
 * `node scripts/measure-terminal-chat.ts [MESSAGES-PER-SECOND [SECONDS]]`. From the key in the pseudo-terminal
 * to the letter on a terminal's screen. With ten seconds it takes half a minute; a figure counts only where
 * nothing else runs, which the load average and the echo show.
 */
import { connect } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isIn, openChat, startQuickServer } from '../test/support/terminal-chat.ts'
import { PtyProgram } from '../test/support/terminal-pty.ts'

const [rate = 2000, seconds = 10] = process.argv.slice(2).map(Number)
const STEP_MS = 10
const ECHO = `process.stdin.setRawMode(true)
process.stdout.write('ready')
process.stdin.on('data', (key) => process.stdout.write('\\x1b[1;6H' + key))
`
const WORDS = 'the river turns here and the reeds stand in it 강은 여기서 굽이치고'.split(' ')

const ROWS = 32
/** The field stands above the line at the bottom. */
const FIELD_Y = ROWS - 2
/** Until as much comes as is to come. */
const WARM_UP_MS = 1500

const loadBefore = loadavg()[0] ?? 0
await using server = await startQuickServer({ workers: 1 })
const port = server.portOf('plain')
await using screen = openChat({ port, nick: 'minji', columns: 110, rows: ROWS })
await isIn(screen)
const talkers = await Promise.all([1, 2, 3, 4].map((i) => talker(`talker${i}`)))
const quiet = await measure('nothing said', seconds * 0.4)
let said = 0
const startMs = performance.now()
const timer = setInterval(saySome, STEP_MS)
await delay(WARM_UP_MS)
const [cpuBefore, busyFromMs] = [cpuMs(screen.processId), performance.now()]
const busy = await measure(`${rate} messages a second`, seconds)
const cpu = (cpuMs(screen.processId) - cpuBefore) / (performance.now() - busyFromMs)
const echo = await measureEcho(seconds * 0.4)
clearInterval(timer)
const perSecond = Math.round(said / ((performance.now() - startMs) / 1000))
await isCaughtUp()
console.table([quiet, busy, echo])
console.log({ perSecond, cpuPercent: Math.round(cpu * 100), loadBefore, load: loadavg()[0] })
for (const socket of talkers) socket.destroy()
screen.type('\x15/quit\r')
await screen.ended

function saySome(): void {
  const wanted = Math.floor(((performance.now() - startMs) / 1000) * rate)
  const lines: string[][] = talkers.map(() => [])
  for (; said < wanted; said++) {
    const text = WORDS.slice(0, 3 + (said % (WORDS.length - 2))).join(' ')
    lines[said % talkers.length]?.push(`PRIVMSG #lobby :${said} ${text}\r\n`)
  }
  talkers.forEach((socket, i) => socket.write(lines[i]?.join('') ?? ''))
}

/** Nothing was left behind: the last message is on the screen. */
async function isCaughtUp(): Promise<void> {
  await screen.until(String(said - 1))
}

async function talker(nick: string): Promise<ReturnType<typeof connect>> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write(`NICK ${nick}\r\nUSER u 0 * :u\r\nJOIN #lobby\r\n`)
  socket.resume()
  await screen.until(nick)
  return socket
}

/** A program that does nothing but write what is typed, under the same load: what the machine itself takes. */
async function measureEcho(forSeconds: number): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-echo-'))
  const program = join(folder, 'echo.mjs')
  writeFileSync(program, ECHO)
  try {
    await using echo = new PtyProgram({ program, args: [], columns: 80, rows: 24 })
    await echo.until('ready')
    const taken: number[] = []
    const end = performance.now() + forSeconds * 1000
    while (performance.now() < end) {
      const from = performance.now()
      echo.type(String(taken.length % 10))
      while (!(echo.lines()[0] ?? '').startsWith(`ready${taken.length % 10}`)) await delay(1)
      taken.push(performance.now() - from)
      await delay(60 + Math.random() * 80)
    }
    return figures('echo alone', taken)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Milliseconds of each key. */
async function measure(what: string, forSeconds: number): Promise<object> {
  const taken: number[] = []
  const end = performance.now() + forSeconds * 1000
  while (performance.now() < end) {
    const letters = (taken.length % 40) + 1
    if (letters === 1) screen.type('\x15')
    await shown(screen, letters - 1)
    const from = performance.now()
    screen.type('x')
    await shown(screen, letters)
    taken.push(performance.now() - from)
    await delay(60 + Math.random() * 80)
  }
  return figures(what, taken)
}

function figures(what: string, taken: readonly number[]): object {
  const sorted = taken.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) /
    10
  return { what, keys: taken.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) }
}

async function shown(on: PtyProgram, letters: number): Promise<void> {
  const wanted = `› ${'x'.repeat(letters)}`
  const end = performance.now() + 10_000
  while (on.lines()[FIELD_Y]?.trimEnd().endsWith(wanted.trimEnd()) !== true) {
    if (performance.now() > end) throw new Error(`never shown:\n${on.lines().join('\n')}`)
    await delay(1)
  }
}

function cpuMs(processId: number): number {
  const fields = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
