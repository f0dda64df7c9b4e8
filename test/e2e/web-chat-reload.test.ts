import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openWebChatStage, type WebChatStage } from '../support/web-chat-stage.ts'
import {
  assertAllShown,
  assertHonest,
  keptIn,
  shownOn,
  TALL,
  textsOn,
  watch,
} from '../support/web-chat-watch.ts'
import { until } from '../support/web-monitor-plays.ts'

const name = (fact: string): string => `WEB CHAT RELOAD - ${fact}`

let stage: WebChatStage
before(async () => {
  stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
})
after(() => stage[Symbol.asyncDispose]())

/** Says something, and what follows happens before anything else can. */
async function sayAnd(page: Page, text: string, then: string): Promise<void> {
  await page.locator('[data-composer]').fill(text)
  await page.evaluate(`(() => {
    const enter = { key: 'Enter', bubbles: true, cancelable: true }
    document.querySelector('[data-composer]').dispatchEvent(new KeyboardEvent('keydown', enter))
    ${then}
  })()`)
}

async function sayAndReload(page: Page, text: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), sayAnd(page, text, 'location.reload()')])
  await page.locator('[data-composer]').waitFor()
}

test(
  name('what was said in the moment in which the page is loaded again is said once'),
  async () => {
    const { page, wrong, close } = await stage.enter('mina', TALL)
    using reader = await stage.connect('reader', '#lobby')
    const texts = Array.from({ length: 8 }, (_, n) => `mina ${n}`)
    for (const text of texts) await sayAndReload(page, text)
    await until(async () => (await keptIn(reader, '#lobby')).length === texts.length)
    assert.deepEqual(await keptIn(reader, '#lobby'), texts)
    await assertAllShown(page, reader, '#lobby')
    assert.deepEqual(wrong, [])
    await close()
  },
)

test(
  name('a tab that is closed while it sends is opened again: nothing is lost or twice'),
  async () => {
    // Somebody stays in the room, which else would end.
    using reader = await stage.connect('reader2', '#lobby')
    const june = await stage.enter('june', TALL)
    const context = june.page.context()
    const texts = Array.from({ length: 4 }, (_, n) => `june ${n}`)
    let { page } = june
    for (const text of texts) {
      await sayAnd(page, text, '')
      await page.close({ runBeforeUnload: true })
      page = await context.newPage()
      await page.goto(stage.url)
      await page.locator('[data-composer]').waitFor()
    }
    const ofJune = async (): Promise<string[]> =>
      (await keptIn(reader, '#lobby')).filter((text) => text.startsWith('june'))
    await until(async () => (await ofJune()).length === texts.length)
    assert.deepEqual(await ofJune(), texts)
    await assertAllShown(page, reader, '#lobby')
    await context.close()
  },
)

test(
  name('a page that the browser froze through a flood shows its end when it goes on'),
  async () => {
    const nari = await stage.enter('nari', TALL)
    const talker = await stage.connect('talker', '#lobby')
    await watch(nari.page)
    const session = await nari.page.context().newCDPSession(nari.page)
    await session.send('Page.setWebLifecycleState', { state: 'frozen' })
    for (let n = 0; n < 4000; n += 100) {
      talker.send(...Array.from({ length: 100 }, (_, i) => `PRIVMSG #lobby :flood ${n + i}`))
      await talker.settled()
    }
    await session.send('Page.setWebLifecycleState', { state: 'active' })
    await nari.page.getByText('flood 3999', { exact: true }).waitFor()
    const shown = (await textsOn(nari.page)).filter((text) => text.startsWith('flood'))
    const from = 4000 - shown.length
    assert.deepEqual(
      shown,
      Array.from({ length: shown.length }, (_, i) => `flood ${from + i}`),
    )
    await nari.say('good morning')
    await talker.until(/ PRIVMSG #lobby :good morning$/)
    await until(async () => (await shownOn(nari.page)).at(-1)?.life === 'said')
    await assertHonest(nari.page)
    assert.deepEqual(nari.wrong, [])
    await nari.close()
  },
)

test(
  name('what somebody did in the moment in which the page is loaded again is told once, too'),
  async () => {
    const { page, wrong, close } = await stage.enter('bora', TALL)
    using reader = await stage.connect('reader3', '#lobby')
    const deeds = Array.from({ length: 4 }, (_, n) => `waves ${n}`)
    for (const deed of deeds) await sayAndReload(page, `/me ${deed}`)
    const told = deeds.map((deed) => `\u0001ACTION ${deed}\u0001`)
    const ofBora = async (): Promise<string[]> =>
      (await keptIn(reader, '#lobby')).filter((text) => text.includes('waves'))
    await until(async () => (await ofBora()).length === deeds.length)
    assert.deepEqual(await ofBora(), told)
    await until(
      async () =>
        (await page.locator('.life-said').filter({ hasText: 'waves' }).count()) === deeds.length,
    )
    assert.deepEqual(wrong, [])
    await close()
  },
)
