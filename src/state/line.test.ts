import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CAP } from '../protocol/capabilities.ts'
import { parseMessage } from '../protocol/message.ts'
import { formatLine, lineBy, type Line } from './line.ts'
import type { User } from './user.ts'

const TIME = '2026-01-01T12:00:00.000Z'
const FULL: Line = {
  source: 'anna!~a@host',
  command: 'PRIVMSG',
  params: ['#art', 'hi'],
  time: TIME,
  msgid: 'id-1',
  account: 'an na',
  bot: true,
  clientTags: '+draft/reply=id-0;+x',
  concat: true,
  batch: 'b1',
  label: 'l;1',
}
const BARE = ':anna!~a@host PRIVMSG #art :hi\r\n'

/** Which capability a tag takes; a label is there only for those who have its capability. */
const NEEDS: Readonly<Record<string, number>> = {
  time: CAP.serverTime,
  account: CAP.accountTag,
  batch: CAP.batch,
  'draft/multiline-concat': CAP.multiline,
  msgid: CAP.messageTags,
  bot: CAP.messageTags,
  '+draft/reply': CAP.messageTags,
  '+x': CAP.messageTags,
}
const ALL_CAPS = Object.values(CAP).reduce((all, bit) => all | bit, 0)

test('TAGS - a client without any capability for tags gets none, whatever there is', () => {
  assert.equal(formatLine({ ...FULL, label: undefined }, 0), BARE)
  assert.equal(formatLine(FULL, CAP.extendedJoin | CAP.echoMessage), BARE)
})

test('TAGS - one with all of them gets all', () => {
  const tags = parseMessage(formatLine(FULL, ALL_CAPS).trimEnd())?.tags
  assert.deepEqual(tags && Object.fromEntries(tags), {
    label: 'l;1',
    batch: 'b1',
    'draft/multiline-concat': '',
    time: TIME,
    account: 'an na',
    msgid: 'id-1',
    bot: '',
    '+draft/reply': 'id-0',
    '+x': '',
  })
})

test('TAGS - each tag comes exactly to those who asked for it', () => {
  const some = fc
    .subarray(Object.values(CAP))
    .map((bits) => bits.reduce((all, bit) => all | bit, 0))
  fc.assert(
    fc.property(some, (caps) => {
      const line = formatLine({ ...FULL, label: undefined }, caps)
      assert.ok(line.endsWith(BARE))
      const tags = parseMessage(line.trimEnd())?.tags ?? new Map<string, string>()
      for (const [tag, bit] of Object.entries(NEEDS)) {
        // Multiline is nothing without batches.
        const isKnown = tag !== 'draft/multiline-concat' || (caps & CAP.batch) !== 0
        assert.equal(tags.has(tag), isKnown && (caps & bit) !== 0, `${tag} with ${caps}`)
      }
      assert.ok([...tags.keys()].every((tag) => tag in NEEDS))
    }),
    { numRuns: 500 },
  )
})

test("TAGS - what isn't there leaves no tag, and no tags leave no @", () => {
  const line = { command: 'PING', params: ['x'], time: TIME }
  assert.equal(formatLine(line, CAP.messageTags | CAP.accountTag | CAP.batch), 'PING x\r\n')
  assert.equal(formatLine({ ...line, clientTags: '', bot: false }, CAP.messageTags), 'PING x\r\n')
})

test('TAGS - account and label are escaped', () => {
  const line = formatLine(FULL, CAP.accountTag | CAP.labeledResponse)
  assert.equal(line, `@label=l\\:1;account=an\\sna ${BARE}`)
})

test('TAGS - a line of a user carries the account and the mark of a bot, not those of others', () => {
  const user = { source: 'anna!~a@host', modes: 'Bi', account: 'anna' } as unknown as User
  const line = lineBy(user, 'TOPIC', ['#art', 'x'], TIME)
  assert.deepEqual(
    [line.source, line.account, line.bot, line.msgid],
    [user.source, 'anna', true, undefined],
  )
  assert.equal(lineBy({ ...user, modes: 'i' }, 'TOPIC', [], TIME).bot, false)
})
