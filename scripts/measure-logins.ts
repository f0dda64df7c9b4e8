/**
 * `node scripts/measure-logins.ts [PLAIN] [SCRAM]`: whether the time of a refusal tells who has an account, of a
 * whole server and on the wire; so many tries of each kind of name. The last figures stand in bench/README.md.
 */
import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { serializeAccount } from '../src/accounts/account-record.ts'
import { makePasswordCredentials } from '../src/accounts/password-credentials.ts'
import { openSqliteStore } from '../src/history/sqlite-store.ts'
import type { LogRecord } from '../src/state/record.ts'
import { startUnlimited, withFolder } from '../test/support/crash.ts'
import { TELLING_T, timingT } from '../test/support/login-timing.ts'

const [plain = 300, scram = 2000] = process.argv.slice(2).map(Number)
/** A name is slowed down after five. */
const TRIES_A_NAME = 4
/** Of both mechanisms together, with some to spare: which kind is next is drawn. */
const NAMES = Math.ceil(((plain + scram) * 1.2) / TRIES_A_NAME) + 20
let connections = 0

await withFolder(async (folder) => {
  await makeAccounts(folder)
  await using server = await startUnlimited({ folder })
  const port = server.portOf('plain')
  const names = createNames()
  for (const [mechanism, tries] of [
    ['PLAIN', plain],
    ['SCRAM-SHA-256', scram],
  ] as const) {
    const times = { known: [] as number[], unknown: [] as number[] }
    for (const kind of drawn(2 * tries)) {
      times[kind].push(await refusalMs({ port, mechanism, name: names.next(kind) }))
    }
    const [known, unknown] = [median(times.known), median(times.unknown)]
    const t = timingT(times)
    const tells = Math.abs(t) < TELLING_T ? 'tells nothing' : 'TELLS'
    console.log(
      `${mechanism}: ${times.known.length} known, median ${known.toFixed(3)} ms; ${times.unknown.length} unknown, ${unknown.toFixed(3)} ms; t = ${t.toFixed(2)}: ${tells}`,
    )
  }
})

type Kind = 'known' | 'unknown'

async function makeAccounts(folder: string): Promise<void> {
  mkdirSync(join(folder, 'data'))
  const file = join(folder, 'data/history.db')
  await using store = openSqliteStore({ file, durability: 'strict', role: 'write' })
  const credentials = await makePasswordCredentials('open sesame')
  const accounts = Array.from({ length: NAMES }, (_, n): LogRecord => {
    const name = nameOf('known', n)
    const account = {
      name,
      key: name,
      registeredAtMs: 0,
      ...credentials,
      certificates: [],
      appPasswords: [],
      language: 'en',
      settings: { protect: true },
      nicks: [],
    } as const
    return { kind: 'keep', table: 'account', key: name, value: serializeAccount(account) }
  })
  await store.commit(accounts)
}

/** All equally long. */
function nameOf(kind: Kind, n: number): string {
  return `${kind === 'known' ? 'anna' : 'nobo'}${String(n).padStart(5, '0')}`
}

function createNames() {
  const used = { known: 0, unknown: 0 }
  return {
    next: (kind: Kind): string => nameOf(kind, Math.floor(used[kind]++ / TRIES_A_NAME)),
  }
}

function* drawn(count: number): Iterable<Kind> {
  for (let n = 0; n < count; n++) yield Math.random() < 0.5 ? 'known' : 'unknown'
}

/** From an address of its own, since those are slowed down as well. */
async function refusalMs({
  port,
  mechanism,
  name,
}: {
  readonly port: number
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256'
  readonly name: string
}): Promise<number> {
  const n = ++connections
  const localAddress = `127.${1 + (n >> 14)}.${(n >> 7) & 127}.${1 + (n & 127)}`
  const socket = connect({ host: '127.0.0.1', port, localAddress, noDelay: true })
  const lines = createInterface({ input: socket, crlfDelay: Infinity })[Symbol.asyncIterator]()
  const until = async (word: string): Promise<string> => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done === true) throw new Error(`closed before ${word}`)
      if (String(value).includes(word)) return String(value)
    }
  }
  const say = (text: string): void => {
    socket.write(`AUTHENTICATE ${Buffer.from(text).toString('base64')}\r\n`)
  }
  socket.write(`CAP REQ :sasl\r\nAUTHENTICATE ${mechanism}\r\n`)
  await until('AUTHENTICATE +')
  const startMs = performance.now()
  if (mechanism === 'PLAIN') say(`\0${name}\0wrong password`)
  else {
    say(`n,,n=${name},r=client`)
    const challenge = (await until('AUTHENTICATE ')).split(' ').at(-1) ?? ''
    const nonce = /r=([^,]*)/.exec(Buffer.from(challenge, 'base64').toString())?.[1] ?? ''
    say(`c=biws,r=${nonce},p=${Buffer.alloc(32, 1).toString('base64')}`)
  }
  await until(' 904 ')
  const tookMs = performance.now() - startMs
  socket.destroy()
  return tookMs
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
