import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { launchChromium } from '../support/web-monitor-browser.ts'
import { Cable } from '../support/terminal-chat-cable.ts'
import type { Client } from '../support/client.ts'
import { openWebChatStage, say, type WebChatStage } from '../support/web-chat-stage.ts'
import {
  assertAllShown,
  assertHonest,
  bannersOn,
  keptIn,
  shownOn,
  sleep,
  TALL,
  textsOn,
  watch,
} from '../support/web-chat-watch.ts'
import { until } from '../support/web-monitor-plays.ts'

const NO_LIMITS = '[limits]\npreset = "off"'
/** It comes back by itself: the longest that a client waits between two attempts, and time for one. */
const BACK_MS = 90_000
/** As long as the network is away: the server asks after 60 s, and the page after 5. */
const CUT_MS = 30_000

const name = (fact: string): string => `WEB CHAT BREAKS - ${fact}`

/** Says something as soon as the field takes it, and doesn't wait for what becomes of it. */
async function sayAll(page: Page, texts: readonly string[]): Promise<void> {
  for (const text of texts) await say(page, text)
}

const numbered = (who: string, from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${who} ${from + i}`)

/** Everything that somebody said is in the history, each once and in the order in which it was said. */
async function assertSaid(stage: WebChatStage, who: string, count: number): Promise<void> {
  using reader = await stage.connect(`reads${who}`, '#lobby')
  const kept = (await keptIn(reader, '#lobby')).filter((text) => text.startsWith(`${who} `))
  assert.deepEqual(kept, numbered(who, 0, count))
}

const livesOf = async (page: Page, texts: readonly string[]): Promise<string[]> =>
  (await shownOn(page)).filter(({ text }) => texts.includes(text)).map(({ life }) => life)

test(
  name('the server is killed while two talk, and again: all is said once, and in order'),
  async () => {
    await using stage = await openWebChatStage({ config: NO_LIMITS })
    const mina = await stage.enter('mina', TALL)
    const june = await stage.enter('june', TALL)
    for (const { page } of [mina, june]) await watch(page)
    await mina.whileAway(() =>
      june.whileAway(async () => {
        for (let kill = 0; kill < 2; kill++) {
          const from = kill * 12
          const talk = [mina, june].map(({ page, nick }) => sayAll(page, numbered(nick, from, 8)))
          // In the middle of it, wherever that is.
          await mina.page.getByText(`mina ${from + 2}`, { exact: true }).waitFor()
          await stage.kill()
          await Promise.all(talk)
          for (const { page, nick } of [mina, june]) {
            await page.locator('.banner').waitFor()
            const later = numbered(nick, from + 8, 4)
            await sayAll(page, later)
            await until(async () => (await livesOf(page, later)).length === 4)
            assert.deepEqual(await livesOf(page, later), Array(4).fill('queued'))
          }
          await stage.start()
          for (const { page } of [mina, june]) {
            await page.getByText('Try now').waitFor({ state: 'detached', timeout: BACK_MS })
            await until(async () => (await shownOn(page)).every(({ life }) => life === 'said'))
          }
        }
      }),
    )
    using reader = await stage.connect('reader', '#lobby')
    for (const { page, nick, wrong } of [mina, june]) {
      await assertAllShown(page, reader, '#lobby')
      await assertHonest(page)
      await assertSaid(stage, nick, 24)
      const banners = await bannersOn(page)
      assert.ok(
        banners.some((text) => text.includes('The server does not answer')),
        String(banners),
      )
      assert.deepEqual(wrong, [])
    }
  },
)

describe('WEB CHAT BREAKS', { concurrency: true }, () => {
  test(
    name(
      'the network is away for half a minute and comes back: the connection goes on or another does',
    ),
    () => cutFor(CUT_MS, (cable) => cable.flow()),
  )

  test(name('the network is away for half a minute, and the connection with it'), () =>
    cutFor(CUT_MS, (cable, port) => {
      cable.cut()
      cable.mend(port)
      cable.flow()
    }),
  )

  test(name('the machine sleeps until the server has given it up, and wakes'), () =>
    sleepFor(() => {}),
  )

  test(name('the machine wakes where its connection leads nowhere, and soon has another'), () =>
    sleepFor((cable) => cable.strand()),
  )
})

/** The server gives up after so long, which is longer than the page ever stands still by itself. */
const IMPATIENT = `${NO_LIMITS}\n[limits.chat]\nping_after_ms = 5000\ndrop_after_ms = 14000`

async function sleepFor(meanwhile: (cable: Cable) => void): Promise<void> {
  await using stage = await openWebChatStage({ config: IMPATIENT })
  await using cable = new Cable(stage.server.portOf('http'))
  await cable.begin()
  await using browser = await launchChromium()
  const at = `http://127.0.0.1:${cable.port}/`
  const mina = await stage.enter('mina', { ...TALL, at, by: browser })
  using june = await stage.connect('june', '#lobby')
  await watch(mina.page)
  await sayAll(mina.page, numbered('mina', 0, 2))
  await june.until(/ PRIVMSG #lobby :mina 1$/)
  const { wake } = await sleep(browser)
  meanwhile(cable)
  june.send(...numbered('june', 0, 4).map((text) => `PRIVMSG #lobby :${text}`))
  await staysUntil(june, /:mina!\S+ QUIT /).finally(wake)
  june.send(...numbered('june', 4, 4).map((text) => `PRIVMSG #lobby :${text}`))
  await mina.page.getByText('june 7', { exact: true }).waitFor({ timeout: 60_000 })
  await sayAll(mina.page, numbered('mina', 2, 2))
  await june.until(/ PRIVMSG #lobby :mina 3$/)
  // Who hears it may hear it before who said it does.
  await until(async () => (await shownOn(mina.page)).every(({ life }) => life === 'said'))
  await assertAllShown(mina.page, june, '#lobby')
  await assertHonest(mina.page)
  assert.deepEqual(mina.wrong, [])
}

/** Talks to the server all the while, as who sleeps doesn't. */
async function staysUntil(client: Client, pattern: RegExp): Promise<void> {
  while (!(await client.settled()).some((line) => pattern.test(line))) await delay(500)
}

/** Mina's way to the server lets nothing through; june talks on. */
async function cutFor(ms: number, heal: (cable: Cable, port: number) => void): Promise<void> {
  await using stage = await openWebChatStage({ config: NO_LIMITS })
  await using cable = new Cable(stage.server.portOf('http'))
  await cable.begin()
  const mina = await stage.enter('mina', { ...TALL, at: `http://127.0.0.1:${cable.port}/` })
  const june = await stage.enter('june', TALL)
  for (const { page } of [mina, june]) await watch(page)
  await sayAll(mina.page, numbered('mina', 0, 4))
  await until(async () => (await textsOn(june.page)).length === 4)
  await mina.whileAway(async () => {
    const endMs = performance.now() + ms
    cable.stall()
    const lost = numbered('mina', 4, 4)
    await sayAll(mina.page, lost)
    await sayAll(june.page, numbered('june', 0, 8))
    await mina.page.getByText('No answer from the server').waitFor()
    assert.deepEqual(await livesOf(mina.page, lost), Array(4).fill('sending'))
    await delay(endMs - performance.now())
    assert.equal(await mina.page.locator('.banner').count(), 1)
    const lives = await livesOf(mina.page, lost)
    assert.deepEqual(
      lives.filter((life) => life !== 'sending' && life !== 'queued'),
      [],
    )
    assert.equal(lives.length, 4)
    heal(cable, stage.server.portOf('http'))
    await mina.page.locator('.banner').waitFor({ state: 'detached', timeout: 60_000 })
  })
  await sayAll(mina.page, numbered('mina', 8, 2))
  using reader = await stage.connect('reader', '#lobby')
  await until(async () => (await keptIn(reader, '#lobby')).includes('mina 9'))
  for (const { page, wrong } of [mina, june]) {
    await assertAllShown(page, reader, '#lobby')
    await assertHonest(page)
    assert.deepEqual(wrong, [])
  }
  await assertSaid(stage, 'mina', 10)
  await assertSaid(stage, 'june', 8)
}
