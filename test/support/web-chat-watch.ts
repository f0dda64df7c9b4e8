import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import type { Client } from './client.ts'
import { until } from './web-monitor-plays.ts'

/** What a page shows of a message: its text, and what it says became of it. */
export interface Shown {
  readonly text: string
  readonly life: string
}

/** High enough for all that a test says: what is above the screen isn't drawn. */
export const TALL = { viewport: { width: 1280, height: 4000 } }

/** All messages of the open room, in their order. The screen has to hold them. */
export function shownOn(page: Page): Promise<Shown[]> {
  return page.evaluate<Shown[]>(`(${readShown})()`)
}

export async function textsOn(page: Page): Promise<string[]> {
  return (await shownOn(page)).map(({ text }) => text)
}

/** The states of the gaps in the open room. */
function gapsOn(page: Page): Promise<string> {
  return page.evaluate(
    `[...document.querySelectorAll('.row-gap')].map((one) => one.className).join()`,
  )
}

/** From now on, whatever the page shows is written down: also what is seen for one frame alone. */
export async function watch(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const lives = (globalThis.lives = new Map())
    const banners = (globalThis.banners = [])
    const look = () => {
      const shown = (${readShown})()
      const texts = new Set(shown.map(({ text }) => text))
      if (texts.size < shown.length) lives.set(shown.map(({ text }) => text).join(), ['twice'])
      for (const { text, life } of shown) {
        const seen = lives.get(text) ?? []
        if (seen.at(-1) !== life) lives.set(text, [...seen, life])
      }
      const banner = document.querySelector('.banner')?.textContent ?? ''
      if (banners.at(-1) !== banner) banners.push(banner)
    }
    look()
    new MutationObserver(look).observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['class'],
    })
  })()`)
}

const readShown = `() =>
  [...document.querySelectorAll('.timeline [data-message]')].map((one) => ({
    text: one.querySelector('.content')?.textContent ?? '',
    life: /life-([a-z]+)/.exec(one.className)?.[1] ?? '',
  }))`

/** What was shown of each message while the page was watched: its lives in their order. */
export async function livesOn(page: Page): Promise<ReadonlyMap<string, readonly string[]>> {
  return new Map(await page.evaluate<[string, string[]][]>('[...globalThis.lives]'))
}

/** All that the line above the room has said while the page was watched. */
export function bannersOn(page: Page): Promise<string[]> {
  return page.evaluate<string[]>('globalThis.banners')
}

/** What was once shown as said is never anything else again; none has failed, is in doubt, or was there twice. */
export async function assertHonest(page: Page): Promise<void> {
  for (const [text, lives] of await livesOn(page)) {
    const at = lives.indexOf('said')
    const after = at < 0 ? [] : lives.slice(at + 1)
    assert.deepEqual([text, after], [text, []], lives.join(' '))
    const bad = lives.filter((life) => ['failed', 'unknown', 'twice'].includes(life))
    assert.deepEqual([text, bad], [text, []], lives.join(' '))
  }
}

/** Both the same, with nothing missing, twice, or out of order: what the server keeps, and what the page shows. */
export async function assertAllShown(page: Page, reader: Client, room: string): Promise<void> {
  const kept = await keptIn(reader, room)
  const isAllThere = async (): Promise<boolean> => {
    const all = await shownOn(page)
    const isSaid = all.length === kept.length && all.every(({ life }) => life === 'said')
    return isSaid && (await gapsOn(page)) === ''
  }
  // If not all of it comes, what is missing says more than that something is.
  await until(isAllThere).catch(() => undefined)
  const shown = { texts: await textsOn(page), gaps: await gapsOn(page) }
  assert.deepEqual(shown, { texts: kept, gaps: '' })
  const unsaid = (await shownOn(page)).filter(({ life }) => life !== 'said')
  assert.deepEqual(unsaid, [])
}

/** The texts of all messages of a room, as its history has them. */
export async function keptIn(reader: Client, room: string): Promise<string[]> {
  await reader.settled()
  reader.send(`CHATHISTORY LATEST ${room} * 1000`)
  const lines = await reader.settled()
  return lines.flatMap((line) => / PRIVMSG \S+ :(.*)$/.exec(line)?.[1] ?? [])
}

/** Stops all that runs in the pages of a browser, as a sleep of the machine does. */
export async function sleep(browser: Browser): Promise<{ readonly wake: () => void }> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  assert.ok(pages.length > 0)
  for (const id of pages) process.kill(id, 'SIGSTOP')
  return { wake: () => pages.forEach((id) => process.kill(id, 'SIGCONT')) }
}
