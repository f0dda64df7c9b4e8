import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openWebChatStage, say, type WebChatStage } from '../support/web-chat-stage.ts'
import type { WatchedPage } from '../support/web-monitor-browser.ts'

const PASSWORD = 'a good long password'

let stage: WebChatStage
let first: WatchedPage
before(async () => {
  stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
  first = await stage.visit()
})
after(() => stage[Symbol.asyncDispose]())

test('WEB CHAT - an account is made, and is logged in to by reloads without its password being kept', async () => {
  const { page, wrong } = first
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByLabel('Your name').fill('dahye')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Make account' }).click()
  await lobby(page)
  assert.ok(!(await keptBy(page)).includes(PASSWORD))
  await page.reload()
  await lobby(page)
  await page.getByRole('button', { name: /^You:/ }).click()
  await page.getByText('Logged in as').waitFor()
  await page.getByText('This browser stays logged in').waitFor()
  await page.keyboard.press('Escape')
  assert.deepEqual(wrong, [])
})

test('WEB CHAT - a wrong password is refused, and the right one joins the other device', async () => {
  const second = await stage.visit()
  await logIn(second.page, 'another')
  await second.page.getByRole('alert').getByText('is wrong').waitFor()
  await second.page.getByLabel('Password').fill(PASSWORD)
  await second.page.locator('form').getByRole('button', { name: 'Log in' }).click()
  await lobby(second.page)
  await say(second.page, 'from the other device')
  await first.page.locator('.content').filter({ hasText: 'from the other device' }).waitFor()
  assert.deepEqual([...first.wrong, ...second.wrong], [])
  await second.close()
})

test('WEB CHAT - who does not stay logged in leaves nothing behind that logs anybody in', async () => {
  const { page, wrong, close } = await stage.visit()
  await page.getByRole('button', { name: 'Log in' }).first().click()
  await page.getByLabel('Stay logged in').uncheck()
  await logIn(page, PASSWORD)
  await lobby(page)
  assert.doesNotMatch(await keptBy(page), /maru-[a-z2-7]{26}|a good long password/)
  await page.reload()
  await page.getByLabel('Password').waitFor()
  assert.equal(await page.getByLabel('Account').inputValue(), 'dahye')
  assert.deepEqual(wrong, [])
  await close()
})

test('WEB CHAT - a browser whose password was taken back elsewhere is asked to log in', async () => {
  const { page, wrong, close } = await stage.visit()
  await logIn(page, PASSWORD)
  await lobby(page)
  const label = await page.evaluate<string>(
    `JSON.parse(localStorage.getItem('maru.identity')).device.label`,
  )
  await say(first.page, `/ns APPPASSWORD DEL ${label}`)
  await first.page.getByText(label).first().waitFor()
  await page.reload()
  await page.getByRole('alert').getByText('not logged in any more').waitFor()
  await page.getByLabel('Password').fill(PASSWORD)
  await page.locator('form').getByRole('button', { name: 'Log in' }).click()
  await lobby(page)
  assert.deepEqual(wrong, [])
  await close()
})

test('WEB CHAT - who logs out takes back what logged this browser in', async () => {
  const { page, wrong } = first
  const secret = /maru-[a-z2-7]{26}/.exec(await keptBy(page))?.[0] ?? ''
  assert.notEqual(secret, '')
  await page.getByRole('button', { name: /^You:/ }).click()
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByLabel('Your name').waitFor()
  assert.doesNotMatch(await keptBy(page), /maru-[a-z2-7]{26}/)
  const other = await stage.visit()
  await logIn(other.page, secret)
  await other.page.getByRole('alert').getByText('is wrong').waitFor()
  assert.deepEqual(wrong, [])
  await other.close()
})

async function logIn(page: Page, password: string): Promise<void> {
  await page.getByRole('button', { name: 'Log in' }).first().click()
  await page.getByLabel('Account').fill('dahye')
  await page.getByLabel('Password').fill(password)
  await page.locator('form').getByRole('button', { name: 'Log in' }).click()
}

async function lobby(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
}

function keptBy(page: Page): Promise<string> {
  return page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')
}
