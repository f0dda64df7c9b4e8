/** The pictures of the page of the chat, of a real server on which people talk. */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Client } from '../test/support/client.ts'
import { openWebChatStage } from '../test/support/web-chat-stage.ts'
import { gatherScene, talkOfScene } from './chat-scene.ts'

interface ChatPicture {
  readonly name: string
  readonly size: 'wide' | 'phone'
  readonly theme: 'light' | 'dark'
  readonly language: 'en' | 'ko'
  readonly view: 'welcome' | 'room' | 'search' | 'list' | 'directory' | 'moderation'
}

const CHAT_PICTURES: readonly ChatPicture[] = [
  { name: 'chat-room', size: 'wide', theme: 'light', language: 'en', view: 'room' },
  { name: 'chat-room-dark-ko', size: 'wide', theme: 'dark', language: 'ko', view: 'room' },
  { name: 'chat-search-ko', size: 'wide', theme: 'light', language: 'ko', view: 'search' },
  { name: 'chat-directory', size: 'wide', theme: 'dark', language: 'en', view: 'directory' },
  { name: 'chat-moderation', size: 'wide', theme: 'light', language: 'en', view: 'moderation' },
  { name: 'chat-welcome-ko', size: 'wide', theme: 'light', language: 'ko', view: 'welcome' },
  { name: 'chat-phone-welcome', size: 'phone', theme: 'dark', language: 'en', view: 'welcome' },
  { name: 'chat-phone', size: 'phone', theme: 'light', language: 'en', view: 'room' },
  { name: 'chat-phone-dark-ko', size: 'phone', theme: 'dark', language: 'ko', view: 'room' },
  { name: 'chat-phone-list-ko', size: 'phone', theme: 'light', language: 'ko', view: 'list' },
]

const SIZES = {
  wide: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, hasTouch: true },
} as const

const NAMES = { en: 'sora', ko: '소라' } as const
/** Until all that comes in has been drawn. */
const SETTLE_MS = 1500

/** Takes those that are wanted. */
export async function takeChatPictures(
  isWanted: (picture: { readonly name: string }) => boolean,
  folder: string,
): Promise<void> {
  for (const picture of CHAT_PICTURES.filter(isWanted)) await take(picture, folder)
}

/** Each of a server of its own: nobody is there who was in another picture. */
async function take(picture: ChatPicture, folder: string): Promise<void> {
  const { name, size, theme, language, view } = picture
  await using stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
  const cast = await gatherScene(stage)
  const { page } = await stage.visit({ ...SIZES[size] })
  await page.evaluate(
    `localStorage.setItem('maru.theme', '${theme}'); localStorage.setItem('maru.language', '${language}')`,
  )
  await page.reload()
  await page.locator('.welcome-form input').first().fill(NAMES[language])
  await page.locator('.role-choice').last().click()
  if (view !== 'welcome') await enter(page, cast, picture)
  await delay(SETTLE_MS)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

async function enter(
  page: Page,
  cast: Awaited<ReturnType<typeof gatherScene>>,
  { language, view }: ChatPicture,
): Promise<void> {
  await page.locator('.welcome-form button[type=submit]').click()
  await page.locator('[data-composer]').waitFor()
  for (const room of ['#art-direction', '#dev', '#lobby']) {
    await page.locator('[data-composer]').fill(`/join ${room}`)
    // On a phone, Enter makes a new line.
    await page.locator('.send').click()
    await page.getByRole('heading', { level: 1, name: room }).waitFor()
  }
  await talkOfScene(cast, NAMES[language])
  await typing(cast.june)
  await page.mouse.move(2, 2)
  const steps: Readonly<Partial<Record<ChatPicture['view'], () => Promise<void>>>> = {
    search: () => search(page),
    list: () => page.locator('.head .only-narrow').click(),
    directory: () => page.keyboard.press('Control+Shift+L'),
    moderation: () => moderation(page, cast.minji, NAMES[language]),
  }
  await steps[view]?.()
}

async function typing(client: Client): Promise<void> {
  client.send('@+typing=active TAGMSG #lobby')
  await client.settled()
}

async function search(page: Page): Promise<void> {
  // A message can be found about a second after it was said.
  await delay(SETTLE_MS)
  await page.keyboard.press('Control+Shift+F')
  await page.locator('.search-form input[type=search]').fill('팔레트')
  await page.keyboard.press('Enter')
  await page.locator('.found').first().waitFor()
}

async function moderation(page: Page, leader: Client, nick: string): Promise<void> {
  leader.send(`MODE #lobby +o ${nick}`)
  await leader.settled()
  await page.locator('.member').filter({ hasText: 'june' }).click()
  await page.locator('.moderate').waitFor()
}
