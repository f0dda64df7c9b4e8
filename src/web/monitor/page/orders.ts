import type { BanRow, ConnectionRow } from '../../../feed/view.ts'
import type { Blank, Filled, Order } from './order.ts'

const REASON: Blank = { name: 'reason', label: 'reason', kind: 'text', hint: 'reasonHint' }
const FORCE: Blank = { name: 'force', label: 'force', kind: 'check', isAfterConflict: true }
const MINUTE_MS = 60_000
const DURATION: Blank = {
  name: 'duration',
  label: 'duration',
  kind: 'choice',
  initial: String(60 * MINUTE_MS),
  choices: [
    { value: String(10 * MINUTE_MS), label: 'minutes10' },
    { value: String(60 * MINUTE_MS), label: 'hour1' },
    { value: String(24 * 60 * MINUTE_MS), label: 'day1' },
    { value: String(7 * 24 * 60 * MINUTE_MS), label: 'week1' },
    { value: String(30 * 24 * 60 * MINUTE_MS), label: 'month1' },
    { value: '', label: 'forEver' },
  ],
}

type Somebody = Pick<ConnectionRow, 'connection' | 'nick' | 'address'>

export function messageOrder(row: Somebody): Order {
  return {
    title: 'messageTitle',
    who: nameOf(row),
    submit: 'messageDo',
    blanks: [{ name: 'text', label: 'messageField', kind: 'long', isRequired: true }],
    method: 'POST',
    path: () => `/connections/${row.connection}/message`,
    body: ({ text = '' }) => ({ text: oneLine(text) }),
  }
}

/** `rooms`: those to choose from. */
export function kickOrder(nick: string, rooms: readonly string[]): Order {
  const choices = rooms.map((room) => ({ value: room, text: room }))
  return {
    title: 'kickTitle',
    who: nick,
    submit: 'kickDo',
    isDangerous: true,
    blanks: [
      { name: 'room', label: 'room', kind: 'choice', choices, initial: rooms[0] ?? '' },
      REASON,
    ],
    method: 'POST',
    path: ({ room = '' }) => `/rooms/${encodeURIComponent(room)}/kick`,
    body: ({ reason = '' }) => ({ nick, reason }),
  }
}

export function disconnectOrder(row: Somebody): Order {
  return {
    title: 'disconnectTitle',
    who: nameOf(row),
    more: 'disconnectMore',
    submit: 'disconnectDo',
    isDangerous: true,
    blanks: [REASON],
    method: 'POST',
    path: () => `/connections/${row.connection}/disconnect`,
    body: ({ reason = '' }) => ({ reason }),
  }
}

export function banOrder(row: Somebody): Order {
  return {
    title: 'banTitle',
    who: nameOf(row),
    more: 'banMore',
    submit: 'banDo',
    isDangerous: true,
    blanks: [
      {
        name: 'kind',
        label: 'banWhat',
        kind: 'choice',
        initial: 'dline',
        choices: [
          { value: 'dline', label: 'banAddress' },
          { value: 'kline', label: 'banUser' },
        ],
      },
      DURATION,
      REASON,
      FORCE,
    ],
    method: 'POST',
    path: () => `/connections/${row.connection}/ban`,
    body: (filled) => ({ kind: filled['kind'] ?? 'dline', ...banBody(filled) }),
  }
}

export function silenceOrder(row: Somebody): Order {
  return {
    title: 'silenceTitle',
    who: nameOf(row),
    more: 'silenceMore',
    submit: 'silenceDo',
    isDangerous: true,
    blanks: [DURATION, REASON, FORCE],
    method: 'POST',
    path: () => `/connections/${row.connection}/ban`,
    body: (filled) => ({ kind: 'mute', ...banBody(filled) }),
  }
}

export function addBanOrder(): Order {
  return {
    title: 'addBanTitle',
    more: 'banMore',
    submit: 'addBanDo',
    isDangerous: true,
    blanks: [
      {
        name: 'kind',
        label: 'kind',
        kind: 'choice',
        initial: 'dline',
        choices: [
          { value: 'dline', label: 'dline' },
          { value: 'kline', label: 'kline' },
          { value: 'mute', label: 'mute' },
        ],
      },
      { name: 'mask', label: 'mask', kind: 'text', hint: 'maskHint', isRequired: true },
      DURATION,
      REASON,
      FORCE,
    ],
    method: 'POST',
    path: () => '/bans',
    body: (filled) => ({
      kind: filled['kind'] ?? 'dline',
      mask: (filled['mask'] ?? '').trim(),
      ...banBody(filled),
    }),
  }
}

export function undoBanOrder({ id, mask }: BanRow): Order {
  return {
    title: 'undoTitle',
    who: mask,
    more: 'undoMore',
    submit: 'undoDo',
    blanks: [],
    method: 'DELETE',
    path: () => `/bans/${encodeURIComponent(id)}`,
  }
}

export function announceOrder(people: string): Order {
  return {
    title: 'announceTitle',
    more: 'announceMore',
    moreValues: { count: people },
    submit: 'announceDo',
    blanks: [{ name: 'text', label: 'messageField', kind: 'long', isRequired: true }],
    method: 'POST',
    path: () => '/announce',
    body: ({ text = '' }) => ({ text: oneLine(text) }),
  }
}

/** What others call somebody; their address before they have a nick. */
export function nameOf({ nick, address }: Pick<ConnectionRow, 'nick' | 'address'>): string {
  return nick ?? address
}

function banBody({ duration = '', reason = '', force = '' }: Filled): object {
  return {
    reason,
    ...(duration === '' ? {} : { durationMs: Number(duration) }),
    ...(force === '' ? {} : { force: true }),
  }
}

/** What goes over the wire is one line. */
function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*[\r\n]+\s*/g, ' ')
}
