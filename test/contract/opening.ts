import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { becomes } from '../support/hostile.ts'
import { fact, selfSigned, type Contract, type Stage } from './stage.ts'

export function openingFacts(contract: Contract): void {
  fact(contract, 'opened says who came, from where and through which door', async (stage) => {
    const port = await stage.listen({ name: 'front' })
    const { opened, caller } = await stage.enter(port)
    assert.deepEqual(opened, {
      kind: 'opened',
      connection: opened.connection,
      transport: 'tcp',
      address: '127.0.0.1',
      port: caller.socket.localPort,
      listener: 'front',
    })
  })

  fact(contract, 'opened tells a client certificate by its fingerprint', async (stage) => {
    await stage.engine.useTls(await selfSigned('irc.test'))
    const port = await stage.listen({ kind: 'tls' })
    const { key, certificate } = await selfSigned('anna')
    const known = await stage.met(await stage.dialTls(port, { key, cert: certificate }))
    const unknown = await stage.met(await stage.dialTls(port))
    const { fingerprint256 } = new X509Certificate(certificate)
    assert.equal(known.opened.transport, 'tls')
    assert.equal(known.opened.tls?.version, 'TLSv1.3')
    assert.match(known.opened.tls.cipher, /^TLS_/)
    const expected = fingerprint256.replaceAll(':', '').toLowerCase()
    assert.equal(known.opened.tls.certificateFingerprint, expected)
    assert.equal(unknown.opened.tls?.certificateFingerprint, undefined)
    known.caller.send('hello')
    await stage.hears(known.id, 'hello')
    stage.engine.send(known.id, 'hi\r\n')
    await known.caller.receives('hi\r\n')
  })

  fact(contract, 'a trusted proxy says where its clients come from', async (stage) => {
    const port = await stage.listen({ proxiesFrom: ['127.0.0.1'] })
    const caller = await stage.dial(port)
    caller.socket.write('PROXY TCP4 192.0.2.7 192.0.2.1 4000 6667\r\nhello\r\n')
    await becomes(() => stage.heard.length >= 2, 'opened and its line')
    const [opened, lines] = stage.heard
    assert.ok(opened?.kind === 'opened' && lines?.kind === 'lines')
    assert.deepEqual([opened.address, opened.port], ['192.0.2.7', 4000])
    assert.deepEqual(lines.lines, ['hello'])
  })

  for (const [protocol, isBinary] of [
    ['text.ircv3.net', false],
    ['binary.ircv3.net', true],
  ] as const) {
    fact(contract, `a WebSocket of ${protocol} has a line in each message`, async (stage) => {
      const { id, ws, messages } = await openWebSocket(stage, protocol)
      for (const line of ['one', '둘 👋', 'three'])
        ws.send(isBinary ? Buffer.from(line) : line, { binary: isBinary })
      await stage.hears(id, 'three')
      assert.deepEqual(stage.linesOf(id), ['one', '둘 👋', 'three'])
      stage.engine.classify(id, 3)
      stage.engine.enter(id, 1)
      stage.engine.send(id, ':sent 하나\r\n:sent two\r\n')
      stage.engine.cast([1], new Map([[3, ':cast\r\n']]), 0)
      await becomes(() => messages.length >= 3, 'messages')
      const expected = [':sent 하나', ':sent two', ':cast'].map((text) => ({ text, isBinary }))
      assert.deepEqual(messages, expected)
      stage.engine.close(id, 'ERROR :bye\r\n', 'said goodbye')
      await once(ws, 'close')
      assert.deepEqual(messages.at(-1), { text: 'ERROR :bye', isBinary })
      assert.equal((await stage.closed(id)).reason, 'said goodbye')
    })
  }

  fact(contract, 'opened tells what a web client calls itself, as plain text', async (stage) => {
    const headers = { 'User-Agent': `Gamja\u00ad/1.0 ${'n'.repeat(300)}` }
    const { opened } = await openWebSocket(stage, 'text.ircv3.net', headers)
    assert.equal(opened.client, `Gamja/1.0 ${'n'.repeat(190)}`)
  })

  fact(contract, 'a web client that does not say what it is has no name', async (stage) => {
    const { opened } = await openWebSocket(stage, 'text.ircv3.net')
    assert.equal('client' in opened, false)
  })

  fact(contract, 'lines and faults come in the order in which they were sent', async (stage) => {
    const { id, caller } = await stage.enter(await stage.listen())
    caller.socket.write(
      Buffer.concat([
        Buffer.from('one\r\n두 번째\n\r\n'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('\r\nthree\r\nnu'),
        Buffer.from([0]),
        Buffer.from(`l\r\nfour\r\n${'x'.repeat(9000)}\r\nfive\r\n`),
      ]),
    )
    await stage.hears(id, 'five')
    assert.deepEqual(stage.linesOf(id), [
      'one',
      '두 번째',
      '!invalidUtf8',
      'three',
      '!forbiddenByte',
      'four',
      '!lineTooLong',
      'five',
    ])
    caller.send('six')
    await stage.hears(id, 'six')
  })

  fact(contract, 'what a client says before it hangs up comes before closed', async (stage) => {
    const { id, caller } = await stage.enter(await stage.listen())
    const lines = Array.from({ length: 2000 }, (_, i) => `line ${i}`)
    caller.socket.end(lines.map((line) => `${line}\r\n`).join(''))
    await stage.closed(id)
    assert.deepEqual(stage.linesOf(id), lines)
    assert.equal(stage.heard.at(-1)?.kind, 'closed')
  })

  fact(contract, 'no connection has the number 0, or one that another had', async (stage) => {
    const port = await stage.listen()
    for (let round = 0; round < 5; round++) {
      const guests = await stage.meet(port, 8)
      for (const { caller } of guests) caller.socket.end()
      await Promise.all(guests.map(({ id }) => stage.closed(id)))
    }
    const ids = stage.heard.filter(({ kind }) => kind === 'opened').map((each) => each.connection)
    assert.equal(ids.length, 40)
    assert.equal(new Set(ids).size, 40)
    assert.ok(ids.every((id) => Number.isSafeInteger(id) && id > 0))
  })

  fact(
    contract,
    'a stranger who does not register in time is told so and closed',
    async (stage) => {
      const port = await stage.listen()
      const [known] = await stage.meet(port, 1)
      const { id, caller } = await stage.enter(port)
      assert.equal((await stage.closed(id)).reason, 'Registration timeout')
      await caller.closes()
      assert.equal(caller.text, 'ERROR :Registration timeout\r\n')
      assert.equal(known === undefined || stage.closings(known.id).length > 0, false)
    },
    { registrationMs: 300 },
  )
}

async function openWebSocket(stage: Stage, protocol: string, headers = {}) {
  const port = await stage.listen({ kind: 'http', name: 'web' })
  const ws = new WebSocket(`ws://127.0.0.1:${port}/irc`, [protocol], { headers })
  const messages: { readonly text: string; readonly isBinary: boolean }[] = []
  ws.on('message', (data: Buffer, isBinary) => {
    messages.push({ text: data.toString(), isBinary })
  })
  await once(ws, 'open')
  await becomes(() => stage.heard.length > 0, 'opened')
  const [opened] = stage.heard
  assert.ok(opened?.kind === 'opened')
  assert.equal(opened.transport, 'ws')
  return { id: opened.connection, opened, ws, messages }
}
