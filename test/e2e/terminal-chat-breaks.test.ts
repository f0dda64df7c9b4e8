import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { ServerProcess } from '../support/server.ts'
import { Cable } from '../support/terminal-chat-cable.ts'
import {
  comeIn,
  countOf,
  isIn,
  numbersOn,
  onPosix,
  openChat,
  startQuickServer,
  upTo,
} from '../support/terminal-chat.ts'
import type { PtyProgram } from '../support/terminal-pty.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-chat-breaks-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** As long as the network is away. */
const CUT_MS = 30_000
/** All that is said in a play is on the screen at once. */
const TALL = { columns: 100, rows: 60 }
/** Whoever says nothing for so long is dropped, and their name is free. */
const dropsAfter = (ms: number): string => `[limits]
preset = "off"
[limits.chat]
ping_after_ms = ${ms / 2}
drop_after_ms = ${ms}
`

interface Pair extends AsyncDisposable {
  readonly server: ServerProcess
  readonly cable: Cable
  /** Whose connection goes through the cable, and who has one of their own. */
  readonly minji: PtyProgram
  readonly jun: PtyProgram
}

async function openPair(dropMs: number): Promise<Pair> {
  await using all = new AsyncDisposableStack()
  const server = all.use(await startQuickServer({ config: dropsAfter(dropMs) }))
  const cable = all.use(new Cable(server.portOf('plain')))
  await cable.begin()
  const minji = all.use(openChat({ port: cable.port, nick: 'minji', ...TALL }))
  const jun = all.use(openChat({ port: server.portOf('plain'), nick: 'jun', ...TALL }))
  for (const screen of [minji, jun]) await isIn(screen)
  await minji.until('2 here')
  const kept = all.move()
  return { server, cable, minji, jun, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

async function say(screen: PtyProgram, ...numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    screen.type(`says <${number}>\r`)
    await screen.until(`says <${number}>`)
  }
}

/** Nothing lost, nothing twice, nothing out of order: on both screens what the server keeps. */
async function assertWhole({ server, minji, jun }: Pair, count: number): Promise<void> {
  const reader = await comeIn(server, 'reader')
  reader.send('CAP REQ :batch draft/chathistory', 'JOIN #lobby', 'CHATHISTORY LATEST #lobby * 200')
  const lines = await reader.settled()
  const kept = lines.flatMap((line) => /PRIVMSG #lobby :says <(\d+)>/.exec(line)?.[1] ?? [])
  assert.deepEqual(
    kept.map(Number).toSorted((a, b) => a - b),
    upTo(count),
  )
  for (const screen of [minji, jun]) {
    // What is sent again stands there beside what is known to be said, until the server has answered.
    await screen.until(() => numbersOn(screen).length === count)
    assert.deepEqual(numbersOn(screen), kept.map(Number))
    assert.equal(countOf(screen, 'waits for the connection'), 0)
    assert.equal(countOf(screen, 'may not have arrived'), 0)
    assert.equal(countOf(screen, 'between: '), 0)
  }
}

describe('breaks of the chat in the terminal', { concurrency: 3 }, () => {
  test(
    'CHAT BREAKS - the server is killed: it is back by itself, with all that was said meanwhile',
    onPosix,
    async () => {
      const data = mkdtempSync(join(folder, 'data-'))
      await using cable = new Cable(0)
      await cable.begin()
      let server = await startQuickServer({ folder: data })
      try {
        cable.mend(server.portOf('plain'))
        await using minji = openChat({ port: cable.port, nick: 'minji', ...TALL })
        await isIn(minji)
        await using jun = openChat({ port: cable.port, nick: 'jun', ...TALL })
        await isIn(jun)
        let count = 0
        for (let kill = 0; kill < 2; kill++) {
          await say(minji, ++count)
          await say(jun, ++count)
          await minji.until(`jun says <${count}>`)
          server.signal('SIGKILL')
          await server.exited
          for (const screen of [minji, jun]) await screen.until(/ ▲ connection lost/)
          await say(minji, ++count, ++count)
          await say(jun, ++count)
          await minji.until('2 waiting to be sent')
          await jun.until('1 waiting to be sent')
          server = await startQuickServer({ folder: data })
          cable.cut()
          cable.mend(server.portOf('plain'))
          for (const screen of [minji, jun]) {
            await screen.until(/ ● online/)
            await screen.until(() => countOf(screen, 'waits for the connection') === 0)
          }
          for (const screen of [minji, jun]) {
            await screen.until(() => numbersOn(screen).length === count)
          }
        }
        await assertWhole(
          { server, cable, minji, jun, [Symbol.asyncDispose]: async () => {} },
          count,
        )
      } finally {
        await server[Symbol.asyncDispose]()
      }
    },
  )

  for (const [what, dropMs] of [
    ['its connections go on', 120_000],
    ['its connections are dead', 20_000],
  ] as const) {
    test(`CHAT BREAKS - nothing comes through for 30 s, and ${what}`, onPosix, async () => {
      await using pair = await openPair(dropMs)
      const { cable, minji, jun } = pair
      await say(minji, 1)
      await say(jun, 2)
      await minji.until('jun says <2>')
      cable.stall()
      const cutAtMs = Date.now()
      await say(minji, 3)
      await minji.until(/says <3> …/)
      await say(jun, 4)
      // It is told before it is given up.
      await minji.until(/ ◌ no answer for \d+ s/)
      await minji.until(/ (?:▲ connection lost|○ connecting)/)
      await say(minji, 5)
      await minji.until(/<5> ◷ waits for the connection/)
      await minji.until('2 waiting to be sent')
      assert.deepEqual(numbersOn(minji), [1, 2, 3, 5])
      assert.deepEqual(numbersOn(jun), [1, 2, 4])
      await delay(Math.max(0, cutAtMs + CUT_MS - Date.now()))
      if (dropMs < CUT_MS) cable.strand()
      cable.flow()
      await minji.until(/ ● online/)
      await jun.until(() => numbersOn(jun).length === 5)
      await assertWhole(pair, 5)
    })
  }

  for (const [what, strands] of [
    ['is told so when it wakes up', false],
    ['nobody tells it', true],
  ] as const) {
    test(
      `CHAT BREAKS - it sleeps until the server has dropped it, and ${what}`,
      onPosix,
      async () => {
        await using pair = await openPair(4000)
        const { server, cable, minji, jun } = pair
        await say(minji, 1)
        await say(jun, 2)
        await minji.until('jun says <2>')
        const before = server.log.length
        process.kill(minji.processId, 'SIGSTOP')
        if (strands) cable.strand()
        await server.until('disconnected', before)
        await jun.until('minji went offline')
        await say(jun, 3, 4)
        // As long as no program is late by itself.
        await delay(6000)
        process.kill(minji.processId, 'SIGCONT')
        await minji.until('says <4>')
        await minji.until(/ ● online/)
        await say(minji, 5)
        await jun.until('minji says <5>')
        await assertWhole(pair, 5)
      },
    )
  }
})
