import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { becomes, configOf, dialPort, type Peer } from '../support/hostile.ts'

const MARU = join(import.meta.dirname, '../../src/bin/maru.ts')
/** So many file handles, 64 of which Maru keeps for itself. */
const HANDLES = 128
const KNOCKS = 200

/** Runs a server that may have no more than `HANDLES` open, as a process of its own. */
async function withFewHandles(run: (port: number) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-handles-'))
  const config = configOf({}).replace('level = "error"', 'level = "info"\nformat = "json"')
  writeFileSync(join(folder, 'maru.toml'), config)
  const start = `ulimit -n ${HANDLES} && exec "$0" "$@"`
  const child = spawn('sh', ['-c', start, process.execPath, MARU, 'serve'], { cwd: folder })
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const ended = once(child, 'exit')
  try {
    const port = await listeningPort(createInterface(child.stdout))
    await run(port)
    assert.equal(child.exitCode, null)
  } finally {
    child.kill('SIGTERM')
    const [code] = await ended
    rmSync(folder, { recursive: true })
    assert.deepEqual([code, errors], [0, ''])
  }
}

/** Reads the log on, so that the server never waits for us. */
function listeningPort(log: AsyncIterable<string>): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const read = async (): Promise<void> => {
    for await (const line of log) {
      const { event, name, port } = JSON.parse(line) as Record<string, unknown>
      if (event === 'listening' && name === 'plain') resolve(Number(port))
    }
    reject(new Error('it ended before it listened'))
  }
  read().catch(reject)
  return promise
}

const onLinux = {
  skip: process.platform !== 'linux' && 'only Linux says how many handles there are',
}

test(
  'HOSTILE - more connections than file handles end those that are too many, and nobody else',
  onLinux,
  async () => {
    await withFewHandles(async (port) => {
      const canary = await dialPort(port)
      await canary.register('canary')
      const peers = await Promise.all(Array.from({ length: KNOCKS }, () => dialPort(port)))
      const isDecided = (peer: Peer): boolean => peer.isClosed || peer.unread.length > 0
      for (const peer of peers) peer.send('CAP LS 302')
      await becomes(() => peers.every(isDecided), 'each is accepted or refused')
      const refused = peers.filter(({ unread: [first] }) => first === 'ERROR :The server is full')
      const accepted = peers.filter(({ unread: [first] }) => first?.includes(' CAP * LS ') === true)
      const dropped = peers.filter((peer) => peer.isClosed && peer.unread.length === 0)
      assert.equal(accepted.length, HANDLES - 64 - 1)
      assert.equal(accepted.length + refused.length + dropped.length, KNOCKS)
      assert.ok(refused.length > 0)
      assert.deepEqual(await canary.settled(), [])
      for (const peer of peers) peer.destroy()
      await comesIn(port, 'later')
      assert.deepEqual(await canary.settled(), [])
      canary.destroy()
    })
  },
)

/** The server notices those who left one by one: whoever comes in between may still be told that it's full. */
async function comesIn(port: number, nick: string): Promise<void> {
  for (;;) {
    const peer = await dialPort(port)
    const isIn = await peer.register(nick).then(
      () => true,
      () => false,
    )
    peer.destroy()
    if (isIn) return
  }
}
