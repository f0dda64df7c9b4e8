import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Client } from '../support/client.ts'
import { startServer, type Door } from '../support/server.ts'

const ALL: readonly Door[] = ['plain', 'tls', 'http', 'https']

test('transports - people meet whatever door they came through', async () => {
  await using server = await startServer({ doors: ALL })
  const binary = { protocols: ['binary.ircv3.net'] }
  const members: Readonly<Record<string, Client>> = {
    tcp: await server.connect('plain'),
    tls: await server.connect('tls'),
    text: await server.connect('http'),
    binary: await server.connect('http', binary),
    secureText: await server.connect('https'),
    secureBinary: await server.connect('https', binary),
  }
  for (const [nick, client] of Object.entries(members)) {
    await client.register(nick)
    client.send('JOIN #meeting')
    await client.until(/ 366 /)
  }
  for (const client of Object.values(members)) await client.settled()
  for (const [nick, speaker] of Object.entries(members)) {
    const text = `안녕 from ${nick} 👋`
    speaker.send(`PRIVMSG #meeting :${text}`)
    assert.deepEqual(await speaker.settled(), [])
    for (const [other, client] of Object.entries(members)) {
      if (other === nick) continue
      const [line = ''] = await client.until(/PRIVMSG/)
      assert.match(line, new RegExp(`^:${nick}!\\S+ PRIVMSG #meeting :${text}$`), other)
    }
  }
})

test('transports - WHOIS says who comes over TLS', async () => {
  await using server = await startServer({ doors: ALL })
  for (const [door, isSecure] of [
    ['plain', false],
    ['tls', true],
    ['http', false],
    ['https', true],
  ] as const) {
    const client = await server.connect(door)
    await client.register(`from-${door}`)
    client.send(`WHOIS from-${door}`)
    const lines = await client.until(/ 318 /)
    assert.equal(
      lines.some((line) => line.includes(' 671 ')),
      isSecure,
      door,
    )
  }
})

test('transports - lines that come a byte at a time are the same lines', async () => {
  await using server = await startServer({ doors: ['plain', 'tls'] })
  for (const door of ['plain', 'tls'] as const) {
    const client = await server.connect(door)
    const text = `NICK slow-${door}\r\nUSER slow 0 * :slow\r\nJOIN #meeting\nTOPIC #meeting :one by one\r\n`
    for (const byte of text) {
      client.write(byte)
      await nextTurn()
    }
    const topic = (await client.until(/ TOPIC /)).at(-1)
    assert.match(topic ?? '', new RegExp(`^:slow-${door}!\\S+ TOPIC #meeting :one by one$`))
    client.send('QUIT')
    assert.match((await client.ended()).at(-1) ?? '', /^ERROR :/)
  }
})

test('transports - a TLS client on the plain port is refused, and the port goes on', async () => {
  await using server = await startServer()
  await assert.rejects(server.connect('plain', { transport: 'tls' }))
  await (await server.connect('plain')).register('anna')
})

test('transports - a plain client on the TLS port is closed, and the port goes on', async () => {
  await using server = await startServer({ doors: ['tls'] })
  const lost = await server.connect('tls', { transport: 'tcp' })
  lost.send('NICK anna', 'USER anna 0 * :anna')
  await assert.rejects(lost.until(/ 001 /), /closed before/)
  assert.equal((await server.until('refused'))['listener'], 'tls')
  await (await server.connect('tls')).register('anna')
})

test('transports - web pages come from allowed origins only, and other programs as they like', async () => {
  await using server = await startServer({
    doors: ['http'],
    config: '[websocket]\norigins = ["https://chat.test"]',
  })
  for (const origin of ['https://evil.test', 'http://chat.test', 'https://chat.test.evil.test']) {
    await assert.rejects(server.connect('http', { origin }), /403/, origin)
  }
  await (await server.connect('http', { origin: 'https://chat.test' })).register('anna')
  await (await server.connect('http')).register('ben')
})

const PROXIED = { config: '[proxy]\nnetworks = ["127.0.0.1"]\n[users]\ncloak_hosts = false' }

for (const [version, preface] of [
  ['v1', 'PROXY TCP4 192.0.2.7 192.0.2.1 40000 6667\r\n'],
  // https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt, 2.2
  [
    'v2',
    Buffer.from(
      '0d0a0d0a000d0a515549540a' + '2111000c' + 'c0000207' + 'c0000201' + '9c40' + '1a0b',
      'hex',
    ),
  ],
] as const) {
  test(`transports - a trusted proxy says with PROXY ${version} where its clients come from`, async () => {
    await using server = await startServer({ doors: ['plain', 'tls'], ...PROXIED })
    for (const door of ['plain', 'tls'] as const) {
      const client = await server.connect(door, { preface })
      await client.register(door)
      client.send(`WHOIS ${door}`)
      assert.match((await client.until(/ 311 /)).at(-1) ?? '', / ~\w+ 192\.0\.2\.7 \* /)
    }
    const addresses = server.log.filter(({ event }) => event === 'connected')
    assert.deepEqual(
      addresses.map(({ address, port }) => [address, port]),
      [
        ['192.0.2.7', 40_000],
        ['192.0.2.7', 40_000],
      ],
    )
  })

  test(`transports - whom nobody trusts can't say PROXY ${version}`, async () => {
    await using server = await startServer()
    await server.connect('plain', { preface })
    const { address } = await server.until('connected')
    assert.equal(address, '127.0.0.1')
    await (await server.connect('plain')).register('anna')
  })
}
