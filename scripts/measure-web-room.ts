/**
 * Measures a room of the chat page that has had many messages, for the notes.
 * `node scripts/measure-web-room.ts seen [MESSAGES]`: its memory while so many are said before one's eyes.
 * `node scripts/measure-web-room.ts past [MESSAGES [SECONDS]]`: scrolling back through a room that has so many.
 */
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import {
  anchorOn,
  enterPast,
  fillPast,
  scrolledOn,
  watchScroll,
  wheel,
} from '../test/support/web-chat-past.ts'
import { openWebChatStage, type WebChatStage } from '../test/support/web-chat-stage.ts'

const [what = 'seen', messages = what === 'seen' ? '100000' : '1000000', seconds = '20'] =
  process.argv.slice(2)
const COUNT = Number(messages)
const BURST = 500
const TURN_PX = -480

await using stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
await (what === 'seen' ? measureSeen(stage) : measurePast(stage))

async function measureSeen({ connect, enter }: WebChatStage): Promise<void> {
  const talker = await connect('talker', '#lobby')
  const { page } = await enter('reader')
  await heaps(page, 'nothing said')
  for (let n = 0; n < COUNT; n += BURST) {
    talker.send(
      ...Array.from({ length: BURST }, (_, i) => `PRIVMSG #lobby :message ${n + i} of many`),
    )
    await page
      .getByText(`message ${n + BURST - 1} of many`)
      .first()
      .waitFor()
    if ((n + BURST) % (COUNT / 4) === 0) await heaps(page, `${n + BURST} seen`)
  }
}

async function measurePast(past: WebChatStage): Promise<void> {
  await past.stop()
  await fillPast(join(past.server.folder, 'data'), COUNT)
  await past.start()
  const { page } = await enterPast(past, 'reader', { count: COUNT })
  await heaps(page, 'at the end')
  await watchScroll(page)
  const endMs = performance.now() + Number(seconds) * 1000
  while (performance.now() < endMs) await wheel(page, TURN_PX)
  const { n } = await anchorOn(page)
  const { frames, moves, seen, breaks, mostRows } = await scrolledOn(page)
  const sorted = frames.toSorted((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)
  console.log(`back to ${n}: ${seen.length} seen, ${breaks.length} out of order`)
  console.log(`frames p50 ${at(0.5)} p95 ${at(0.95)} ms, longest ${sorted.at(-1)?.toFixed(0)} ms`)
  console.log(`moved against the wheel: ${moves.filter((move) => move < -2).join(' ') || 'never'}`)
  console.log(`at most ${mostRows} rows drawn`)
  await heaps(page, 'after it')
}

/** Of the page and of its worker, when nothing is left to be collected. */
async function heaps(page: Page, when: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const ofPage = await heapOf(session)
  const { targetInfos } = await session.send('Target.getTargets')
  const worker = targetInfos.find(({ type }) => type === 'shared_worker')
  console.log(
    `${when}: page ${ofPage} MiB, worker ${await heapOfWorker(page, worker?.targetId)} MiB`,
  )
  await session.detach()
}

async function heapOf(session: CDPSession): Promise<string> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return (usedSize / 2 ** 20).toFixed(1)
}

/** A shared worker is a target of its own, which is talked to through the browser. */
async function heapOfWorker(page: Page, targetId: string | undefined): Promise<string> {
  const browser = page.context().browser()
  if (targetId === undefined || browser === null) return '?'
  const session = await browser.newBrowserCDPSession()
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })
  let ids = 0
  const ask = (method: string): Promise<{ readonly usedSize?: number }> => {
    const id = ++ids
    const { promise, resolve } = Promise.withResolvers<{ readonly usedSize?: number }>()
    session.on('Target.receivedMessageFromTarget', ({ message }) => {
      const answer = JSON.parse(message) as { id?: number; result?: { usedSize?: number } }
      if (answer.id === id) resolve(answer.result ?? {})
    })
    void session.send('Target.sendMessageToTarget', {
      sessionId,
      message: JSON.stringify({ id, method }),
    })
    return promise
  }
  await ask('HeapProfiler.collectGarbage')
  const { usedSize = 0 } = await ask('Runtime.getHeapUsage')
  await session.detach()
  return (usedSize / 2 ** 20).toFixed(1)
}
