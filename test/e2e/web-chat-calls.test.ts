import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Client } from '../support/client.ts'
import {
  openWebChatStage,
  say,
  type Visitor,
  type WebChatStage,
} from '../support/web-chat-stage.ts'
import { until } from '../support/web-monitor-plays.ts'

/**
 * The browser of a test always has the focus: whether it has is said here. Each tone is counted, and each
 * notification that is there: the browser itself, asked for them while one comes, takes it for gone and forgets it.
 */
const OBSERVED = `
  window.looksAway = false
  window.tones = 0
  window.shown = []
  const show = ServiceWorkerRegistration.prototype.showNotification
  ServiceWorkerRegistration.prototype.showNotification = async function (title, options) {
    await show.call(this, title, options)
    window.shown.push({ title, body: options.body, data: options.data })
  }
  Object.defineProperty(document, 'hasFocus', { value: () => !window.looksAway })
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...at) {
    window.tones++
    return start.apply(this, at)
  }`

let stage: WebChatStage
let mina: Visitor
let june: Client
before(async () => {
  stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
  mina = await stage.enter('mina')
  const context = mina.page.context()
  await context.grantPermissions(['notifications'], { origin: new URL(stage.url).origin })
  await context.addInitScript(OBSERVED)
  await mina.page.reload()
  await mina.page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
  await mina.page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  june = await stage.connect('june', '#lobby', '#art')
})
after(() => stage[Symbol.asyncDispose]())

const name = (fact: string): string => `WEB CHAT - ${fact}`

interface Shown {
  readonly title: string
  readonly body: string
  readonly data: string
}

function notifications(page: Page): Promise<readonly Shown[]> {
  return page.evaluate('window.shown')
}

/** To another window. */
function lookAway(page: Page): Promise<void> {
  return page.evaluate(`window.looksAway = true; dispatchEvent(new Event('blur'))`)
}

async function choose(page: Page, ...labels: readonly string[]): Promise<void> {
  await page.keyboard.press('Control+,')
  for (const label of labels) await page.getByLabel(label).click()
  await page.keyboard.press('Escape')
}

test(name('nobody is notified before they want it'), async () => {
  const { page } = mina
  await lookAway(page)
  june.send('PRIVMSG mina :are you there?')
  await until(async () => (await page.title()).startsWith('(1)'))
  assert.deepEqual(await notifications(page), [])
  assert.equal(await page.evaluate('window.tones'), 0)
})

test(name('who wants it is told of mentions and of what is said to them alone'), async () => {
  const { page } = mina
  await choose(page, 'Notify me', 'Sounds')
  // One hears what one chose.
  const tones = await page.evaluate<number>('window.tones')
  assert.ok(tones > 0)
  june.send('PRIVMSG #lobby :just so', 'PRIVMSG #lobby :mina: the palette is up')
  await until(async () => (await notifications(page)).length === 1)
  const [mention] = await notifications(page)
  assert.deepEqual([mention?.title, mention?.body], ['june · #lobby', 'mina: the palette is up'])
  assert.match(mention?.data ?? '', /^#\/%23lobby\/message\/.+/)
  june.send('PRIVMSG mina :look at this')
  await until(async () => (await notifications(page)).length === 2)
  const direct = (await notifications(page)).find(({ title }) => title === 'june')
  assert.equal(direct?.body, 'look at this')
  assert.equal(await page.evaluate('window.tones'), tones * 3)
})

test(name('what is read as it comes is never shown as unread'), async () => {
  const { page, wrong, close } = await stage.enter('yuna')
  await page.evaluate(OBSERVED)
  await page.evaluate(`
    window.unread = []
    new MutationObserver(() => {
      const count = document.querySelector('[aria-current=page] .count')
      if (count !== null || document.title !== '#lobby · Maru') window.unread.push(document.title)
    }).observe(document, { childList: true, subtree: true, characterData: true })`)
  for (const text of ['one', 'yuna: two', 'three']) {
    june.send(`PRIVMSG #lobby :as it comes, ${text}`)
    await page
      .locator('.content')
      .filter({ hasText: `as it comes, ${text}` })
      .waitFor()
  }
  assert.deepEqual(await page.evaluate('window.unread'), [])
  await lookAway(page)
  june.send('PRIVMSG #lobby :and after that')
  await until(async () => (await page.title()) === '• #lobby · Maru')
  assert.deepEqual(wrong, [])
  await close()
})

test(name('a notification leads to its message'), async () => {
  const { page } = mina
  const [worker] = page.context().serviceWorkers()
  await worker?.evaluate(`registration.getNotifications().then((all) => {
    const notification = all.find(({ title }) => title === 'june')
    dispatchEvent(new NotificationEvent('notificationclick', { notification }))
  })`)
  await page.getByRole('heading', { level: 1, name: 'june' }).waitFor()
  await page.locator('.is-highlit').filter({ hasText: 'look at this' }).waitFor()
  const left = `navigator.serviceWorker.getRegistration()
    .then((registration) => registration.getNotifications())
    .then((all) => all.map(({ title }) => title))`
  assert.deepEqual(await page.evaluate(left), ['june · #lobby'])
})

test(
  name('several pages of a browser call once, and not while one of them is looked at'),
  async () => {
    const { page } = mina
    const other = await page.context().newPage()
    await other.goto(stage.url)
    await other.getByRole('heading', { level: 1 }).waitFor()
    const count = async (): Promise<number> =>
      (await notifications(page)).length + (await notifications(other)).length
    const before = await count()
    // The other one has the focus.
    june.send('PRIVMSG #lobby :mina: one')
    await until(async () => (await other.title()).startsWith('('))
    await say(other, 'seen')
    await other.locator('.content').filter({ hasText: 'seen' }).waitFor()
    assert.equal(await count(), before)
    await lookAway(other)
    june.send('PRIVMSG #lobby :mina: two')
    await until(async () => (await count()) > before)
    const tones = await Promise.all(
      [page, other].map((one) => one.evaluate<number>('window.tones')),
    )
    june.send('PRIVMSG #lobby :mina: three')
    await until(async () => (await count()) === before + 2)
    const later = await Promise.all(
      [page, other].map((one) => one.evaluate<number>('window.tones')),
    )
    const rise = later.map((count, index) => count - (tones[index] ?? 0)).toSorted((a, b) => a - b)
    assert.equal(rise[0], 0, String(rise))
    await other.close()
  },
)

test(
  name('who is not to be disturbed is told by counts alone, and so is who is away'),
  async () => {
    const { page } = mina
    const count = (await notifications(page)).length
    const tones = await page.evaluate('window.tones')
    await page.getByRole('button', { name: 'Do not disturb' }).click()
    june.send('PRIVMSG #lobby :mina: hush')
    await until(async () => /^\([5-9]\)/.test(await page.title()))
    assert.equal((await notifications(page)).length, count)
    assert.equal(await page.evaluate('window.tones'), tones)
    await page.getByRole('button', { name: 'Do not disturb' }).click()
  },
)

test(name('the icon of the tab has the count, and is plain again when all is read'), async () => {
  const { page } = mina
  const icon = (): Promise<string> => page.evaluate(`document.querySelector("link[rel=icon]").href`)
  await until(async () => (await icon()).startsWith('data:image/png'))
  await page.evaluate(`window.looksAway = false; dispatchEvent(new Event('focus'))`)
  await page.getByRole('link', { name: /lobby/ }).click()
  await page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
  await page.getByRole('link', { name: /june/ }).click()
  await until(async () => (await page.title()) === 'june · Maru')
  await until(async () => (await icon()) === `${stage.url}icon.svg`)
})

test(name('the title counts on while the page is not seen, and gets no frames'), async () => {
  const { page } = mina
  await lookAway(page)
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
    window.requestAnimationFrame = () => 0
    document.dispatchEvent(new Event('visibilitychange'))`)
  june.send('PRIVMSG #lobby :mina: while you were gone')
  await until(async () => (await page.title()).startsWith('(1)'))
})

test(name('a room of which one wants to hear nothing does not call'), async () => {
  const { page, wrong } = await stage.enter('nari', { permissions: ['notifications'] })
  await page.evaluate(OBSERVED)
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  await choose(page, 'Notify me')
  await say(page, '/join #art')
  await page.getByRole('heading', { level: 1, name: '#art' }).waitFor()
  await page.getByRole('button', { name: 'About this room' }).click()
  await page.getByRole('button', { name: 'Nothing', exact: true }).click()
  await page.keyboard.press('Escape')
  await lookAway(page)
  june.send('PRIVMSG #art :nari: psst', 'PRIVMSG #lobby :nari: hello')
  // If none comes, the count in the title says whether the page knows of the call.
  await Promise.allSettled([
    until(async () => (await notifications(page)).length > 0),
    until(async () => (await page.title()).startsWith('(')),
  ])
  const shown = {
    titles: (await notifications(page)).map(({ title }) => title),
    tab: await page.title(),
    isSeen: await page.evaluate('document.hasFocus()'),
  }
  assert.deepEqual(shown, { titles: ['june · #lobby'], tab: '(1) #art · Maru', isSeen: false })
  assert.deepEqual(wrong, [])
})

test(name('where the browser forbids notifications, that is said'), async () => {
  const { page, wrong, close } = await stage.enter('dana')
  await page.evaluate(`Object.defineProperty(Notification, 'permission', { get: () => 'denied' })`)
  await page.keyboard.press('Control+,')
  await page.getByText('The browser does not let this page notify.').waitFor()
  assert.ok(await page.getByLabel('Notify me').isDisabled())
  assert.deepEqual([...wrong, ...mina.wrong], [])
  await close()
})
