import type { BanRow, ConnectionRow } from '../feed/view.ts'
import { parseDuration } from '../protocol/duration.ts'
import type { Field, Form, Order } from './form.ts'
import { wholeSpanText } from './number-text.ts'
import { safeText } from './safe-text.ts'
import type { Say } from './words.ts'

/** Who an action is about. */
export interface Target {
  readonly connection: number
  readonly address?: string
  readonly nick?: string
  readonly rooms?: readonly string[]
}

export function targetOf({ connection, address, nick, rooms }: ConnectionRow): Target {
  return { connection, address, rooms, ...(nick === undefined ? {} : { nick }) }
}

/** As a person reads it: `alice (192.0.2.7)`. */
export function targetText({ connection, nick, address }: Target): string {
  const who = safeText(nick ?? `#${connection}`)
  return address === undefined ? who : `${who} (${safeText(address)})`
}

export function messageForm(target: Target, say: Say): Form {
  const who = targetText(target)
  return form({
    title: say('messageTitle', { who }),
    fields: [field(say('text'), needed(say))],
    question: () => say('messageQuestion', { who }),
    order: ([text = '']) => ({
      method: 'POST',
      path: `/connections/${target.connection}/message`,
      body: { text },
      done: say('messageDone', { who }),
    }),
  })
}

export function disconnectForm(target: Target, say: Say): Form {
  const who = targetText(target)
  return form({
    title: say('disconnectTitle', { who }),
    fields: [field(say('why'), needed(say))],
    question: ([reason = '']) => say('disconnectQuestion', { who, reason: safeText(reason) }),
    order: ([reason = '']) => ({
      method: 'POST',
      path: `/connections/${target.connection}/disconnect`,
      body: { reason },
      done: say('disconnectDone', { who }),
    }),
  })
}

/** A person without a nick, or in no room, can't be kicked. */
export function kickForm(target: Target, say: Say): Form | undefined {
  const { nick, rooms = [] } = target
  const [only] = rooms
  if (nick === undefined || only === undefined) return undefined
  const who = safeText(nick)
  const room: Field = {
    label: rooms.length > 1 ? say('whichRoomTab', { rooms: rooms.length }) : say('whichRoom'),
    value: only,
    options: rooms,
    check: (value) => (rooms.includes(value) ? undefined : say('notInRoom', { who })),
  }
  return form({
    title: say('kickTitle', { who }),
    fields: [room, field(say('why'), needed(say))],
    question: ([name = '', reason = '']) =>
      say('kickQuestion', { who, room: safeText(name), reason: safeText(reason) }),
    order: ([name = '', reason = '']) => ({
      method: 'POST',
      path: `/rooms/${encodeURIComponent(name)}/kick`,
      body: { nick, reason },
      done: say('kickDone', { who, room: safeText(name) }),
    }),
  })
}

/** `dline` keeps the address out; `mute` lets stay and not speak. */
export function banForm(target: Target, kind: 'dline' | 'mute', say: Say): Form {
  const who = kind === 'dline' ? safeText(target.address ?? targetText(target)) : targetText(target)
  const words = kind === 'dline' ? BAN_WORDS : MUTE_WORDS
  return form({
    title: say(words.title, { who: targetText(target) }),
    fields: [durationField(say), field(say('why'), needed(say))],
    question: ([howLong = '', reason = '']) =>
      say(words.question, { who, howLong: howLongText(howLong, say), reason: safeText(reason) }),
    order: ([howLong = '', reason = '']) => ({
      method: 'POST',
      path: `/connections/${target.connection}/ban`,
      body: { kind, ...durationOf(howLong), reason },
      done: say(words.done, { who }),
    }),
  })
}

const BAN_WORDS = { title: 'banTitle', question: 'banQuestion', done: 'banDone' } as const
const MUTE_WORDS = { title: 'muteTitle', question: 'muteQuestion', done: 'muteDone' } as const

/** A ban of whoever fits a mask: user@host, or an address or network. */
export function banMaskForm(say: Say): Form {
  const mask = field(say('maskLabel'), (value) =>
    /^[^\s@]+@[^\s@]+$|^[\da-f:.]+(?:\/\d+)?$/i.test(value) ? undefined : say('maskProblem'),
  )
  return form({
    title: say('banMaskTitle'),
    fields: [mask, durationField(say), field(say('why'), needed(say))],
    question: ([who = '', howLong = '', reason = '']) =>
      say('banQuestion', { who: safeText(who), howLong: howLongText(howLong, say), reason }),
    order: ([value = '', howLong = '', reason = '']) => ({
      method: 'POST',
      path: '/bans',
      body: {
        kind: value.includes('@') ? 'kline' : 'dline',
        mask: value,
        ...durationOf(howLong),
        reason,
      },
      done: say('banDone', { who: safeText(value) }),
    }),
  })
}

export function unbanForm(ban: BanRow, say: Say): Form {
  const mask = safeText(ban.mask)
  return form({
    title: say('unbanTitle', { mask }),
    fields: [],
    question: () => say('unbanQuestion', { mask, reason: safeText(ban.reason) }),
    order: () => ({
      method: 'DELETE',
      path: `/bans/${encodeURIComponent(ban.id)}`,
      done: say('unbanDone', { mask }),
    }),
  })
}

export function announceForm(say: Say, people: number): Form {
  return form({
    title: say('announceTitle'),
    fields: [field(say('text'), needed(say))],
    question: () => say('announceQuestion', { people }),
    order: ([text = '']) => ({
      method: 'POST',
      path: '/announce',
      body: { text },
      done: say('announceDone'),
    }),
  })
}

export const STOP_ORDER: Omit<Order, 'done'> = { method: 'POST', path: '/stop', body: {} }

function form(parts: Pick<Form, 'title' | 'fields' | 'question' | 'order'>): Form {
  return { ...parts, at: 0, problem: undefined }
}

function field(label: string, check: Field['check']): Field {
  return { label, value: '', check }
}

function needed(say: Say): Field['check'] {
  return (value) => (value === '' ? say('isNeeded') : undefined)
}

function durationField(say: Say): Field {
  return {
    label: say('howLong'),
    value: '1h',
    options: ['10m', '1h', '1d', '1w', FOR_EVER],
    check: (value) =>
      value === FOR_EVER || (parseDuration(value) ?? 0) > 0 ? undefined : say('howLongProblem'),
  }
}

const FOR_EVER = '-'

function durationOf(howLong: string): { readonly durationMs?: number } {
  const durationMs = parseDuration(howLong)
  return durationMs === undefined ? {} : { durationMs }
}

function howLongText(howLong: string, say: Say): string {
  const durationMs = parseDuration(howLong)
  return durationMs === undefined
    ? say('forEver')
    : say('forTime', { time: wholeSpanText(durationMs, say) })
}
