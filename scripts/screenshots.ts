/**
 * Takes the pictures in docs/pictures: of the chat, of a real server on which people talk, and of the
 * monitor, of one under real load. It needs Chromium and `npm run build`. `npm run screenshots -- PART…`: only those with one of the parts in their names.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../test/support/web-monitor-browser.ts'
import { takeChatPictures } from './chat-pictures.ts'
import { gatherCrowd } from './picture-crowd.ts'
import { MARU, startPictureServer, type PictureServer } from './picture-server.ts'
import { PictureTerminal, type TerminalTheme } from './terminal-picture.ts'

const ROOT = join(import.meta.dirname, '..')
const PICTURES = join(ROOT, 'docs', 'pictures')
/** So long, the graphs have something to show. */
const HISTORY_MS = 60_000
/** Until what comes with the seconds is on a new page. */
const SETTLE_MS = 3000

type Language = 'en' | 'ko'

interface WebPicture {
  readonly name: string
  readonly view: 'overview' | 'connections'
  readonly size: 'wide' | 'phone'
  readonly theme: 'light' | 'dark'
  readonly language: Language
}

const WEB_PICTURES: readonly WebPicture[] = [
  { name: 'web-overview', view: 'overview', size: 'wide', theme: 'light', language: 'en' },
  { name: 'web-overview-dark-ko', view: 'overview', size: 'wide', theme: 'dark', language: 'ko' },
  { name: 'web-connections', view: 'connections', size: 'wide', theme: 'light', language: 'en' },
  { name: 'phone-overview-ko', view: 'overview', size: 'phone', theme: 'light', language: 'ko' },
  { name: 'phone-connections', view: 'connections', size: 'phone', theme: 'dark', language: 'en' },
]

const SIZES = {
  wide: { viewport: { width: 1440, height: 1140 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, hasTouch: true },
} as const

interface TerminalPicture {
  readonly name: string
  readonly key: string
  readonly language: Language
  readonly theme: TerminalTheme
}

const TERMINAL_PICTURES: readonly TerminalPicture[] = [
  { name: 'terminal-overview', key: '1', language: 'en', theme: 'dark' },
  { name: 'terminal-connections-ko', key: '2', language: 'ko', theme: 'light' },
  { name: 'terminal-log-ko', key: '4', language: 'ko', theme: 'dark' },
  { name: 'terminal-bans', key: '5', language: 'en', theme: 'light' },
]

for (const page of ['monitor', 'chat']) {
  if (existsSync(join(ROOT, 'dist', 'web', page, 'index.html'))) continue
  throw new Error(`the page of the ${page} is not built: npm run build`)
}
mkdirSync(PICTURES, { recursive: true })
await takeChatPictures(isWanted, PICTURES)
if ([...WEB_PICTURES, ...TERMINAL_PICTURES].some(isWanted)) await takeMonitor()

function isWanted({ name }: { readonly name: string }): boolean {
  const parts = process.argv.slice(2)
  return parts.length === 0 || parts.some((part) => name.includes(part))
}

async function takeMonitor(): Promise<void> {
  await using server = await startPictureServer()
  await using _crowd = await gatherCrowd(server)
  const browser = await launchChromium()
  try {
    await delay(HISTORY_MS)
    for (const picture of WEB_PICTURES.filter(isWanted)) await takeWeb(browser, server, picture)
    for (const picture of TERMINAL_PICTURES.filter(isWanted)) {
      await takeTerminal(browser, server, picture)
    }
  } finally {
    await browser.close()
  }
}

async function takeWeb(
  browser: Browser,
  server: PictureServer,
  { name, view, size, theme, language }: WebPicture,
): Promise<void> {
  const context = await browser.newContext({ ...SIZES[size], reducedMotion: 'reduce' })
  await context.addInitScript(
    `localStorage.setItem('maru.theme', '${theme}'); localStorage.setItem('maru.language', '${language}')`,
  )
  const entered = await context.request.post(`${server.url}/api/v1/session`, {
    data: server.operator,
  })
  if (!entered.ok()) throw new Error(`not let in: ${await entered.text()}`)
  const page = await context.newPage()
  await page.goto(`${server.url}/#/${view}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  if (view === 'connections') await page.getByRole('row').nth(3).waitFor()
  await delay(SETTLE_MS)
  await page.screenshot({ path: pathOf(name) })
  await context.close()
}

async function takeTerminal(
  browser: Browser,
  server: PictureServer,
  { name, key, language, theme }: TerminalPicture,
): Promise<void> {
  await using terminal = new PictureTerminal({
    args: [MARU, 'monitor', server.url, '--language', language],
    environment: { MARU_TOKEN: server.secret, XDG_STATE_HOME: server.folder },
    columns: 100,
    rows: 30,
  })
  await terminal.until(/irc\.example\.org|Maru/)
  terminal.type(key)
  await delay(SETTLE_MS)
  const page = await browser.newPage({ deviceScaleFactor: 1.5 })
  await page.setContent(terminal.html(theme))
  await page.evaluate('document.fonts.ready')
  await page.locator('#screen').screenshot({ path: pathOf(name) })
  await page.close()
}

function pathOf(name: string): string {
  return join(PICTURES, `${name}.png`)
}
