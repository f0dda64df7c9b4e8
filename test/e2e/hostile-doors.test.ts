import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as later } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { type Door, dialPort, nextTurn, Peer, withMaru } from '../support/hostile.ts'

const ALL: readonly Door[] = ['plain', 'tls', 'http', 'https']

/** Handshake and registration deadlines that a test can wait for. */
const SHORT = { registrationMs: 250, tlsHandshakeMs: 250, httpHeadersMs: 250 }

test('HOSTILE - whoever drips a byte now and then is gone at the deadline of registration', async () => {
  await withMaru({ edge: SHORT }, async (maru) => {
    const peer = await maru.dial()
    const drip = setInterval(() => peer.send(Buffer.from('N')), 40).unref()
    const lines = await peer.closed()
    clearInterval(drip)
    assert.deepEqual(lines, ['ERROR :Registration timeout'])
  })
})

test('HOSTILE - neither answering pings nor a half-done registration prolongs the deadline', async () => {
  await withMaru({ edge: SHORT }, async (maru) => {
    const peer = await maru.dial()
    peer.send('CAP LS 302\r\nNICK bob\r\nUSER bob 0 * :Bob')
    const talk = setInterval(() => peer.send('PING x'), 40).unref()
    const lines = await peer.closed()
    clearInterval(talk)
    assert.equal(lines.at(-1), 'ERROR :Registration timeout')
  })
})

test('HOSTILE - 64 KiB of garbage before registration is the end, with its reason', async () => {
  await withMaru({}, async (maru) => {
    for (const byte of ['x', '\n', '\xff', '\0']) {
      const peer = await maru.dial()
      peer.send(Buffer.alloc(64 * 1024, byte, 'latin1'))
      const lines = await peer.closed()
      assert.equal(lines.at(-1), 'ERROR :Too much input before registration')
    }
  })
})

test('HOSTILE - 64 lines may come before registration, and the next one is the end', async () => {
  await withMaru({}, async (maru) => {
    const peer = await maru.dial()
    for (let i = 0; i < 64; i++) peer.send('PING x')
    await peer.until(/PONG/)
    peer.send('PING again')
    const lines = await peer.closed()
    assert.equal(lines.filter((line) => line.includes(' PONG ')).length, 63)
    assert.equal(lines.at(-1), 'ERROR :Too much input before registration')
  })
})

const WEB_REQUESTS = [
  'GET / HTTP/1.1\r\nHost: irc.test\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: irc.test\r\nContent-Length: 60\r\n\r\nNICK bob\r\nUSER bob 0 * :b\r\nPRIVMSG alice :forged\r\n',
  'CONNECT irc.test:6667 HTTP/1.1\r\n\r\n',
]

test('HOSTILE - a web request on the chat port is turned away, and what it carries is not carried out', async () => {
  await withMaru({}, async (maru) => {
    const alice = await maru.join('alice')
    for (const request of WEB_REQUESTS) {
      const peer = await maru.dial()
      peer.send(Buffer.from(request))
      assert.deepEqual(await peer.closed(), ['ERROR :This is a chat server, not a web server'])
    }
    assert.deepEqual(await alice.settled(), [])
  })
})

test('HOSTILE - a TLS hello on the plain port is told so', async () => {
  await withMaru({}, async (maru) => {
    const peer = await maru.dial()
    peer.send(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]))
    assert.deepEqual(await peer.closed(), ['ERROR :TLS handshake on a plain port'])
  })
})

test('HOSTILE - plain text on the TLS ports ends that connection alone', async () => {
  await withMaru({ doors: ALL }, async (maru) => {
    for (const door of ['tls', 'https'] as const) {
      const good = await maru.dial(door)
      const bad = await dialPort(maru.portOf(door))
      bad.send('NICK bob\r\nUSER bob 0 * :b')
      await gone(bad)
      assert.equal(good.isClosed, false)
    }
  })
})

test('HOSTILE - a TLS handshake that stalls ends at its deadline, wherever it stalls', async () => {
  await withMaru({ doors: ALL, edge: { ...SHORT, registrationMs: 60_000 } }, async (maru) => {
    const fronts = [[], [0x16], [0x16, 0x03, 0x01, 0x02, 0x00, 0x01]]
    const peers = await Promise.all(
      fronts.flatMap((front) =>
        (['tls', 'https'] as const).map(async (door) => {
          const peer = await dialPort(maru.portOf(door))
          if (front.length > 0) peer.send(Buffer.from(front))
          return peer
        }),
      ),
    )
    await Promise.all(peers.map(gone))
    const good = await maru.dial('tls')
    await good.register('bob')
  })
})

test('HOSTILE - HTTP headers that drip in end at their deadline, and idle knockers too', async () => {
  await withMaru({ doors: ALL, edge: SHORT }, async (maru) => {
    const idle = await maru.dial('http')
    const slow = await maru.dial('https')
    slow.send('GET /irc HTTP/1.1\r\nHost: irc.test')
    const drip = setInterval(() => slow.send('X-A: b'), 40).unref()
    const body = await maru.dial('http')
    body.send('POST / HTTP/1.1\r\nHost: irc.test\r\nContent-Length: 100000\r\n')
    for (const peer of [idle, slow]) {
      assert.equal((await peer.closed())[0], 'HTTP/1.1 408 Request Timeout')
    }
    assert.equal((await body.closed())[0], 'HTTP/1.1 405 Method Not Allowed')
    clearInterval(drip)
  })
})

test('HOSTILE - the web door answers every request with a status, and closes', async () => {
  await withMaru({ doors: ['http'] }, async (maru) => {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
    const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'
    for (const [status, request] of [
      [200, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
      [426, 'GET /irc HTTP/1.1\r\nHost: a\r\n\r\n'],
      [404, 'GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n'],
      [405, 'POST /irc HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi'],
      [400, 'NICK bob\r\nUSER bob 0 * :b\r\n'],
      [400, 'GET / HTTP/1.1\r\n\r\n'],
      [431, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(64 * 1024)}\r\n\r\n`],
      [403, `GET /irc HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n${upgrade}${key}\r\n`],
      [403, `GET /irc HTTP/1.1\r\nHost: a\r\nOrigin: null\r\n${upgrade}${key}\r\n`],
      [404, `GET /chat HTTP/1.1\r\nHost: a\r\n${upgrade}${key}\r\n`],
      [400, `GET /irc HTTP/1.1\r\nHost: a\r\n${upgrade}\r\n`],
      [400, `GET /irc HTTP/1.1\r\nHost: a\r\n${upgrade.replace('13', '7')}${key}\r\n`],
    ] as const) {
      const peer = await dialPort(maru.portOf('http'))
      peer.send(Buffer.from(request))
      const [line = ''] = await peer.closed()
      assert.match(line, new RegExp(`^HTTP/1\\.1 ${status} `), request.slice(0, 120))
    }
  })
})

const PROXIED = { proxies: ['127.0.0.1'], doors: ALL }

test('HOSTILE - a trusted proxy without a header, or with a malformed one, is refused', async () => {
  await withMaru({ ...PROXIED, edge: SHORT }, async (maru) => {
    for (const front of [
      'NICK bob\r\nUSER bob 0 * :b\r\n',
      'PROXY TCP4 192.0.2.1 192.0.2.2 70000 6667\r\n',
      'PROXY TCP4 ::1 192.0.2.2 1 6667\r\n',
      'PROXY TCP9 192.0.2.1 192.0.2.2 1 6667\r\n',
      `PROXY ${'x'.repeat(200)}`,
      '\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x02ab',
      '\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xff',
      '',
      'PROX',
    ]) {
      const peer = await dialPort(maru.portOf('plain'))
      if (front !== '') peer.send(Buffer.from(front, 'latin1'))
      assert.deepEqual(await peer.closed(), [], JSON.stringify(front))
    }
  })
})

test('HOSTILE - behind a proxy the address is what its header says, however the header comes', async () => {
  await withMaru(PROXIED, async (maru) => {
    const header = 'PROXY TCP4 192.0.2.7 192.0.2.2 1234 6667\r\n'
    const start = 'NICK bob\r\nUSER bob 0 * :b\r\n'
    for (const size of [1, 13, 1000]) {
      const peer = await dialPort(maru.portOf('plain'))
      const input = Buffer.from(header + start)
      for (let at = 0; at < input.length; at += size) {
        peer.send(input.subarray(at, at + size))
        await nextTurn()
      }
      await peer.until(/ 376 /)
      peer.send('WHOIS bob')
      const answer = await peer.until(/ 318 /)
      assert.ok(
        answer.some((line) => line.includes('192.0.2.7')),
        answer.join('\n'),
      )
      peer.send('QUIT')
      await peer.closed()
    }
  })
})

test('HOSTILE - every door opens behind a proxy, also when all comes at once', async () => {
  await withMaru(PROXIED, async (maru) => {
    const header = 'PROXY TCP4 192.0.2.7 192.0.2.2 1234 6667'
    const web = await dialPort(maru.portOf('http'))
    web.send(`${header}\r\nGET / HTTP/1.1\r\nHost: a\r\n`)
    assert.equal((await web.closed())[0], 'HTTP/1.1 200 OK')
    for (const [door, question, answer] of [
      ['tls', 'NICK bob\r\nUSER bob 0 * :b', / 376 /],
      ['https', 'GET / HTTP/1.1\r\nHost: a\r\n', /^HTTP\/1\.1 200 /],
    ] as const) {
      const raw = await dialPort(maru.portOf(door))
      raw.socket.removeAllListeners('data')
      raw.send(header)
      const peer = new Peer(connectTls({ socket: raw.socket, rejectUnauthorized: false }))
      peer.send(question)
      await peer.until(answer)
      peer.destroy()
    }
  })
})

test('HOSTILE - one address has 16 connections, and the next one is told why it is refused', async () => {
  await withMaru(PROXIED, async (maru) => {
    const from = (address: string) => proxied(maru.portOf('plain'), address)
    const peers = await Promise.all(Array.from({ length: 16 }, () => from('192.0.2.7')))
    await Promise.all(peers.map(async (peer, i) => peer.register(`bob${i}`)))
    const refused = await from('192.0.2.7')
    assert.deepEqual(await refused.closed(), ['ERROR :Too many connections from your address'])
    const other = await from('192.0.2.8')
    await other.register('other')
    peers[0]?.send('QUIT')
    await peers[0]?.closed()
    const next = await from('192.0.2.7')
    await next.register('next')
  })
})

test('HOSTILE - IPv6 addresses are counted by their /64', async () => {
  await withMaru({ ...PROXIED, admission: { connectionsPerAddress: 2 } }, async (maru) => {
    const from = (address: string) => proxied(maru.portOf('plain'), address)
    await (await from('2001:db8::1')).register('a')
    await (await from('2001:db8::2')).register('b')
    const refused = await from('2001:db8::ffff:1')
    assert.deepEqual(await refused.closed(), ['ERROR :Too many connections from your address'])
    await (await from('2001:db8:0:1::1')).register('c')
  })
})

test('HOSTILE - one address has 32 new connections in its window, whether they register or not', async () => {
  await withMaru(PROXIED, async (maru) => {
    const from = (address: string) => proxied(maru.portOf('plain'), address)
    for (let i = 0; i < 32; i++) {
      const peer = await from('192.0.2.7')
      peer.send('QUIT')
      assert.deepEqual(await peer.closed(), ['ERROR :Client quit'])
    }
    const reason = 'ERROR :Too many new connections from your address, try again later'
    assert.deepEqual(await (await from('192.0.2.7')).closed(), [reason])
    await (await from('192.0.2.8')).register('other')
  })
})

async function proxied(port: number, address: string): Promise<Peer> {
  const peer = await dialPort(port)
  const family = address.includes(':') ? 'TCP6' : 'TCP4'
  peer.send(`PROXY ${family} ${address} ${family === 'TCP6' ? '::1' : '127.0.0.1'} 40000 6667`)
  return peer
}

test('HOSTILE - one address knocks only so often at a time, at the TLS door as at the web door', async () => {
  await withMaru({ ...PROXIED, edge: { handshakesPerAddress: 2 } }, async (maru) => {
    for (const [door, answer] of [
      ['tls', undefined],
      ['http', 'HTTP/1.1 429 Too Many Requests'],
    ] as const) {
      const from = (address: string) => proxied(maru.portOf(door), address)
      const idle = [await from('192.0.2.7'), await from('192.0.2.7')]
      const refused = await from('192.0.2.7')
      assert.equal((await refused.closed())[0], answer)
      assert.deepEqual(
        idle.map(({ isClosed }) => isClosed),
        [false, false],
      )
      const other = await from('192.0.2.8')
      for (const peer of idle) peer.destroy()
      await comesIn(() => from('192.0.2.7'))
      assert.equal(other.isClosed, false)
      other.destroy()
    }
  })
})

/** The places of those who have left are free soon: whoever is refused before that tries again. */
async function comesIn(dial: () => Promise<Peer>): Promise<void> {
  for (;;) {
    const peer = await dial()
    await later(20)
    if (!peer.isClosed) return peer.destroy()
  }
}

/** It ends; what it was told before, if anything, is not text. */
async function gone(peer: Peer): Promise<void> {
  await peer.closed()
}
