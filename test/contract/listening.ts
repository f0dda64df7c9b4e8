import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { TLSSocket } from 'node:tls'
import { becomes } from '../support/hostile.ts'
import { fact, selfSigned, Stage, type Caller, type Contract } from './stage.ts'

export function listeningFacts(contract: Contract): void {
  fact(contract, 'listeners go by their names, each on a port of its own', async (stage) => {
    const ports = [await stage.listen({ name: 'left' }), await stage.listen({ name: 'right' })]
    assert.notEqual(ports[0], ports[1])
    for (const [i, name] of ['left', 'right'].entries()) {
      for (const { opened } of await stage.meet(ports[i] ?? 0, 4)) {
        assert.equal(opened.listener, name)
      }
    }
  })

  fact(contract, 'the host * is IPv4 and IPv6', async (stage) => {
    const bound = await stage.engine.listen({ name: 'all', kind: 'plain', host: '*', port: 0 })
    const four = await stage.met(await stage.dial(bound.port, { host: '127.0.0.1' }))
    const six = await stage.met(await stage.dial(bound.port, { host: '::1' }))
    assert.deepEqual([four.opened.address, six.opened.address], ['127.0.0.1', '::1'])
  })

  fact(contract, 'a port is not shared with another engine', async (stage) => {
    const port = await stage.listen()
    await using second = new Stage(contract.make)
    await assert.rejects(second.listen({ port }), { code: 'EADDRINUSE' })
    await assert.rejects(stage.listen({ port }), { code: 'EADDRINUSE' })
    await stage.meet(port, 8)
    assert.equal(second.heard.length, 0)
  })

  fact(contract, 'a port that a server of another kind has is not to be had', async (stage) => {
    const other = createServer().listen({ host: '127.0.0.1', port: 0, exclusive: true })
    await becomes(() => other.listening, 'listening')
    const address = other.address()
    assert.ok(typeof address === 'object' && address !== null)
    await assert.rejects(stage.listen({ port: address.port }), { code: 'EADDRINUSE' })
    other.close()
  })

  fact(contract, 'the port is free again when the engine is gone', async (stage) => {
    const first = new Stage(contract.make)
    const port = await first.listen()
    const { caller } = await first.enter(port)
    await first.engine[Symbol.asyncDispose]()
    await caller.closes()
    assert.equal(await stage.listen({ port }), port)
    await stage.enter(port)
  })

  fact(contract, 'there is no TLS without material', async (stage) => {
    await assert.rejects(stage.listen({ kind: 'tls', name: 'secure' }), /no TLS certificate/)
    await stage.engine.useTls(await selfSigned('irc.test'))
    await stage.met(await stage.dialTls(await stage.listen({ kind: 'tls' })))
  })

  fact(contract, 'new TLS material is for new connections, and bad is refused', async (stage) => {
    const before = await selfSigned('before.test')
    await stage.engine.useTls(before)
    const port = await stage.listen({ kind: 'tls' })
    const old = await stage.met(await stage.dialTls(port))
    const other = await selfSigned('other.test')
    const mixed = { key: other.key, certificate: before.certificate }
    await assert.rejects(stage.engine.useTls(mixed), /does not belong/)
    assert.equal(nameOf(await stage.dialTls(port)), 'before.test')
    await stage.engine.useTls(await selfSigned('after.test'))
    for (let i = 0; i < 6; i++) assert.equal(nameOf(await stage.dialTls(port)), 'after.test')
    old.caller.send('still here')
    await stage.hears(old.id, 'still here')
    await stage.told(old)
  })

  fact(contract, 'who stops listening lets nobody in and sends nobody away', async (stage) => {
    const port = await stage.listen()
    const guests = await stage.meet(port, 6)
    await stage.engine.stopListening()
    for (let i = 0; i < 6; i++) await assert.rejects(stage.dial(port), { code: 'ECONNREFUSED' })
    for (const guest of guests) {
      guest.caller.send('still here')
      await stage.hears(guest.id, 'still here')
      await stage.told(guest)
    }
  })

  fact(contract, 'who is barred does not get in; who is in stays', async (stage) => {
    const port = await stage.listen({ name: 'front' })
    const [inside] = await stage.meet(port, 1)
    assert.ok(inside)
    stage.engine.bar(['192.0.2.0/24', '127.0.0.2/31'])
    await stage.told(inside)
    // The others of a pool have been told at the same time, and say so when they are asked.
    await stage.engine.drained(1000)
    for (let i = 0; i < 6; i++) {
      const caller = await stage.dial(port, { localAddress: '127.0.0.2' })
      await caller.closes()
    }
    assert.equal(stage.heard.filter(({ kind }) => kind === 'opened').length, 1)
    const refused = { listener: 'front', address: '127.0.0.2', reason: 'Banned address' }
    await becomes(() => stage.troubles.length === 6, 'six reports')
    for (const trouble of stage.troubles) assert.deepEqual(trouble, refused)
    await stage.enter(port)
    stage.engine.bar([])
    await stage.engine.drained(1000)
    await stage.met(await stage.dial(port, { localAddress: '127.0.0.2' }))
    await stage.told(inside)
  })
}

function nameOf({ socket }: Caller): string | undefined {
  return socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : undefined
}
