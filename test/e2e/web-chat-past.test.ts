import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import {
  anchorOn,
  enterPast,
  fillPast,
  scrolledOn,
  watchScroll,
  wheel,
} from '../support/web-chat-past.ts'
import { openWebChatStage, say, type WebChatStage } from '../support/web-chat-stage.ts'
import { until } from '../support/web-monitor-plays.ts'

const MESSAGES = 2400
const PAST = { count: MESSAGES, viewport: { width: 1000, height: 1500 } } as const
const LOW = { width: 1280, height: 720 } as const
/** Less than is in view: everything is seen. */
const TURN_PX = 1100

/** What rounding leaves, of one measurement. */
const ROUND_PX = 2

const name = (fact: string): string => `WEB CHAT PAST - ${fact}`

let stage: WebChatStage
before(async () => {
  stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
  await stage.stop()
  await fillPast(join(stage.server.folder, 'data'), MESSAGES)
  await stage.start()
})
after(() => stage[Symbol.asyncDispose]())

/** Turns the wheel until a message is at the top, and no further; how far that was. */
async function wheelTo(
  page: Page,
  isThere: (n: number) => boolean,
  pixels: number,
): Promise<number> {
  let turned = 0
  for (let turns = 0; turns < 2000; turns++) {
    if (isThere((await anchorOn(page)).n)) return turned
    await wheel(page, pixels)
    turned += Math.abs(pixels)
  }
  throw new Error(`still at ${(await anchorOn(page)).n}`)
}

/** All of what was turned through was on the screen, in its order, and nothing moved but by the wheel. */
async function assertSteady(page: Page, pixels: number): Promise<void> {
  const { breaks, moves, leaps, blanks, mostRows } = await scrolledOn(page)
  assert.deepEqual(breaks, [])
  assert.equal(blanks, 0)
  // Of the first frame nothing was in the one before.
  assert.deepEqual(leaps.slice(1), [])
  // Neither against the wheel nor further than it was turned.
  const ways = moves.map((move) => move * Math.sign(-pixels))
  const wrong = ways.filter((way) => way < -ROUND_PX || way > Math.abs(pixels) + ROUND_PX)
  assert.deepEqual(wrong, [])
  assert.ok(mostRows < 150, String(mostRows))
}

test(
  name('the wheel goes back to the beginning: all is seen, in order, and nothing jumps'),
  async () => {
    const { page, wrong, close } = await enterPast(stage, 'wheeler', PAST)
    await watchScroll(page)
    const turned = await wheelTo(page, (n) => n === 0, -TURN_PX)
    await page.getByText('This is where the room begins.').waitFor()
    const { seen, moves } = await scrolledOn(page)
    assert.equal(new Set(seen).size, MESSAGES)
    await assertSteady(page, -TURN_PX)
    // As far as the wheel was turned, but for its last turn, which the beginning ends.
    const moved = moves.reduce((sum, move) => sum + move, 0)
    assert.ok(Math.abs(turned - moved) <= TURN_PX + ROUND_PX, `${turned} ${moved}`)
    await page.locator('.pill').click()
    await page.getByText(`number ${MESSAGES - 1} `).waitFor()
    await say(page, 'here again')
    await page.locator('.life-said').filter({ hasText: 'here again' }).waitFor()
    assert.deepEqual(wrong, [])
    await close()
  },
)

test(name('the first turns of the wheel, away from the end, move by what they turn'), async () => {
  const { page, close } = await enterPast(stage, 'leaver', { ...PAST, viewport: LOW })
  await watchScroll(page)
  // More than is drawn ahead at the end: what comes into view isn't measured yet.
  for (let turns = 0; turns < 6; turns++) await wheel(page, -480)
  const { seen } = await scrolledOn(page)
  assert.ok(seen.length > 60, String(seen.length))
  await assertSteady(page, -480)
  await close()
})

test(name('the wheel goes back and forth again over pages that had been let go'), async () => {
  const { page, close } = await enterPast(stage, 'turner', PAST)
  await wheelTo(page, (n) => n < MESSAGES - 1200, -TURN_PX)
  await watchScroll(page)
  await wheelTo(page, (n) => n > MESSAGES - 200, TURN_PX)
  await assertSteady(page, TURN_PX)
  const { seen } = await scrolledOn(page)
  const between = [...new Set(seen)].filter((n) => n > MESSAGES - 1150 && n < MESSAGES - 250)
  assert.equal(between.length, 899)
  await close()
})

test(
  name('the keys go back to the beginning, a page at a time, and never lose their way'),
  async () => {
    const { page, close } = await enterPast(stage, 'typist', PAST)
    await page.locator('.timeline').focus()
    for (let presses = 0; ; presses++) {
      assert.ok(presses < 3000, `still at ${(await anchorOn(page)).n}`)
      await page.keyboard.press('PageUp')
      await until(() => page.evaluate("document.activeElement?.matches('[data-message]') === true"))
      const text = await page.evaluate("document.activeElement.textContent ?? ''")
      if (String(text).includes('number 0')) break
    }
    await page.getByText('This is where the room begins.').waitFor()
    await close()
  },
)
