import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { launchChromium, openWatchedPage, type WatchedPage } from './web-monitor-browser.ts'
import type { WebMonitorStage } from './web-monitor-stage.ts'
import { PATIENCE_MS } from './patience.ts'

export const OPERATOR: { readonly name: string; readonly password: string } = {
  name: 'minji',
  password: 'correct horse battery',
}

/** What an operator does with the page of the monitor, told as a story, before whatever server there is. */
export function playWebMonitor(what: string, open: () => Promise<WebMonitorStage>): void {
  let browser: Browser
  let stage: WebMonitorStage
  let watched: WatchedPage
  let page: Page
  before(async () => {
    browser = await launchChromium()
    stage = await open()
    watched = await openWatchedPage(browser)
    page = watched.page
  })
  after(async () => {
    await browser.close()
    await stage[Symbol.asyncDispose]()
  })
  const name = (fact: string): string => `WEB MONITOR (${what}) - ${fact}`

  test(
    name('the link of the first start makes an operator, and its code is in no address'),
    async () => {
      await page.goto(`${stage.url}#first=${stage.firstCode}`)
      await page.getByRole('heading', { name: 'Make the first operator' }).waitFor()
      assert.ok(!page.url().includes('first'), page.url())
      await page.getByLabel('Name').fill(OPERATOR.name)
      await page.getByLabel('Password', { exact: true }).fill(OPERATOR.password)
      await page.getByLabel('Password again').fill('something else')
      await page.getByRole('button', { name: 'Make operator and sign in' }).click()
      await page.getByText('The two passwords differ.').waitFor()
      await page.getByLabel('Password again').fill(OPERATOR.password)
      await page.getByRole('button', { name: 'Make operator and sign in' }).click()
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
      // A feed that is being opened while its session ends makes the browser grumble.
      await page.getByRole('status').getByText('Live').waitFor()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByText('You are signed out.').waitFor()
    },
  )

  test(name('signing in needs the password, and lasts over a reload'), async () => {
    await page.getByLabel('Name').fill(OPERATOR.name)
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('The name or the password is wrong.').waitFor()
    await signIn(page)
    await page.reload()
    await page.getByRole('status').getByText('Live').waitFor()
  })

  test(name('the counts and the log follow people who come and go'), async () => {
    await page.getByRole('link', { name: 'Overview' }).click()
    for (const nick of ['anna', 'bob', 'chris']) await stage.come({ nick, rooms: ['#room'] })
    await hasText(page.locator('[data-figure=people]'), '3')
    await hasText(page.locator('[data-figure=rooms]'), '1')
    const coming = page.locator('[data-event=registered]')
    await coming.filter({ hasText: 'anna' }).first().waitFor()
    await stage.go('chris', 'Quit: so long')
    await hasText(page.locator('[data-figure=people]'), '2')
    const gone = page.locator('[data-event=disconnected]').filter({ hasText: 'chris' })
    await gone.getByText('so long').waitFor()
    await gone.getByText('stayed').waitFor()
  })

  test(name('the keys go to the views and to the filter, which the server applies'), async () => {
    await page.keyboard.press('2')
    await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor()
    await page.getByRole('row').filter({ hasText: 'bob' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('ANNA #room')
    await page.getByText('1 of 2').waitFor()
    await page.getByRole('row').filter({ hasText: 'bob' }).waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await page.getByRole('row').filter({ hasText: 'bob' }).waitFor()
  })

  test(name('a kick asks once and takes one out of one room'), async () => {
    await openRow(page, 'bob')
    await page.getByRole('button', { name: 'Kick from a room' }).click()
    const dialog = page.getByRole('dialog', { name: 'Kick bob from a room' })
    await dialog.getByLabel('Reason').fill('Enough')
    await dialog.getByRole('button', { name: 'Kick', exact: true }).click()
    await page.getByText('Done: Kick').waitFor()
    await until(() => !stage.members('#room').includes('bob'))
    assert.deepEqual(stage.members('#room'), ['anna'])
    assert.ok(stage.nicks().includes('bob'))
    await page.keyboard.press('Escape')
    await page.keyboard.press('4')
    const kicked = page.locator('[data-event=left]').filter({ hasText: 'Enough' })
    await kicked.getByText('minji').waitFor()
  })

  test(name('a ban disconnects, stands in the list, and can be undone'), async () => {
    await page.keyboard.press('2')
    await openRow(page, 'bob')
    await page.getByRole('button', { name: 'Ban', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Ban bob' })
    await dialog.getByLabel('What to ban').selectOption('dline')
    await dialog.getByLabel('For how long').selectOption({ label: '1 day' })
    await dialog.getByLabel('Reason').fill('Spam')
    await confirmed(dialog, 'Ban')
    await until(() => !stage.nicks().includes('bob'))
    await page.getByText('This connection has ended.').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('5')
    const ban = page.getByRole('row').filter({ hasText: 'Spam' })
    await ban.getByText('minji').waitFor()
    await ban.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Undo the ban' }).click()
    await page.getByText('No bans').waitFor()
  })

  test(name('the log level that was set is on its button at once'), async () => {
    await page.keyboard.press('1')
    await page.getByRole('button', { name: 'Log level: info' }).click()
    const dialog = page.getByRole('dialog', { name: 'Log level' })
    await dialog.getByLabel('Log level').selectOption('warn')
    await dialog.getByRole('button', { name: 'Set', exact: true }).click()
    await page.getByRole('button', { name: 'Log level: warn' }).waitFor()
  })

  test(name('what was done is in the audit, with who and why'), async () => {
    await page.keyboard.press('7')
    const audit = page.getByRole('region', { name: 'Audit' })
    for (const [action, why] of [
      ['kick', 'Enough'],
      ['ban', 'Spam'],
      ['unban', ''],
    ] as const) {
      const row = audit.getByRole('row').filter({ has: page.getByText(action, { exact: true }) })
      const text = await row.filter({ hasText: why }).first().textContent()
      assert.match(text ?? '', /minji.*done/)
    }
  })

  test(
    name('while the server is away the page says so and looks it, and comes back by itself'),
    async () => {
      await page.keyboard.press('1')
      await page.getByRole('status').getByText('Live').waitFor()
      const people = page.locator('[data-figure=people]')
      const shown = await people.textContent()
      await watched.whileAway(async () => {
        await stage.stop()
        await page.getByText('The server has not answered for').waitFor()
        await page.getByRole('status').getByText('Server away').waitFor()
        await page.getByText(/as of .* ago/).waitFor()
        assert.equal(await people.textContent(), shown)
        const opacity = 'getComputedStyle(document.querySelector(".tiles")).opacity'
        // It fades.
        await until(async () => Number(await page.evaluate(opacity)) < 1)
        await stage.start()
        await page.getByRole('status').getByText('Live').waitFor()
      })
      await hasText(people, '0')
      await stage.come({ nick: 'dora' })
      await hasText(people, '1')
      await page.keyboard.press('4')
      await page.getByText('The server started anew').waitFor()
      await page.locator('[data-event=registered]').filter({ hasText: 'dora' }).waitFor()
    },
  )

  test(name('nothing went wrong in the browser, and its policy had nothing to forbid'), () => {
    assert.deepEqual(watched.wrong, [])
  })
}

export async function signIn(page: Page, { name, password } = OPERATOR): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('status').getByText('Live').waitFor()
}

/** Opens what there is to know about somebody. */
export async function openRow(page: Page, nick: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: nick }).click()
  await page.getByRole('dialog', { name: nick }).waitFor()
}

/** Says yes; where it hits more than half of those who are here, twice. */
async function confirmed(dialog: Locator, button: string): Promise<void> {
  const force = dialog.getByRole('checkbox')
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await dialog.waitFor({ state: 'detached', timeout: 2000 }).catch(async () => {
    await force.check()
    await dialog.getByRole('button', { name: button, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  })
}

export async function hasText(locator: Locator, text: string): Promise<void> {
  await locator.and(locator.page().getByText(text, { exact: true })).waitFor()
}

/** Waits until something is so that no element shows. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!(await isSo())) {
    assert.ok(performance.now() < deadline, String(isSo))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
