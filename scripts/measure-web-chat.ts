/**
 * Measures the page of the chat, for the notes: how long until the first message is seen, and how long a key
 * takes to be seen while messages flood the open room, in the first second and from then on.
 * `node scripts/measure-web-chat.ts [messages a second]`
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Client } from '../test/support/client.ts'
import { openWebChatStage, type WebChatStage } from '../test/support/web-chat-stage.ts'

const PER_SECOND = Number(process.argv[2] ?? 2000)
const SECONDS = 12
const STARTS = 5
const STEP_MS = 50
const SETTLE_MS = 2000

/** All in milliseconds; `atMs` counts from the first message. */
interface Timed {
  readonly atMs: number
  readonly ms: number
}

interface Typing {
  /** From a key to the end of the frame after it: what is then left is to put it on the screen. */
  readonly keys: readonly Timed[]
  /** From one frame to the next. */
  readonly frames: readonly Timed[]
  readonly seen: number
  readonly heapMiB: number
}

await using stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
const talker = await stage.connect('talker', '#lobby')
console.log('first message (ms):', (await firstMessages(stage)).join(' '))
const { keys, frames, seen, heapMiB } = await typeUnderLoad(stage, talker)
console.log(`at ${PER_SECOND}/s, ${seen} seen, heap of the page ${heapMiB} MiB`)
console.log(`  all of it: ${figures(() => true)}`)
console.log(`  after the first second: ${figures(({ atMs }) => atMs >= 1000)}`)

function figures(isMeant: (one: Timed) => boolean): string {
  const [key, frame] = [keys, frames].map((all) =>
    all
      .filter(isMeant)
      .map(({ ms }) => ms)
      .toSorted((a, b) => a - b),
  )
  const at = (share: number): string => (key?.[Math.floor(key.length * share)] ?? 0).toFixed(1)
  const longest = (frame?.at(-1) ?? 0).toFixed(0)
  return `${key?.length} keys, to their frame p50 ${at(0.5)} p95 ${at(0.95)} ms, longest frame ${longest} ms`
}

/** From the navigation of somebody who is remembered until what was said last is drawn. */
async function firstMessages({ enter }: WebChatStage): Promise<number[]> {
  talker.send('PRIVMSG #lobby :the last word')
  const { page, close } = await enter('starter')
  // Whoever asks from outside learns of it up to half a second later.
  await page.addInitScript(`globalThis.seenAtMs = new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (!document.body?.textContent.includes('the last word')) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })`)
  const times: number[] = []
  for (let start = 0; start < STARTS; start++) {
    await page.reload({ waitUntil: 'commit' })
    times.push(Math.round(await page.evaluate<number>('seenAtMs')))
  }
  await close()
  return times
}

async function typeUnderLoad({ enter }: WebChatStage, from: Client): Promise<Typing> {
  const { page } = await enter('typist')
  await page.locator('[data-composer]').focus()
  // It has all its files, and is as still as a room that has been open for a while.
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  await delay(SETTLE_MS)
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
  await page
    .getByText(`message ${sent - 1} of many`)
    .first()
    .waitFor()
  const heap = await page.evaluate<number>('performance.memory.usedJSHeapSize')
  const measured = await page.evaluate<Pick<Typing, 'keys' | 'frames'>>('globalThis.measured')
  return { ...measured, seen: sent, heapMiB: Math.round(heap / 2 ** 20) }
}

function watchFrames(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const measured = (globalThis.measured = { keys: [], frames: [] })
    const startMs = performance.now()
    const note = (list, fromMs, toMs) => list.push({ atMs: fromMs - startMs, ms: toMs - fromMs })
    document.querySelector('[data-composer]').addEventListener('keydown', ({ timeStamp }) => {
      // A timer would wait behind all else that there is to do: https://developer.mozilla.org/docs/Web/API/Scheduler/postTask
      const framed = () => note(measured.keys, timeStamp, performance.now())
      requestAnimationFrame(() => scheduler.postTask(framed, { priority: 'user-blocking' }))
    })
    let last = startMs
    const frame = (now) => {
      note(measured.frames, last, now)
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })()`)
}
