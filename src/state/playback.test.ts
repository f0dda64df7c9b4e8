import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CAP } from '../protocol/capabilities.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { formatLine, type Line } from './line.ts'
import { playback, type PlaybackView, type Scene } from './playback.ts'
import { FLAG, type StoredCommand, type StoredEvent } from './record.ts'

const ROOM: Scene = { kind: 'room', name: '#art' }
const PAIR: Scene = {
  kind: 'pair',
  me: { person: 'a:alice', nick: 'Alicia', source: 'Alicia!~a@host' },
  other: 'bob',
}
const ALL_CAPS = CAP.batch | CAP.multiline | CAP.messageTags | CAP.serverTime | CAP.accountTag

function view(scene: Scene, caps = ALL_CAPS, more: Partial<PlaybackView> = {}): PlaybackView {
  return { scene, caps, serverName: 'irc.test', accountName: (key) => key.toUpperCase(), ...more }
}

function stored(event: Partial<StoredEvent> = {}): StoredEvent {
  return {
    buffer: 1,
    seq: 1,
    timeMs: Date.UTC(2026, 0, 31, 14, 2),
    msgid: 'm1',
    command: 'PRIVMSG',
    source: 'alice!~a@host',
    person: 'a:alice',
    flags: 0,
    least: 0,
    clientTags: '',
    body: 'hello',
    ...event,
  }
}

function written(lines: readonly Line[], caps = ALL_CAPS): string[] {
  return lines.map((line) => formatLine(line, caps).trimEnd())
}

test('PLAYBACK - a message is what it was: msgid, time, account, bot, client-only tags, rank', () => {
  const event = stored({ flags: FLAG.bot, clientTags: '+draft/reply=x', least: 4 })
  assert.deepEqual(written(playback(event, view(ROOM))), [
    '@time=2026-01-31T14:02:00.000Z;account=ALICE;msgid=m1;bot;+draft/reply=x :alice!~a@host PRIVMSG @#art :hello',
  ])
})

test('PLAYBACK - two people are shown as they are called now, a guest without an account', () => {
  const mine = playback(stored(), view(PAIR, 0))
  const theirs = playback(
    stored({ source: 'bobby!~b@host', person: 'g:1' }),
    view(PAIR, CAP.accountTag),
  )
  assert.deepEqual(written(mine, 0), [':Alicia!~a@host PRIVMSG bob :hello'])
  assert.deepEqual(written(theirs, CAP.accountTag), [':bob!~b@host PRIVMSG Alicia :hello'])
})

test('PLAYBACK - several lines with a date: each begins with it, /me behind it, blank ones are left out', () => {
  const body = JSON.stringify([
    ['one', false],
    ['', false],
    ['\u0001ACTION two\u0001', true],
  ])
  const event = stored({ flags: FLAG.multiline, body })
  const later = view(ROOM, 0, { datedAtMs: Date.UTC(2026, 0, 31, 23) })
  assert.deepEqual(written(playback(event, later), 0), [
    ':alice!~a@host PRIVMSG #art :[14:02] one',
    ':alice!~a@host PRIVMSG #art :\u0001ACTION [14:02] two\u0001',
  ])
})

test("PLAYBACK - a rename is told in words to who doesn't know RENAME", () => {
  const event = stored({ command: 'RENAME', body: '["#old","#art","wider"]' })
  assert.deepEqual(written(playback(event, view(ROOM, CAP.channelRename)), 0), [
    ':alice!~a@host RENAME #old #art wider',
  ])
  assert.deepEqual(written(playback(event, view(ROOM, 0)), 0), [
    ':irc.test NOTICE #art :alice!~a@host renamed #old to #art: wider',
  ])
})

const COMMANDS: readonly StoredCommand[] = [
  'PRIVMSG',
  'NOTICE',
  'TAGMSG',
  'JOIN',
  'PART',
  'QUIT',
  'KICK',
  'NICK',
  'TOPIC',
  'MODE',
  'RENAME',
]

/** Also what should never have been kept. */
const body = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.json(),
  fc
    .array(fc.tuple(fc.string({ unit: 'binary' }), fc.boolean()))
    .map((lines) => JSON.stringify(lines)),
  fc.array(fc.string({ unit: 'binary', maxLength: 40 })).map((words) => JSON.stringify(words)),
)

test("PLAYBACK - whatever is kept is said in lines that fit, and what isn't redacted is never nothing", () => {
  const event = fc.record({
    command: fc.constantFrom(...COMMANDS),
    flags: fc.integer({ min: 0, max: 7 }),
    least: fc.constantFrom(0, 1, 4, 3),
    clientTags: fc.oneof(fc.constant(''), fc.constant('+a=b'), fc.string({ unit: 'binary' })),
    person: fc.constantFrom('', 'a:alice', 'g:1'),
    source: fc.constantFrom('alice!~a@host', 'irc.test'),
    body,
  })
  const views = fc.record({
    scene: fc.constantFrom(ROOM, PAIR),
    caps: fc.integer({ min: 0, max: 2 ** 28 }),
    datedAtMs: fc.option(fc.constant(Date.UTC(2026, 5, 1)), { nil: undefined }),
  })
  fc.assert(
    fc.property(event, views, (fields, { scene, caps, datedAtMs }) => {
      const dated = datedAtMs === undefined ? {} : { datedAtMs }
      const lines = playback(stored(fields), view(scene, caps, dated))
      const isRedacted = (fields.flags & FLAG.redacted) !== 0
      const isMessage = fields.command === 'PRIVMSG' || fields.command === 'NOTICE'
      if (!isRedacted && !(isMessage && isBlank(fields.body))) assert.ok(lines.length > 0)
      for (const line of lines) {
        const text = formatLine(line, caps)
        assert.equal(text.split('\r\n').length, 2)
        assert.doesNotMatch(text.slice(0, -2), /[\0\r\n]/)
        const bare = formatLine(line, 0)
        if (isMessage) assert.ok(utf8Length(bare) <= 512, `${utf8Length(bare)}: ${bare}`)
      }
    }),
    { numRuns: 500 },
  )
})

/** Nothing that a command lets through. */
function isBlank(text: string): boolean {
  return text === '' || text.startsWith('[')
}
