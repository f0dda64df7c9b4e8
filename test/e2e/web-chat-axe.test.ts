import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { gatherScene, talkOfScene } from '../../scripts/chat-scene.ts'
import { openWebChatStage, type WebChatStage } from '../support/web-chat-stage.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const THEMES = ['light', 'dark'] as const
const PHONE = { width: 390, height: 844 }

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

let stage: WebChatStage
let page: Page
before(async () => {
  stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
  const cast = await gatherScene(stage)
  const visit = await stage.visit()
  page = visit.page
  await page.getByLabel('Your name').waitFor()
  await clean('the way in')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await clean('signing up')
  await page.getByRole('button', { name: 'Guest' }).click()
  await page.getByLabel('Your name').fill('sora')
  await page.getByRole('button', { name: 'Come in' }).click()
  await page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
  await talkOfScene(cast, 'sora')
  cast.minji.send('MODE #lobby +o sora')
  await cast.minji.settled()
  await page.locator('.code-block').waitFor()
})
after(() => stage[Symbol.asyncDispose]())

/** https://www.w3.org/TR/WCAG22/, as far as a program can tell. */
async function clean(view: string): Promise<void> {
  await page.evaluate(AXE)
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`,
  )
  const told = violations.map(
    ({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
  )
  assert.deepEqual(told, [], view)
}

for (const theme of THEMES) {
  test(`WEB CHAT - no view breaks a rule of accessibility, ${theme}`, async () => {
    await page.keyboard.press('Control+,')
    await page.getByLabel('Theme').selectOption(theme)
    await page.keyboard.press('Escape')
    const color = (selector: string): string =>
      `getComputedStyle(document.querySelector('${selector}')).color`
    await page.waitForFunction(`${color('.code-text')} === ${color('body')}`)
    await clean('a room with its members')
    await keys('Control+Shift+F', 'the search')
    await keys('Control+Shift+M', 'the mentions')
    for (const [combination, view] of [
      ['Control+k', 'the switcher'],
      ['Control+Shift+L', 'the list of rooms'],
      ['Control+/', 'the keys'],
      ['Control+,', 'the settings'],
    ] as const) {
      await keys(combination, view)
      await page.keyboard.press('Escape')
    }
    for (const name of ['About this room', /^You:/]) {
      await page.getByRole('button', { name }).click()
      await clean(String(name))
      await page.keyboard.press('Escape')
    }
    await page.locator('.author').first().click()
    await clean('a profile')
    await page.getByRole('button', { name: 'Ban', exact: true }).click()
    await clean('a ban')
    await page.keyboard.press('Escape')
    await page.locator('[data-message]').last().hover()
    await page.getByRole('button', { name: 'React' }).last().click()
    await clean('the emoji')
    await page.keyboard.press('Escape')
    await page.locator('[data-composer]').fill('/')
    await page.locator('[data-composer]').press('k')
    await clean('suggestions')
    await page.locator('[data-composer]').fill('')
    await keys('Control+Shift+U', 'the members')
  })
}

test('WEB CHAT - nor does it on a phone', async () => {
  await page.setViewportSize(PHONE)
  await page.getByRole('complementary').getByRole('button', { name: 'Close' }).click()
  await clean('a room')
  await page.getByRole('button', { name: 'Conversations' }).click()
  await clean('the list')
})

async function keys(combination: string, view: string): Promise<void> {
  await page.keyboard.press(combination)
  await page.waitForTimeout(250)
  await clean(view)
}
