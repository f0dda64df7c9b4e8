/**
 * Measures the page of the chat, for the notes: how long until the first message is seen, and how long a key
 * takes to be seen while messages flood the open room. `node scripts/measure-web-chat.ts [messages a second]`
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Client } from '../test/support/client.ts'
import { openWebChatStage, type WebChatStage } from '../test/support/web-chat-stage.ts'

const PER_SECOND = Number(process.argv[2] ?? 2000)
const SECONDS = 12
const STARTS = 5
const STEP_MS = 50

interface Typing {
  /** From a key to the frame after it, in milliseconds. */
  readonly keys: readonly number[]
  /** The longest time between two frames. */
  readonly longestFrame: number
  readonly seen: number
  readonly heapMiB: number
}

await using stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
const talker = await stage.connect('talker', '#lobby')
console.log('first message (ms):', (await firstMessages(stage)).join(' '))
const { keys, longestFrame, seen, heapMiB } = await typeUnderLoad(stage, talker)
const sorted = keys.toSorted((a, b) => a - b)
const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
console.log(`at ${PER_SECOND}/s, ${seen} seen: key to frame p50 ${at(0.5)} p95 ${at(0.95)} ms,`)
console.log(`longest frame ${longestFrame.toFixed(0)} ms, heap of the page ${heapMiB} MiB`)

/** From the navigation of somebody who is remembered until what was said last is drawn. */
async function firstMessages({ enter }: WebChatStage): Promise<number[]> {
  talker.send('PRIVMSG #lobby :the last word')
  const { page, close } = await enter('starter')
  const times: number[] = []
  for (let start = 0; start < STARTS; start++) {
    await page.reload({ waitUntil: 'commit' })
    await page.getByText('the last word').first().waitFor()
    times.push(Math.round(await page.evaluate<number>('performance.now()')))
  }
  await close()
  return times
}

async function typeUnderLoad({ enter }: WebChatStage, from: Client): Promise<Typing> {
  const { page } = await enter('typist')
  await page.locator('[data-composer]').focus()
  await watchFrames(page)
  const end = performance.now() + SECONDS * 1000
  let sent = 0
  const flood = (async () => {
    const startMs = performance.now()
    while (performance.now() < end) {
      const due = Math.floor(((performance.now() - startMs) / 1000) * PER_SECOND)
      const lines = Array.from(
        { length: due - sent },
        (_, i) => `PRIVMSG #lobby :message ${sent + i} of many`,
      )
      from.send(...lines)
      sent = due
      await delay(STEP_MS)
    }
  })()
  while (performance.now() < end) {
    await page.keyboard.press('a')
    await delay(STEP_MS)
  }
  await flood
  // All of it has come.
  await page.getByText(`message ${sent - 1} of many`).waitFor()
  const heap = await page.evaluate<number>('performance.memory.usedJSHeapSize')
  const measured = await page.evaluate<{ keys: number[]; longest: number }>('globalThis.measured')
  return {
    keys: measured.keys,
    longestFrame: measured.longest,
    seen: sent,
    heapMiB: Math.round(heap / 2 ** 20),
  }
}

function watchFrames(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const measured = (globalThis.measured = { keys: [], longest: 0 })
    document.querySelector('[data-composer]').addEventListener('keydown', (event) => {
      requestAnimationFrame(() => setTimeout(() => measured.keys.push(performance.now() - event.timeStamp)))
    })
    let last = performance.now()
    const frame = (now) => {
      measured.longest = Math.max(measured.longest, now - last)
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame((now) => { last = now; frame(now) })
  })()`)
}
