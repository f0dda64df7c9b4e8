import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { STRANGER } from '../io/engine.ts'
import { CAP } from '../protocol/capabilities.ts'
import { deliveryClassOf } from './delivery-class.ts'
import type { Channel } from './channel.ts'
import type { Event } from './event.ts'
import { formatLine } from './line.ts'
import { render } from './render.ts'
import type { Session } from './session.ts'
import type { User } from './user.ts'

const caps = fc.subarray(Object.values(CAP)).map((bits) => bits.reduce((all, bit) => all | bit, 0))

const user = {
  nick: 'anna',
  userName: '~a',
  host: 'host',
  source: 'anna!~a@host',
  realName: 'Anna Real',
  account: 'anna',
  away: 'lunch',
  modes: 'Bi',
} as unknown as User
const channel = { name: '#art', flags: 'nt', members: new Map() } as unknown as Channel
const session = {} as Session
const said = { kind: 'said', by: user, session, msgid: 'id-1', clientTags: '+x=1' } as const
const target = { kind: 'channel', channel } as const
const line = (text: string, concat = false) => ({ text, concat })

/** Every kind of event that a room may hear. */
const EVENTS: readonly Event[] = [
  { kind: 'quit', user, reason: 'bye' },
  { kind: 'renamed', user, nick: 'anne' },
  { kind: 'joined', user, channel, ranks: 0 },
  { kind: 'joined', user, channel, ranks: 5 },
  { kind: 'parted', user, channel },
  { kind: 'kicked', user, channel, by: user, reason: 'out' },
  { kind: 'kicked', user, channel, reason: 'out' },
  { kind: 'channelNotice', channel, text: 'late' },
  { ...said, command: 'PRIVMSG', target, lines: [line('hi')], multiline: false },
  { ...said, command: 'TAGMSG', target, lines: [], multiline: false },
  {
    ...said,
    command: 'NOTICE',
    target,
    lines: [line('a'), line(''), line('b', true)],
    multiline: true,
  },
  { kind: 'topicChanged', channel, by: user, topic: { text: 't', setBy: 'x', setAtMs: 0 } },
  { kind: 'channelModesChanged', channel, by: user, changes: [{ sign: '+', mode: 'm' }] },
  { kind: 'channelModesChanged', channel, changes: [{ sign: '+', mode: 'm' }] },
  { kind: 'awayChanged', user, text: 'lunch' },
  { kind: 'realNameChanged', user, realName: 'Anne' },
  { kind: 'hostChanged', user, host: 'other' },
  { kind: 'wallops', by: user, text: 'hello' },
]

test('CLASSES - what a room hears depends on the class alone: nobody gets the bytes of others', () => {
  const context = { serverName: 'irc.test', time: '2026-01-01T12:00:00.000Z' }
  const bytes = (event: Event, has: number): string =>
    render(event, has, context)
      .map((each) => formatLine(each, has))
      .join('')
  fc.assert(
    fc.property(caps, (has) => {
      for (const event of EVENTS) {
        assert.equal(bytes(event, deliveryClassOf(has)), bytes(event, has), event.kind)
      }
    }),
    { numRuns: 1000 },
  )
})

test('CLASSES - no class is the class of strangers, and all are numbers that the engine takes', () => {
  fc.assert(
    fc.property(caps, (has) => {
      const each = deliveryClassOf(has)
      assert.ok(each !== STRANGER && Number.isInteger(each) && each > 0)
      assert.equal(deliveryClassOf(each), each)
    }),
  )
})
