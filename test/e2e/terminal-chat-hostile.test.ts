import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { test } from 'node:test'
import {
  comeIn,
  KEY,
  onPosix,
  openChat,
  paste,
  startQuickServer,
} from '../support/terminal-chat.ts'

/** What would do something to a terminal, turn its writing, or stand where it isn't seen. */
const PAYLOADS = [
  '\x1b[2J\x1b[31mred',
  '\x1b]0;title\x07x',
  '\x1b]52;c;aGk=\x07x',
  '\x1b[5;5Hmoved',
  '\x9b2Jc1',
  '\u202eright to left',
  '\u2066isolated',
  '\u200bnothing seen',
  '\x07\x08\x7fbell',
  'tab\tand\x0bvertical',
  'Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306algo',
  '\u2028line separator',
  '\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 family',
] as const
const RAW = [
  '\x1b[2J\x1b[31m',
  '\x1b]0;title',
  '\x1b]52;c;aGk',
  '\x1b[5;5H',
  '\x9b',
  '\u202e',
  '\u2066',
  '\u200b',
  '\x07x',
  '\u2028',
]

/** A server that says whatever it likes, wherever it can. */
async function hostileServer(): Promise<
  { port: number; say: (line: string) => void } & AsyncDisposable
> {
  let client: Socket | undefined
  const server = createServer((socket) => {
    client = socket
    let rest = ''
    socket.setEncoding('utf8').on('error', () => {})
    socket.on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) answer(socket, line)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    say: (line) => void client?.write(`${line}\r\n`),
    async [Symbol.asyncDispose]() {
      client?.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(socket: Socket, line: string): void {
  const say = (...lines: readonly string[]) => void socket.write(`${lines.join('\r\n')}\r\n`)
  if (line.startsWith('CAP LS')) say(':s CAP * LS :message-tags server-time')
  if (line.startsWith('CAP REQ')) say(`:s CAP * ACK ${line.slice(line.indexOf(':'))}`)
  if (line === 'CAP END') {
    say(
      ':s 001 minji :hello',
      `:s 005 minji NETWORK=${PAYLOADS[0]} CHANTYPES=# PREFIX=(ov)\x1b@ :are supported`,
      ...PAYLOADS.map((text) => `:s 372 minji :${text}`),
      ':s 376 minji :end',
    )
  }
  if (!line.startsWith('JOIN')) return
  const nicks = PAYLOADS.map((text) => text.replaceAll(/[ \t]/g, '_'))
  say(
    ':minji!u@h JOIN #lobby',
    `:s 332 minji #lobby :${PAYLOADS.join(' ')}`,
    `:s 353 minji = #lobby :minji ${nicks.join(' ')}`,
    ':s 366 minji #lobby :end',
  )
  PAYLOADS.forEach((text, i) =>
    say(
      `:${nicks[i]}!u@h PRIVMSG #lobby :message ${i} ${text}`,
      `:${nicks[i]}!u@h PRIVMSG #lobby :\x01ACTION acts ${text}\x01`,
      `:${nicks[i]}!u@h NOTICE #lobby :${text} minji`,
      `:${nicks[i]}!u@h PART #lobby :${text}`,
      `@+draft/react=${text.replaceAll(/[ ;]/g, '')};+draft/reply=m TAGMSG #lobby`,
      `:s NOTICE minji :${text}`,
      `:s 404 minji #lobby :${text}`,
      `:${nicks[i]}!u@h PRIVMSG minji :direct ${text}`,
      `:${nicks[i]}!u@h TOPIC #lobby :${text}`,
      `:${nicks[i]}!u@h INVITE minji #${nicks[i]}`,
      `:${nicks[i]}!u@h NICK ${nicks[i]}2`,
    ),
  )
}

test(
  'CHAT - whatever a server says, wherever it says it, nothing of it reaches the terminal raw',
  onPosix,
  async () => {
    await using server = await hostileServer()
    await using minji = openChat({ port: server.port, nick: 'minji', columns: 140, rows: 40 })
    await minji.until(/● online/)
    await minji.until('message 12')
    const edge = (y: number) => minji.columnOf('│', y)
    assert.ok(minji.rowOf('<U+202E>') >= 0)
    const straight = edge(5)
    assert.ok(straight > 0)
    const look = (): void => {
      for (const bytes of RAW) assert.ok(!minji.raw.includes(bytes), JSON.stringify(bytes))
      assert.match(minji.lines()[39] ?? '', /F1 help|✗|✓/)
    }
    look()
    // Each column stands where it stood, whatever is beside it.
    for (const y of [4, 10, 20, 30]) assert.equal(edge(y), straight, minji.lines()[y])
    for (const keys of [
      KEY.pageUp,
      KEY.pageUp,
      '\x1b0',
      '\x0b',
      KEY.escape,
      '\x1bOQ',
      KEY.escape,
      KEY.up,
      KEY.escape,
      '\x0e',
      '\x0e',
      '\x0e',
    ]) {
      minji.type(keys)
      await new Promise((resolve) => setTimeout(resolve, 120))
      look()
    }
    for (const text of PAYLOADS) {
      server.say(`:s 433 minji ${text.replaceAll(' ', '_')} :${text}`)
      server.say(`ERROR :${text}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 300))
    look()
  },
)

test('CHAT - 20,000 broken lines: it stays, and answers keys', onPosix, async () => {
  await using server = await hostileServer()
  await using minji = openChat({ port: server.port, nick: 'minji' })
  await minji.until(/● online/)
  for (let i = 0; i < 20_000; i++) {
    const text = PAYLOADS[i % PAYLOADS.length] ?? ''
    const command = ['PRIVMSG', 'JOIN', '353', '005', 'BATCH', 'TAGMSG', 'MODE', 'x'][i % 8] ?? ''
    server.say(`:n${i}!u@h ${command} #lobby ${'+'.repeat(i % 5)}${text} :${text}${i}`.slice(i % 3))
  }
  server.say(':bora!u@h PRIVMSG #lobby :the last one')
  await minji.until('the last one')
  minji.type('still here')
  await minji.until('› still here')
})

test('CHAT - what one types is one line on the wire, whatever was pasted', onPosix, async () => {
  await using server = await startQuickServer()
  const port = server.portOf('plain')
  const reader = await comeIn(server, 'reader', '#lobby')
  await using minji = openChat({ port, nick: 'minji' })
  await minji.until('reader')
  paste(minji, '/topic one\rQUIT :gone')
  await minji.until('Pasted 2 lines')
  minji.type('e')
  await minji.until('› /topic one')
  minji.type('\r')
  minji.type('still here\r')
  await reader.until(/PRIVMSG #lobby :still here/)
})
