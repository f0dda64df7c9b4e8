import type { CDPSession, Page } from 'playwright-core'
import { TEXTS, type TextKey } from '../../src/web/chat/state/texts.ts'
import type { Client } from './client.ts'
import { isIn, openChat } from './terminal-chat.ts'
import type { PtyProgram } from './terminal-pty.ts'
import { openWebChatStage, type Visitor, type WebChatStage } from './web-chat-stage.ts'
import type { WatchedPage } from './web-monitor-browser.ts'

/** Four people with four clients in the landing room of one server. */
export interface MixedStage extends AsyncDisposable {
  readonly stage: WebChatStage
  /** On a desktop, in English; an artist. The first who came, so the room is theirs. */
  readonly mina: Visitor
  /** 하늘, on a phone, in Korean; a planner. */
  readonly haneul: WatchedPage
  /** The input method of the phone. */
  readonly keys: CDPSession
  /** In a terminal; a programmer. */
  readonly jun: PtyProgram
  /** With a client of few words. */
  readonly bora: Client
}

const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  locale: 'ko-KR',
}

export async function openMixedStage(): Promise<MixedStage> {
  await using all = new AsyncDisposableStack()
  const stage = all.use(await openWebChatStage({ config: '[limits]\npreset = "off"' }))
  const mina = await stage.enter('mina', { role: 'Artist' })
  const haneul = await stage.visit(PHONE)
  await comeInOnPhone(haneul.page, '하늘')
  const keys = await haneul.page.context().newCDPSession(haneul.page)
  const jun = all.use(openChat({ port: stage.server.portOf('plain'), nick: 'jun', rows: 40 }))
  await isIn(jun)
  jun.type('/role programmer\r')
  const bora = await stage.connect('bora', '#lobby')
  const kept = all.move()
  return { stage, mina, haneul, keys, jun, bora, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

async function comeInOnPhone(page: Page, nick: string): Promise<void> {
  await page.getByLabel(korean('yourName')).fill(nick)
  await page.getByRole('button', { name: korean('planner'), exact: true }).tap()
  await page.getByRole('button', { name: korean('comeIn') }).tap()
  await page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
}

/** On a phone Enter begins a new line. */
export async function sayOnPhone(page: Page, text: string): Promise<void> {
  await page.locator('[data-composer]').fill(text)
  await page.getByRole('button', { name: korean('send') }).tap()
}

/** What the page says in Korean, without what is filled in. */
export function korean(key: TextKey): string {
  return TEXTS[key][1]
}

/** Types syllables as an input method does: each is put together, and then written. */
export async function composeHangul(
  keys: CDPSession,
  syllables: readonly (readonly string[])[],
): Promise<void> {
  for (const steps of syllables) {
    for (const text of steps) {
      const [selectionStart, selectionEnd] = [text.length, text.length]
      await keys.send('Input.imeSetComposition', { text, selectionStart, selectionEnd })
    }
    await keys.send('Input.insertText', { text: steps.at(-1) ?? '' })
  }
}
