import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { directWrite, WRITTEN, waitingBytes } from './direct-write.ts'

/** More than a kernel keeps for a peer that doesn't read. */
const TOO_MUCH = Buffer.alloc(64 * 1024 * 1024, 'x')

test('direct write - what the kernel takes at once arrives, in order with what the stream writes', async (t) => {
  const { server, peer } = await pair(t)
  assert.equal(directWrite(server, Buffer.from('one ')), WRITTEN)
  server.write('two ')
  assert.equal(directWrite(server, Buffer.from('three')), WRITTEN)
  server.end()
  assert.equal(await textOf(peer), 'one two three')
})

test('direct write - what must wait is pending until the peer has read, and an end waits for it', async (t) => {
  const { server, peer } = await pair(t)
  peer.pause()
  const pending = directWrite(server, TOO_MUCH)
  assert(pending !== undefined && pending !== WRITTEN)
  let isDone = false
  pending.oncomplete = () => void (isDone = true)
  await sleep(20)
  assert.equal(isDone, false)
  assert(waitingBytes(server) > 0)
  server.end()
  assert.equal((await textOf(peer)).length, TOO_MUCH.length)
  assert.equal(isDone, true)
  assert.equal(waitingBytes(server), 0)
})

test('direct write - behind what the stream still holds it writes nothing and says so', async (t) => {
  const { server, peer } = await pair(t)
  peer.pause()
  server.write(TOO_MUCH)
  assert.equal(directWrite(server, Buffer.from('me first')), undefined)
})

test('direct write - a write that waits when the socket is destroyed is complete', async (t) => {
  const { server, peer } = await pair(t)
  peer.pause()
  const pending = directWrite(server, TOO_MUCH)
  assert(pending !== undefined && pending !== WRITTEN)
  const done = new Promise<void>((resolve) => (pending.oncomplete = resolve))
  server.destroy()
  await done
  assert.equal(directWrite(server, Buffer.from('nobody')), undefined)
})

test('direct write - a peer that is gone ends the socket with the error', async (t) => {
  const { server, peer } = await pair(t)
  peer.resetAndDestroy()
  const [error] = await Promise.race([once(server, 'error'), writesUntilClosed(server)])
  assert.match((error as NodeJS.ErrnoException).code ?? '', /^(EPIPE|ECONNRESET)$/)
})

async function writesUntilClosed(socket: Socket): Promise<never> {
  while (!socket.destroyed) {
    directWrite(socket, Buffer.from('anyone there?'))
    await sleep(1)
  }
  return new Promise(() => {})
}

async function pair(t: TestContext): Promise<{ server: Socket; peer: Socket }> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const peer = connect((listener.address() as AddressInfo).port, '127.0.0.1')
  peer.on('error', () => {})
  const [server] = (await once(listener, 'connection')) as [Socket]
  t.after(() => {
    server.destroy()
    peer.destroy()
    listener.close()
  })
  return { server, peer }
}

async function textOf(peer: Socket): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of peer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
