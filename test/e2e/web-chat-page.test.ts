import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { openWebChatStage, say, type WebChatStage } from '../support/web-chat-stage.ts'
import { until } from '../support/web-monitor-plays.ts'

const PAGE = join(import.meta.dirname, '../../dist/web/chat')
const MARU = join(import.meta.dirname, '../../src/bin/maru.ts')
const MAX_SCRIPT_BYTES = 180 * 1024
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let stage: WebChatStage
before(async () => {
  stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
})
after(() => stage[Symbol.asyncDispose]())

test('WEB CHAT - all scripts have at most 180 KiB as they are sent', () => {
  const scripts = readdirSync(PAGE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => gzipSync(readFileSync(join(PAGE, file)), { level: 9 }).length)
  const bytes = scripts.reduce((sum, length) => sum + length, 0)
  assert.ok(scripts.length >= 3 && bytes <= MAX_SCRIPT_BYTES, `${bytes} bytes`)
})

test('WEB CHAT - the link of an invitation leads to an account, and into the room that it is for', async () => {
  const owner = await stage.connect('owner', '#atelier')
  owner.send('MODE #atelier +i')
  await owner.settled()
  const args = ['invite', '--config', 'maru.toml', '--room', '#atelier']
  const made = spawnSync(process.execPath, [MARU, ...args], {
    cwd: stage.server.folder,
    encoding: 'utf8',
  })
  const code = made.stdout.trim()
  assert.match(code, /^[a-z2-7]{26}$/, made.stderr)
  const { page, wrong, close } = await stage.visit()
  await page.goto(`${stage.url}invite/${code}`)
  await page.getByRole('heading', { name: 'You are invited' }).waitFor()
  await page.getByLabel('Your name').fill('yuna')
  await page.getByLabel('Password').fill('a-good-long-password')
  await page.getByRole('button', { name: 'Make account' }).click()
  await page.getByText('invites you to #atelier').waitFor()
  await page.getByRole('status').getByRole('button', { name: 'Join' }).click()
  await page.getByRole('heading', { level: 1, name: '#atelier' }).waitFor()
  await page.locator('[data-composer]').waitFor()
  assert.ok(!page.url().includes(code), page.url())
  assert.deepEqual(wrong, [])
  await close()
})

test('WEB CHAT - two pages of one browser share one connection', async () => {
  const { page, wrong, close } = await stage.enter('sharer')
  const other = await page.context().newPage()
  await other.goto(stage.url)
  await other.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
  await say(other, 'from the second page')
  await page.locator('.content').filter({ hasText: 'from the second page' }).waitFor()
  await other.close()
  await say(page, 'the first goes on')
  await page.locator('.content').filter({ hasText: 'the first goes on' }).waitFor()
  assert.equal(await page.locator('.life').filter({ hasText: 'Waits' }).count(), 0)
  assert.deepEqual(wrong, [])
  await close()
})

test('WEB CHAT - one scrolls back through all that was said, and nothing jumps', async () => {
  const talker = await stage.connect('talker', '#long')
  for (let n = 0; n < 1200; n += 100) {
    talker.send(...Array.from({ length: 100 }, (_, i) => `PRIVMSG #long :message ${n + i}`))
    await talker.settled()
  }
  const { page, wrong, close } = await stage.enter('reader')
  await say(page, '/join #long')
  await page.getByText('message 1199', { exact: true }).waitFor()
  // As they come, rows are drawn before it is known how high they are.
  await until(async () => (await page.locator('[data-message]').count()) < 100)
  await page.locator('.timeline').hover()
  const begin = page.getByText('This is where the room begins.')
  const seen: number[] = []
  await until(async () => {
    const shown = await topMessage(page)
    // Between a turn of the wheel and what is drawn for it, nothing is.
    if (!Number.isNaN(shown)) seen.push(shown)
    await page.mouse.wheel(0, -2500)
    await page.waitForTimeout(30)
    // Until it is in view: what is drawn ahead of that may be let go again when the wheel stands still.
    return page.evaluate(
      `document.querySelector('.timeline').scrollTop === 0 && document.querySelector('.row-begin') !== null`,
    )
  })
  // Backwards, and never again forwards; a row may be measured a little late.
  const jumps = seen.filter((shown, index) => shown > (seen[index - 1] ?? 1200) + 1)
  assert.deepEqual(jumps, [], seen.join(' '))
  await begin.waitFor()
  const place = await topMessage(page)
  talker.send('PRIVMSG #long :said while reading')
  await page.getByRole('button', { name: '1 new' }).waitFor()
  assert.equal(await topMessage(page), place)
  await page.getByRole('button', { name: '1 new' }).click()
  await page.getByText('said while reading', { exact: true }).waitFor()
  assert.deepEqual(wrong, [])
  await close()
})

/** The number of the first message in view; none: no number. */
function topMessage(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    const top = document.querySelector('.timeline').getBoundingClientRect().top
    const seen = [...document.querySelectorAll('.timeline [data-message]')].filter((one) => one.getBoundingClientRect().bottom > top + 1)
    return Number(/message (\\d+)/.exec(seen[0]?.textContent ?? '')?.[1] ?? NaN)
  })()`)
}

test('WEB CHAT - it can be installed, and starts without the server, which it says', async () => {
  const { page, whileAway, close } = await stage.enter('offline')
  const manifest = await page.request.get(`${stage.url}manifest.webmanifest`)
  const { icons, display } = (await manifest.json()) as { icons: unknown[]; display: string }
  assert.deepEqual([icons.length, display], [3, 'standalone'])
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  await page.waitForFunction('navigator.serviceWorker.controller !== null')
  await whileAway(async () => {
    await stage.stop()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
    await page
      .getByText(/The server does not answer|Connecting|Reconnecting/)
      .first()
      .waitFor()
    await say(page, 'written before the server came')
    await page.getByText('Waits for the connection').waitFor()
    await stage.start()
    await page.getByText('Waits for the connection').waitFor({ state: 'detached' })
  })
  await close()
})

test('WEB CHAT - on a phone the list is a drawer, and Enter makes a new line', async () => {
  const { page, wrong, close } = await stage.enter('phone', PHONE)
  await page.getByRole('button', { name: 'Conversations' }).tap()
  await page.getByRole('link', { name: /lobby/ }).tap()
  const field = page.locator('[data-composer]')
  await field.tap()
  await field.pressSequentially('one')
  await field.press('Enter')
  await field.pressSequentially('two')
  assert.equal(await field.inputValue(), 'one\ntwo')
  await page.getByRole('button', { name: 'Send' }).tap()
  const message = page.locator('[data-message]').filter({ hasText: 'two' })
  await message.waitFor()
  await message.locator('.content').tap()
  await message.getByRole('button', { name: 'React' }).tap()
  await page.getByRole('button', { name: 'thumbsup' }).first().tap()
  await message.locator('.reaction').filter({ hasText: '👍' }).waitFor()
  await page.getByRole('button', { name: 'Members' }).first().tap()
  await page
    .getByRole('complementary', { name: 'Members' })
    .getByRole('button', { name: 'Close' })
    .tap()
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
  assert.deepEqual(wrong, [])
  await close()
})

test('WEB CHAT - the theme, the language and the density are chosen, and last', async () => {
  const { page, wrong, close } = await stage.enter('chooser')
  await page.keyboard.press('Control+,')
  await page.getByLabel('Theme').selectOption('dark')
  await page.getByLabel('Density').selectOption('compact')
  await page.getByLabel('Language').selectOption('ko')
  await page.getByRole('heading', { name: '설정' }).waitFor()
  await page.reload()
  await page.getByRole('navigation', { name: '대화 목록' }).waitFor()
  const { dataset, lang } = await page.evaluate<{ dataset: object; lang: string }>(
    '({ dataset: { ...document.documentElement.dataset }, lang: document.documentElement.lang })',
  )
  assert.deepEqual([dataset, lang], [{ density: 'compact', theme: 'dark' }, 'ko'])
  assert.deepEqual(wrong, [])
  await close()
})
