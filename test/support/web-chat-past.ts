import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, ViewportSize } from 'playwright-core'
import { openSqliteStore } from '../../src/history/sqlite-store.ts'
import { formatRoom, roomKey } from '../../src/state/room-record.ts'
import type { LogRecord, StoredEvent } from '../../src/state/record.ts'
import { say, type Visitor, type WebChatStage } from './web-chat-stage.ts'

export const PAST_ROOM = '#past'
const COMMIT_EVENTS = 1000
const STEP_MS = 20_000
const PEOPLE = ['mina', 'june', 'nari', 'dahye', 'yuna']
const WORDS = 'the floor of a house where everyone gathers, and talks of what is to be made today '

/**
 * Puts a room with so many messages into the data folder of a server that isn't running. They are numbered, of
 * one line or of many, said by some people in turns, and the last of them was said just now.
 */
export async function fillPast(dataFolder: string, count: number): Promise<void> {
  mkdirSync(dataFolder, { recursive: true })
  const file = join(dataFolder, 'history.db')
  await using store = openSqliteStore({ file, durability: 'relaxed', role: 'write' })
  const buffer = { id: 1, of: 'room', name: PAST_ROOM, people: [], createdAtMs: 1 } as const
  // A room that was there when the server ended waits for its people for a while.
  const value = formatRoom({
    ...buffer,
    buffer: buffer.id,
    flags: 'nt',
    lists: { b: [], e: [], I: [] },
    members: new Map(),
  })
  const room = { kind: 'keep', table: 'room', key: roomKey(buffer.id), value } as const
  await store.commit([{ kind: 'buffer', buffer }, room])
  const startMs = Date.now() - count * STEP_MS
  for (let done = 0; done < count; done += COMMIT_EVENTS) {
    const length = Math.min(COMMIT_EVENTS, count - done)
    const records = Array.from({ length }, (_, i): LogRecord => {
      return { kind: 'event', event: eventOf(done + i, startMs) }
    })
    await store.commit(records)
  }
}

function eventOf(n: number, startMs: number): StoredEvent {
  const nick = PEOPLE[Math.floor(n / 3) % PEOPLE.length] ?? ''
  const length = (n * 7919) % 11 === 0 ? (n * 104_729) % 900 : (n * 31) % 60
  return {
    buffer: 1,
    seq: n + 1,
    timeMs: startMs + n * STEP_MS,
    msgid: `past-${n}`,
    command: 'PRIVMSG',
    source: `${nick}!~${nick}@host.test`,
    person: `a:${nick}`,
    flags: 0,
    least: 0,
    clientTags: '',
    body: `number ${n} ${WORDS.repeat(12).slice(0, length)}`.trimEnd(),
  }
}

/** Somebody at the end of the room, which has `count` messages, with the pointer on what was said. */
export async function enterPast(
  stage: WebChatStage,
  nick: string,
  { count, ...page }: { readonly count: number; readonly viewport?: ViewportSize },
): Promise<Visitor> {
  const visitor = await stage.enter(nick, page)
  await say(visitor.page, `/join ${PAST_ROOM}`)
  await visitor.page
    .getByText(`number ${count - 1}`)
    .first()
    .waitFor()
  await visitor.page.locator('.timeline').hover()
  return visitor
}

/** What was seen of a past that was scrolled through. */
export interface Scrolled {
  /** The numbers that were drawn, in the order of their first time. */
  readonly seen: readonly number[]
  /** Neighbours in the list that aren't neighbours, with no gap between them. */
  readonly breaks: readonly string[]
  /** How far what was on the screen moved from frame to frame, in pixels; downwards is positive. */
  readonly moves: readonly number[]
  /** Frames of which nothing was in the one before: the first numbers of both. */
  readonly leaps: readonly string[]
  /** Frames on which there was nothing. */
  readonly blanks: number
  /** Times between two frames, in milliseconds. */
  readonly frames: readonly number[]
  /** The most rows that were drawn at a time. */
  readonly mostRows: number
}

/**
 * From now on every frame of the page is looked at: before it is drawn, for what moves, and once it is, for whether
 * anything is to be seen. What the list hasn't measured yet is hidden, and not seen.
 */
export async function watchScroll(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const scrolled = { seen: new Set(), breaks: [], moves: [], leaps: [], blanks: 0, frames: [], mostRows: 0 }
    globalThis.scrolled = scrolled
    const scroller = document.querySelector('.timeline')
    const drawn = () => [...scroller.querySelectorAll('[data-message], .row-gap')]
    const isShown = (one) => one.checkVisibility({ visibilityProperty: true })
    let before = new Map()
    let lastMs = performance.now()
    const look = (nowMs) => {
      scrolled.frames.push(nowMs - lastMs)
      lastMs = nowMs
      const view = scroller.getBoundingClientRect()
      const rows = drawn()
        .map((one) => ({ n: Number((one.dataset.msgid ?? '').slice(5)), isGap: one.matches('.row-gap'), isShown: isShown(one), top: one.getBoundingClientRect().top }))
        .sort((a, b) => a.top - b.top)
      scrolled.mostRows = Math.max(scrolled.mostRows, rows.length)
      for (const [i, row] of rows.entries()) {
        const above = rows[i - 1]
        if (!row.isGap && row.isShown) scrolled.seen.add(row.n)
        // What is said now has no number.
        if (above === undefined || above.isGap || row.isGap || Number.isNaN(row.n) || row.n === above.n + 1) continue
        // What isn't on the screen may be on its way to its place.
        if (row.top > view.top && row.top < view.bottom) scrolled.breaks.push(above.n + ' ' + row.n)
      }
      const now = new Map(rows.filter(({ isGap, isShown, top }) => !isGap && isShown && top > view.top - 200 && top < view.bottom).map(({ n, top }) => [n, top]))
      const common = [...now].filter(([n]) => before.has(n)).map(([n, top]) => top - before.get(n))
      const move = common.sort((a, b) => a - b)[Math.floor(common.length / 2)]
      if (move !== undefined && move !== 0) scrolled.moves.push(move)
      if (move === undefined) scrolled.leaps.push([...before.keys()][0] + ' ' + [...now.keys()][0])
      before = now
    }
    const lookAgain = () => {
      const view = scroller.getBoundingClientRect()
      const isSeen = (one) => {
        const { top, bottom } = one.getBoundingClientRect()
        return bottom > view.top && top < view.bottom && isShown(one)
      }
      if (!drawn().some(isSeen)) scrolled.blanks++
    }
    const watch = (nowMs) => {
      look(nowMs)
      scheduler.postTask(lookAgain, { priority: 'user-blocking' })
      globalThis.scrollWatch = requestAnimationFrame(watch)
    }
    globalThis.scrollWatch = requestAnimationFrame((nowMs) => { lastMs = nowMs; watch(nowMs) })
  })()`)
}

/** Turns the wheel, and waits until what follows from it is on the screen and stands still. */
export async function wheel(page: Page, pixels: number): Promise<void> {
  await page.mouse.wheel(0, pixels)
  await stands(page)
}

/** Until three frames in a row are the same, and nothing is missing in what is drawn. */
async function stands(page: Page): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    const scroller = document.querySelector('.timeline')
    let before = ''
    let same = 0
    const look = () => {
      const isFilling = scroller.querySelector('.row-gap:is(.open, .filling)') !== null
      const now = scroller.scrollTop + ' ' + scroller.scrollHeight
      same = now === before && !isFilling ? same + 1 : 0
      before = now
      if (same < 3) requestAnimationFrame(look)
      else done(undefined)
    }
    requestAnimationFrame(look)
  })`)
}

export async function scrolledOn(page: Page): Promise<Scrolled> {
  return page.evaluate<Scrolled>(
    `({ ...globalThis.scrolled, seen: [...globalThis.scrolled.seen] })`,
  )
}

/** The first message that is wholly in view: its number, and how far below the top of the list it stands. None: no number. */
export function anchorOn(page: Page): Promise<{ readonly n: number; readonly top: number }> {
  return page.evaluate(`(() => {
    const { top } = document.querySelector('.timeline').getBoundingClientRect()
    const rows = [...document.querySelectorAll('.timeline [data-message]')]
      .map((one) => ({ n: Number((one.dataset.msgid ?? '').slice(5)), top: one.getBoundingClientRect().top - top }))
      .filter((row) => row.top >= 0)
      .sort((a, b) => a.top - b.top)
    return rows[0] ?? { n: Number.NaN, top: 0 }
  })()`)
}
