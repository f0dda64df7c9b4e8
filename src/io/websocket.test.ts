import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { WebSocket } from 'ws'
import type { LineFault } from './engine.ts'
import { BINARY, frameLines, TEXT } from './frame-lines.ts'
import { cutLines, LineSplitter } from './line-splitter.ts'
import { createUpgrade, type OpenWebSocket } from './websocket.ts'

const LIMITS = { webSocketBytes: 16 * 1024, webSocketFragments: 64 }

type Piece = string | { readonly fault: LineFault }

interface Peer {
  readonly opened: OpenWebSocket
  readonly pieces: Piece[]
  readonly closed: Promise<string>
}

interface Stage {
  readonly port: number
  readonly opened: () => Promise<Peer>
}

/** A listener whose sockets are split as the engine splits them. */
async function withServer(run: (stage: Stage) => Promise<void>, isAllowed = () => true) {
  const peers: Peer[] = []
  const waiting: ((peer: Peer) => void)[] = []
  const upgrade = createUpgrade(LIMITS, isAllowed)
  const server = createServer()
  server.on('upgrade', (request, socket, head) => {
    upgrade(request, socket, head, (opened) => {
      const peer = { opened, ...listenTo(opened) }
      const waiter = waiting.shift()
      if (waiter === undefined) peers.push(peer)
      else waiter(peer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const opened = () =>
    new Promise<Peer>((resolve) => {
      const peer = peers.shift()
      if (peer === undefined) waiting.push(resolve)
      else resolve(peer)
    })
  try {
    await run({ port: (server.address() as AddressInfo).port, opened })
  } finally {
    server.close()
  }
}

function listenTo(opened: OpenWebSocket) {
  const pieces: Piece[] = []
  const splitter = new LineSplitter({ lineBytes: 8191, unparsedBytes: 16 * 1024 })
  const lines = {
    line: (text: string) => pieces.push(text) > 0,
    blank: () => true,
  }
  const sink = {
    block: (block: Parameters<typeof cutLines>[0]) => cutLines(block, lines),
    fault: (fault: LineFault) => pieces.push({ fault }) > 0,
    blank: () => true,
  }
  const closed = new Promise<string>((resolve) => {
    opened.listen({ onLine: (line) => splitter.push(line, sink), onClose: resolve })
  })
  return { pieces, closed }
}

async function dial({ port, opened }: Stage, protocols: readonly string[] = []) {
  const client = new WebSocket(`ws://127.0.0.1:${port}/`, [...protocols])
  const [peer] = await Promise.all([opened(), once(client, 'open')])
  return { client, peer }
}

/** All that was sent before has arrived when the pong is back. */
async function settled(client: WebSocket): Promise<void> {
  client.ping()
  await once(client, 'pong')
}

async function hangUp(client: WebSocket, peer: Peer): Promise<void> {
  client.close()
  await peer.closed
}

test('WEBSOCKET - "The server MUST accept any subprotocol it supports, respecting the client\'s order of preference"', async () => {
  await withServer(async (stage) => {
    for (const [offered, chosen, opcode] of [
      [['binary.ircv3.net', 'text.ircv3.net'], 'binary.ircv3.net', BINARY],
      [['text.ircv3.net', 'binary.ircv3.net'], 'text.ircv3.net', TEXT],
      [['chat.example', 'binary.ircv3.net'], 'binary.ircv3.net', BINARY],
      [[], '', TEXT],
    ] as const) {
      const { client, peer } = await dial(stage, offered)
      assert.equal(client.protocol, chosen)
      assert.equal(peer.opened.opcode, opcode)
      await hangUp(client, peer)
    }
  })
})

test('WEBSOCKET - a message is a line, in text as in binary; a line end at its end is forgiven', async () => {
  await withServer(async (stage) => {
    const { client, peer } = await dial(stage, ['text.ircv3.net'])
    for (const message of ['NICK 가', Buffer.from('USER b'), 'A\r\n', 'B\n', '', '\r\n', '\n']) {
      client.send(message)
    }
    await settled(client)
    assert.deepEqual(peer.pieces, ['NICK 가', 'USER b', 'A', 'B'])
    await hangUp(client, peer)
  })
})

test('WEBSOCKET - no message becomes two lines; what a line must not hold is a fault in its order', async () => {
  await withServer(async (stage) => {
    const { client, peer } = await dial(stage, ['binary.ircv3.net'])
    const forbidden = [
      'A\nB',
      'A\r\nB',
      'A\rB',
      'A\0B',
      'A\r',
      '\r',
      'A\n\n',
      'A\r\r\n',
      '\0',
      '\nA',
    ]
    for (const message of forbidden) client.send(message)
    client.send(Buffer.from([0x41, 0xff]))
    client.send('x'.repeat(8190))
    client.send('x'.repeat(8191))
    client.send('PING')
    await settled(client)
    assert.deepEqual(peer.pieces, [
      ...forbidden.map(() => ({ fault: 'forbiddenByte' })),
      { fault: 'invalidUtf8' },
      'x'.repeat(8190),
      { fault: 'lineTooLong' },
      'PING',
    ])
    await hangUp(client, peer)
  })
})

test('WEBSOCKET - a ping or pong is an empty line, so that a flood of them is paid for', async () => {
  await withServer(async (stage) => {
    const client = new WebSocket(`ws://127.0.0.1:${stage.port}/`)
    const { opened } = await stage.opened()
    const lines: string[] = []
    opened.listen({ onLine: (line) => lines.push(line.toString()), onClose: () => {} })
    await once(client, 'open')
    client.pong()
    client.ping('x')
    await once(client, 'pong')
    assert.deepEqual(lines, ['\n', '\n'])
    client.terminate()
  })
})

test('WEBSOCKET - any message is one piece at most', async () => {
  await withServer(async (stage) => {
    const { client, peer } = await dial(stage)
    const message = fc.string({ unit: fc.constantFrom('\r', '\n', '\0', 'a', '가'), maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(message, async (text) => {
        peer.pieces.length = 0
        client.send(text)
        await settled(client)
        const content = text.replace(/\r?\n$/, '')
        // oxlint-disable-next-line no-control-regex -- the bytes that no line may hold
        const isFault = /[\0\r\n]/.test(content)
        const piece = isFault ? { fault: 'forbiddenByte' } : content
        assert.deepEqual(peer.pieces, content === '' ? [] : [piece])
      }),
    )
    await hangUp(client, peer)
  })
})

/** A client frame with the mask 0, which changes nothing. */
function frame(first: number, payload: Buffer): Buffer {
  assert.ok(payload.length < 126)
  return Buffer.concat([Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}

/** A client that can break the rules. */
async function dialRaw({ port, opened }: Stage, early = Buffer.alloc(0)) {
  const socket = connect(port, '127.0.0.1')
  const request = [
    'GET / HTTP/1.1',
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    '\r\n',
  ]
  socket.write(Buffer.concat([Buffer.from(request.join('\r\n')), early]))
  const [peer] = await Promise.all([opened(), once(socket, 'data')])
  return { socket, peer }
}

async function closeCode(socket: Socket): Promise<number> {
  const [data] = (await once(socket, 'data')) as [Buffer]
  assert.equal(data[0], 0x88)
  return data.readUInt16BE(2)
}

test('WEBSOCKET - what breaks RFC 6455 closes with its code', async () => {
  await withServer(async (stage) => {
    const fragments = Array.from({ length: 65 }, (_, i) =>
      frame(i === 0 ? 0x01 : 0x00, Buffer.from('x')),
    )
    const oversized = Buffer.from([0x81, 0xfe, 0x40, 0x01, 0, 0, 0, 0])
    for (const [bytes, code] of [
      [frame(0x81, Buffer.from([0xc3, 0x28])), 1007],
      [oversized, 1009],
      [Buffer.concat(fragments), 1008],
      [Buffer.from([0x81, 0x01, 0x41]), 1002],
      [frame(0xc1, Buffer.from('x')), 1002],
    ] as const) {
      const { socket, peer } = await dialRaw(stage)
      socket.write(bytes)
      assert.equal(await closeCode(socket), code)
      assert.deepEqual(peer.pieces, [])
      assert.notEqual(await peer.closed, 'Connection closed')
      socket.destroy()
    }
  })
})

test('WEBSOCKET - a peer that does not answer the close is cut off', async () => {
  await withServer(async (stage) => {
    const { socket, peer } = await dialRaw(stage)
    peer.opened.close(1001, 'Going down')
    assert.equal(await closeCode(socket), 1001)
    assert.equal(await peer.closed, 'Connection closed')
    socket.destroy()
  })
})

test('WEBSOCKET - messages that come with the request are not lost', async () => {
  await withServer(async (stage) => {
    const early = Buffer.concat([
      frame(0x81, Buffer.from('NICK a')),
      frame(0x81, Buffer.from('USER')),
    ])
    const { socket, peer } = await dialRaw(stage, early)
    socket.write(frame(0x89, Buffer.alloc(0)))
    await once(socket, 'data')
    assert.deepEqual(peer.pieces, ['NICK a', 'USER'])
    socket.destroy()
    assert.equal(await peer.closed, 'Connection closed')
  })
})

test('WEBSOCKET - frames written raw and the control frames of the protocol get along', async () => {
  await withServer(async (stage) => {
    const { client, peer } = await dial(stage, ['text.ircv3.net'])
    const heard: string[] = []
    client.on('message', (data: Buffer, isBinary) => heard.push(`${isBinary}:${data.toString()}`))
    const long = 'y'.repeat(8000)
    peer.opened.socket.write(frameLines(Buffer.from(`PING a\r\n${long}\r\n`), peer.opened.opcode))
    await settled(client)
    peer.opened.socket.write(frameLines(Buffer.from('ERROR :Bye\r\n'), peer.opened.opcode))
    peer.opened.close(1008, '가'.repeat(100))
    const [code, reason] = (await once(client, 'close')) as [number, Buffer]
    assert.deepEqual(heard, ['false:PING a', `false:${long}`, 'false:ERROR :Bye'])
    assert.deepEqual([code, reason.toString()], [1008, '가'.repeat(41)])
    assert.equal(await peer.closed, 'Connection closed')
  })
})

test('WEBSOCKET - a page whose origin is not allowed gets 403 and no connection', async () => {
  await withServer(
    async ({ port }) => {
      const client = new WebSocket(`ws://127.0.0.1:${port}/`)
      const [error] = (await once(client, 'error')) as [Error]
      assert.match(error.message, /403/)
    },
    () => false,
  )
})

test('WEBSOCKET - a paused connection leaves the bytes with the kernel, and goes on when resumed', async () => {
  await withServer(async (stage) => {
    const { client, peer } = await dial(stage)
    client.send('A')
    await settled(client)
    peer.opened.pause()
    const sent = Array.from({ length: 40 }, (_, i) => `${i} ${'z'.repeat(8000)}`)
    await Promise.all(sent.map((line) => new Promise((resolve) => client.send(line, resolve))))
    assert.deepEqual(peer.pieces, ['A'])
    peer.opened.resume()
    await settled(client)
    assert.deepEqual(peer.pieces, ['A', ...sent])
    await hangUp(client, peer)
  })
})
