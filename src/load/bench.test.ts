import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { createServer as createTls } from 'node:tls'
import { generate } from 'selfsigned'
import { WebSocketServer } from 'ws'
import { runBench } from './bench.ts'
import type { Report } from './report.ts'

/** One connection as the scripted server sees it. */
interface Peer {
  readonly say: (line: string) => void
  readonly end: () => void
  nick: string
  room: string
  ponged: boolean
  echoes: boolean
}

interface Script {
  /** Called for every PRIVMSG; says whether it is delivered. */
  readonly onMessage?: (from: Peer, count: number) => boolean
  readonly withholds?: (from: Peer, to: Peer) => boolean
  readonly refuse?: (nick: string) => string | undefined
  readonly tags?: string
}

/** As much of IRC as the bench needs, with a PING before the welcome, and nicks that can be in use. */
function scriptedChat(script: Script) {
  const peers = new Set<Peer>()
  const seen = { messages: 0, pongs: 0 }
  const cast = (from: Peer, line: string) => {
    const prefix = script.tags === undefined ? '' : `${script.tags} `
    for (const peer of peers) {
      const hears = peer.room === from.room && (peer !== from || peer.echoes)
      if (hears && script.withholds?.(from, peer) !== true) peer.say(prefix + line)
    }
  }
  const welcome = (peer: Peer) => peer.say(`:irc.test 001 ${peer.nick} :Welcome`)
  const takeNick = (peer: Peer, nick: string) => {
    const refusal = script.refuse?.(nick)
    const used = nick === 'u0' || [...peers].some((other) => other.nick === nick)
    if (refusal !== undefined) peer.say(refusal)
    else if (used) peer.say(`:irc.test 433 * ${nick} :Nickname is already in use`)
    else {
      peer.nick = nick
      peer.say('PING :are you there')
    }
  }
  const onCap = (peer: Peer, [subcommand = '', ...names]: string[]) => {
    if (subcommand === 'LS') peer.say('CAP * LS :sasl echo-message message-tags')
    if (subcommand !== 'REQ') return
    peer.echoes = names.join(' ').includes('echo-message')
    peer.say(`CAP * ACK ${names.join(' ')}`)
  }
  const onLine = (peer: Peer, line: string) => {
    const [command = '', target = '', ...rest] = line.split(' ')
    if (command === 'CAP') onCap(peer, [target, ...rest])
    if (command === 'NICK') takeNick(peer, target)
    if (command === 'PONG') {
      seen.pongs++
      if (!peer.ponged) welcome(peer)
      peer.ponged = true
    }
    if (command === 'PART') peer.room = ''
    if (command === 'JOIN') {
      peer.room = target
      peer.say(`:${peer.nick}!u@h JOIN ${target}`)
      peer.say(`:irc.test 353 ${peer.nick} = ${target} :${peer.nick}`)
      peer.say(`:irc.test 366 ${peer.nick} ${target} :End of /NAMES list`)
    }
    if (command === 'PRIVMSG') {
      seen.messages++
      if (script.onMessage?.(peer, seen.messages) === false) {
        peer.say(`:irc.test 404 ${peer.nick} ${target} :Cannot send to channel`)
      } else cast(peer, `:${peer.nick}!u@h PRIVMSG ${target} ${rest.join(' ')}`)
    }
  }
  const enter = (say: Peer['say'], end: Peer['end']) => {
    const peer: Peer = { say, end, nick: '', room: '', ponged: false, echoes: false }
    peers.add(peer)
    return { line: (line: string) => onLine(peer, line), gone: () => peers.delete(peer) }
  }
  return { enter, peers, seen }
}

async function serveTcp(script: Script, tls?: { readonly key: string; readonly cert: string }) {
  const chat = scriptedChat(script)
  const sockets = new Set<Socket>()
  const onConnection = (socket: Socket) => {
    sockets.add(socket)
    const peer = chat.enter(
      (line) => socket.write(`${line}\r\n`),
      () => socket.destroy(),
    )
    let rest = ''
    socket.setEncoding('latin1').on('data', (text: string) => {
      const lines = (rest + text).split('\r\n')
      rest = lines.pop() ?? ''
      lines.forEach(peer.line)
    })
    socket.on('error', () => undefined).on('close', peer.gone)
  }
  const server = tls === undefined ? createServer(onConnection) : createTls(tls, onConnection)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    ...chat,
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

async function bench(port: number, options: string) {
  let out = ''
  let complaints = ''
  const args = `--port ${port} --bytes 32 --seconds 0.3 ${options}`.split(' ')
  const exitCode = await runBench(args, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (complaints += text) },
  })
  const report = () => JSON.parse(out) as Report
  return { exitCode, out, complaints, report }
}

test('BENCH - one room over two threads: all join, and each message reaches all the others', async () => {
  await using server = await serveTcp({})
  const options = '--clients 8 --rooms 1 --senders 2 --window 2 --threads 2 --json'
  const { exitCode, report } = await bench(server.port, options)
  const { joined, load, reasons } = report()
  assert.equal(exitCode, 0)
  assert.equal(joined, 8)
  assert.deepEqual(reasons, {})
  assert.equal(load?.senders, 2)
  assert.ok(load.latency.samples > 10)
  // at the end, two windows may be under way
  assert.ok(server.seen.messages - load.latency.samples <= 4)
  const perMessage = load.deliveriesPerSecond / load.messagesPerSecond
  assert.ok(Math.abs(perMessage - 7) < 1, `${perMessage} deliveries per message`)
})

test('BENCH - with --caps, echoes count as well, and tags are skipped', async () => {
  await using server = await serveTcp({ tags: '@time=2026-01-01T00:00:00.000Z;account=x' })
  const options = '--clients 4 --rooms 1 --senders 1 --window 3 --threads 1 --caps --json'
  const { load, capabilities } = (await bench(server.port, options)).report()
  assert.deepEqual(capabilities, ['message-tags', 'echo-message'])
  assert.ok((load?.echo.samples ?? 0) > 10)
  assert.ok(Math.abs((load?.echo.samples ?? 0) - (load?.latency.samples ?? 0)) <= 3)
})

for (const [withheld, withholds] of [
  ['echo', (from: Peer, to: Peer) => from === to],
  ['delivery', (from: Peer, to: Peer) => from !== to],
] as const) {
  test(`BENCH - with --caps, a message without its ${withheld} stays in flight`, async () => {
    await using server = await serveTcp({ withholds })
    const options = '--clients 4 --rooms 1 --senders 1 --window 3 --threads 1 --caps --json'
    const { load } = (await bench(server.port, options)).report()
    assert.equal(server.seen.messages, 3)
    assert.equal(load?.unanswered, 3)
  })
}

test('BENCH - a refused message is counted, and gives its credit back', async () => {
  await using server = await serveTcp({ onMessage: (_from, count) => count > 5 })
  const { report } = await bench(
    server.port,
    '--clients 2 --rooms 1 --senders 1 --window 2 --threads 1 --json',
  )
  assert.deepEqual(report().reasons, { 'message refused: 404 Cannot send to channel': 5 })
  assert.ok((report().load?.latency.samples ?? 0) > 5)
})

test('BENCH - a PING is answered by clients that only count', async () => {
  const script: Script = {
    onMessage: (_from, count) => {
      if (count === 5) for (const peer of server.peers) peer.say('PING :still there')
      return true
    },
  }
  await using server = await serveTcp(script)
  await bench(server.port, '--clients 6 --rooms 1 --senders 1 --threads 1 --json')
  assert.equal(server.seen.pongs, 12)
})

test('BENCH - refusals are counted by reason, and the others go on', async () => {
  const refuse = (nick: string) =>
    nick === 'u2' || nick === 'u3' ? `ERROR :Closing link: (${nick}@h) [Too many]` : undefined
  await using server = await serveTcp({ refuse })
  const { exitCode, out } = await bench(
    server.port,
    '--clients 6 --rooms 1 --senders 1 --threads 1',
  )
  assert.equal(exitCode, 0)
  assert.match(out, /joined +4 of 6/)
  assert.match(out, /errors:\n +2 {2}ERROR: Too many/)
})

test('BENCH - clients that are cut off are counted as lost', async () => {
  const script: Script = {
    onMessage: (_from, count) => {
      if (count === 5) for (const peer of server.peers) if (peer.nick === 'u5') peer.end()
      return true
    },
  }
  await using server = await serveTcp(script)
  const { report } = await bench(
    server.port,
    '--clients 6 --rooms 1 --senders 1 --threads 1 --json',
  )
  assert.deepEqual(report().reasons, { 'lost: closed by the server': 1 })
})

for (const storm of ['join', 'reconnect']) {
  test(`BENCH - after a ${storm} storm everyone is back, and the time is taken`, async () => {
    await using server = await serveTcp({})
    const { report } = await bench(server.port, `--clients 20 --threads 2 --json --storm ${storm}`)
    const { storm: found, reasons } = report()
    assert.deepEqual(reasons, {})
    assert.equal(found?.back, 20)
    assert.ok((found.times.p50Ms ?? 0) > 0)
    assert.ok((found.times.maxMs ?? 0) >= (found.times.p50Ms ?? 0))
  })
}

test('BENCH - over WebSocket, a message of the socket is a line', async () => {
  const chat = scriptedChat({})
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/irc' })
  await once(server, 'listening')
  server.on('connection', (socket) => {
    assert.equal(socket.protocol, 'text.ircv3.net')
    const peer = chat.enter(
      (line) => socket.send(line),
      () => socket.terminate(),
    )
    socket.on('message', (line: Buffer) => peer.line(line.toString('latin1')))
    socket.on('close', peer.gone)
  })
  const { port } = server.address() as AddressInfo
  const { report } = await bench(port, '--websocket --clients 4 --rooms 2 --senders 1 --json')
  assert.deepEqual(report().reasons, {})
  assert.ok((report().load?.latency.samples ?? 0) > 10)
  server.close()
})

test('BENCH - over TLS, a certificate that nobody vouches for needs --insecure', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'irc.test' }])
  await using server = await serveTcp({}, { key, cert })
  const refused = await bench(server.port, '--tls --json')
  assert.equal(refused.exitCode, 1)
  assert.match(refused.complaints, /can't connect to ircs:.*self-signed certificate/)
  const options = '--tls --insecure --clients 4 --rooms 2 --senders 1 --json'
  const { load, reasons } = (await bench(server.port, options)).report()
  assert.deepEqual(reasons, {})
  assert.ok((load?.latency.samples ?? 0) > 10)
})

test('BENCH - a server that is not there is one clear complaint', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const { exitCode, out, complaints } = await bench(port, '--json')
  assert.equal(exitCode, 1)
  assert.equal(out, '')
  const expected = `maru bench: can't connect to irc://127.0.0.1:${port}: connection refused\n`
  assert.equal(complaints, expected)
})

test('BENCH - when nobody may join, the exit code says so', async () => {
  await using server = await serveTcp({ refuse: () => 'ERROR :Closing link: [Closed for today]' })
  const { exitCode, out, complaints } = await bench(server.port, '--clients 4 --threads 1')
  assert.equal(exitCode, 1)
  assert.match(out, /4 {2}ERROR: Closed for today/)
  assert.match(complaints, /nobody could join/)
})

test('BENCH - wrong arguments are exit code 2, and help is 0', async () => {
  assert.equal((await bench(1, '--clients none')).exitCode, 2)
  const help = await bench(1, '--help')
  assert.equal(help.exitCode, 0)
  assert.match(help.out, /usage: maru bench/)
})
