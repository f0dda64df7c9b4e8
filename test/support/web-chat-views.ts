import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { gatherScene, talkOfScene } from '../../scripts/chat-scene.ts'
import { textOf, type TextKey } from '../../src/web/chat/state/texts.ts'
import { openWebChatStage, say, type WebChatStage } from './web-chat-stage.ts'
import { until } from './web-monitor-plays.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** https://www.w3.org/TR/WCAG22/, as far as a program can tell. */
const RULES = {
  light: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  /** A theme changes nothing but colours. */
  dark: ['color-contrast', 'link-in-text-block'],
} as const

interface Look {
  readonly theme: 'light' | 'dark'
  readonly language: 'en' | 'ko'
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

const DEVICES = {
  desktop: { viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const

/** Walks through all views of the chat on such a device and in this language, in each of the themes. */
export function walkViews(
  what: keyof typeof DEVICES,
  language: Look['language'],
  themes: readonly Look['theme'][],
): void {
  for (const theme of themes) {
    const look = { theme, language }
    const nick = language === 'ko' ? '소라' : 'sora'
    test(`WEB CHAT - no view breaks a rule of accessibility: on a ${what}, ${theme}, ${language}`, async () => {
      await using stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
      const { page, wrong, whileAway } = await stage.visit({ ...DEVICES[what], colorScheme: theme })
      const walk = new Walk(page, look, DEVICES[what])
      await walk.wayIn(nick)
      await talk(stage, nick)
      await page.locator('.code-block').waitFor()
      await walk.room()
      await walk.panels()
      await walk.dialogs()
      await walk.message()
      await walk.leftAlone(nick)
      await whileAway(async () => {
        await stage.stop()
        await walk.offline()
      })
      assert.deepEqual(wrong, [])
    })
  }
}

async function talk(stage: WebChatStage, nick: string): Promise<void> {
  const cast = await gatherScene(stage)
  await talkOfScene(cast, nick)
  cast.june.send('@+typing=active TAGMSG #lobby')
  await cast.june.settled()
}

class Walk {
  readonly #page: Page
  readonly #look: Look
  readonly #isMobile: boolean

  constructor(page: Page, look: Look, { isMobile }: { readonly isMobile: boolean }) {
    this.#page = page
    this.#look = look
    this.#isMobile = isMobile
  }

  #t(key: TextKey): string {
    return textOf(this.#look.language, key)
  }

  /** Nothing is wrong in what is seen now. */
  async #clean(view: string): Promise<void> {
    const isThere = await this.#page.evaluate<boolean>(`'axe' in window`)
    if (!isThere) await this.#page.evaluate(AXE)
    const violations = await this.#page.evaluate<readonly Violation[]>(
      `Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))
        .then(() => axe.run(document, { runOnly: ${JSON.stringify(RULES[this.#look.theme])}, resultTypes: ['violations'] }))
        .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`,
    )
    const told = violations.map(
      ({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
    )
    assert.deepEqual(told, [], view)
    const isTooWide = 'document.documentElement.scrollWidth > innerWidth'
    assert.equal(await this.#page.evaluate(isTooWide), false, `${view} scrolls sideways`)
  }

  async wayIn(nick: string): Promise<void> {
    const page = this.#page
    const { theme, language } = this.#look
    await page.evaluate(
      `localStorage.setItem('maru.theme', '${theme}'); localStorage.setItem('maru.language', '${language}')`,
    )
    await page.goto(`${new URL(page.url()).origin}/invite/abcdefghijklmnopqrstuvwxyz`)
    await page.getByLabel(this.#t('password')).waitFor()
    await this.#clean('an invitation')
    await page.goto(new URL(page.url()).origin)
    await page.getByLabel(this.#t('yourName')).waitFor()
    await this.#clean('the way in')
    for (const way of ['logIn', 'signUp', 'guest'] as const) {
      await page
        .getByRole('button', { name: this.#t(way), exact: true })
        .first()
        .click()
      await this.#clean(way)
    }
    await page.getByLabel(this.#t('yourName')).fill('NickServ')
    await page.getByRole('button', { name: this.#t('comeIn') }).click()
    await page.getByRole('alert').waitFor()
    await this.#clean('a name that can not be had')
    await page.getByLabel(this.#t('yourName')).fill(nick)
    await page.getByRole('button', { name: this.#t('comeIn') }).click()
    await page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
    await this.#clean('an empty room')
  }

  async room(): Promise<void> {
    const page = this.#page
    // Who came first leads it.
    await this.#say('/ban *!*@192.0.2.7')
    await this.#clean('a room')
    const toList = page.getByRole('button', { name: this.#t('conversations') })
    if (!(await toList.isVisible())) return
    await toList.click()
    await this.#clean('the list')
    await page.keyboard.press('Escape')
  }

  async panels(): Promise<void> {
    const page = this.#page
    await this.#keys('Control+Shift+M', 'the mentions')
    await page.keyboard.press('Escape')
    await this.#keys('Control+Shift+F', 'the search')
    await page.getByRole('searchbox').fill('zzzz')
    await page.keyboard.press('Enter')
    await page.getByText(this.#t('nothingFound'), { exact: true }).waitFor()
    await page.getByText(this.#t('filters'), { exact: true }).click()
    await this.#clean('a search that found nothing')
    await page.keyboard.press('Escape')
    await this.#say('/ns help')
    await page.locator('.toast-action').click()
    await this.#clean('what the server says')
    await page.keyboard.press('Escape')
    const members = page.getByRole('complementary', { name: this.#t('members') })
    if ((await members.count()) === 0) await page.keyboard.press('Control+Shift+U')
    await members.waitFor()
    await this.#clean('the members')
    await page.keyboard.press('Control+Shift+U')
  }

  async dialogs(): Promise<void> {
    const page = this.#page
    for (const [combination, view] of [
      ['Control+k', 'the switcher'],
      ['Control+Shift+L', 'the list of rooms'],
      ['Control+/', 'the keys'],
      ['Control+,', 'the settings'],
    ] as const) {
      await this.#keys(combination, view)
      await page.keyboard.press('Escape')
    }
    await page.keyboard.press('Control+Shift+L')
    await page.getByRole('button', { name: this.#t('createRoom') }).click()
    await this.#clean('a new room')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: this.#t('roomSettings') }).click()
    await page.locator('.bans code').waitFor()
    await this.#clean('about a room')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: this.#t('invite') })
      .click()
    await this.#clean('an invitation to a room')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: this.#t('roomSettings') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: this.#t('leave') })
      .click()
    await this.#clean('leaving a room')
    await page.keyboard.press('Escape')
    await page.evaluate(`document.querySelector('.own-card').click()`)
    await page.getByText(this.#t('keepYourName')).click()
    await this.#clean('about oneself')
    await page.keyboard.press('Escape')
  }

  async message(): Promise<void> {
    const page = this.#page
    await page.locator('.author').last().click()
    await page.locator('.facts dt').first().waitFor()
    await this.#clean('a profile')
    await page.getByRole('button', { name: this.#t('ban'), exact: true }).click()
    await this.#clean('a ban')
    await page.keyboard.press('Escape')
    await this.#tool('react')
    await this.#clean('the emoji')
    await page.keyboard.press('Escape')
    await this.#tool('more')
    await this.#clean('the menu of a message')
    await page.getByRole('menuitem', { name: this.#t('redact') }).click()
    await this.#clean('deleting a message')
    await page.keyboard.press('Escape')
    await this.#tool('reply')
    await this.#clean('a reply')
    await page.locator('[data-composer]').press('Escape')
    await page.locator('[data-composer]').pressSequentially('/k')
    await page.getByRole('listbox').waitFor()
    await this.#clean('suggestions')
    await this.#say('line\n'.repeat(130))
    await page.getByRole('dialog').waitFor()
    await this.#clean('a long text')
    await page.keyboard.press('Escape')
    await page.locator('[data-composer]').fill('')
  }

  /** Alone with somebody, elsewhere, and put out. */
  async leftAlone(nick: string): Promise<void> {
    const page = this.#page
    await page.evaluate(`location.hash = '#/' + encodeURIComponent('하늘')`)
    await page.getByRole('heading', { level: 1, name: '하늘' }).waitFor()
    await this.#clean('two who talk alone')
    await page.evaluate(`location.hash = '#/%23nowhere'`)
    await page.getByText(this.#t('notInRoom')).waitFor()
    await this.#clean('a room that one is not in')
    await page.evaluate(`location.hash = '#/%23lobby'`)
    await page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
    await this.#say(`/kick ${nick} for a while`)
    await page.getByRole('button', { name: this.#t('joinAgain') }).waitFor()
    await this.#clean('put out')
    await page.getByRole('button', { name: this.#t('joinAgain') }).click()
    await page.locator('[data-composer]').waitFor()
  }

  async offline(): Promise<void> {
    const page = this.#page
    await page.getByRole('button', { name: this.#t('tryNow') }).waitFor()
    await this.#say('later')
    await page.getByText(this.#t('lifeQueued'), { exact: true }).waitFor()
    await this.#clean('offline')
  }

  /** Where Enter makes a new line, the button sends. */
  async #say(text: string): Promise<void> {
    if (!this.#isMobile) return say(this.#page, text)
    await this.#page.locator('[data-composer]').fill(text)
    return this.#page.locator('.send').click()
  }

  async #tool(name: TextKey): Promise<void> {
    const message = this.#page.locator('[data-message]').last()
    const tool = message.getByRole('button', { name: this.#t(name), exact: true }).last()
    await until(async () => {
      await message.focus()
      return tool.isVisible()
    })
    await tool.click()
  }

  async #keys(combination: string, view: string): Promise<void> {
    await this.#page.keyboard.press(combination)
    await this.#page.locator('dialog[open], .panel').first().waitFor()
    await this.#clean(view)
  }
}
