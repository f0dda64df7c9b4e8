import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import { World, type Actor } from '../support/world.ts'

const CAPS = ['batch', 'message-tags', 'labeled-response', 'draft/multiline'] as const
const ALICE = ':alice!~alice@192-0-2-1.cloak'

/** Alice and bob know multiline messages, carol tags alone, dave nothing; all are in #art. */
function room(): { world: World; alice: Actor; bob: Actor; carol: Actor; dave: Actor } {
  const world = new World()
  const alice = world.join('alice', ...CAPS, 'echo-message')
  const bob = world.join('bob', ...CAPS)
  const carol = world.join('carol', 'message-tags')
  const dave = world.join('dave')
  for (const each of [alice, bob, carol, dave]) each.sends('JOIN #art')
  for (const each of [alice, bob, carol, dave]) each.read()
  return { world, alice, bob, carol, dave }
}

function refusal(lines: readonly string[]): string {
  assert.equal(lines.length, 1, lines.join('\n'))
  return (lines[0] ?? '').replace(':irc.test FAIL BATCH ', '')
}

test('multiline - "wait until the full batch has been received before processing the message"', () => {
  const { alice, bob, carol, dave } = room()
  const lines = [
    '@label=xyz;+draft/reply=m1 BATCH +123 draft/multiline #art',
    '@batch=123 PRIVMSG #art :hello',
    '@batch=123 PRIVMSG #art :',
    '@batch=123 privmsg #ART :how is ',
    '@batch=123;draft/multiline-concat PRIVMSG #art :everyone?',
  ]
  assert.deepEqual(alice.asks(...lines), [])
  assert.deepEqual(bob.read(), [])
  const echo = alice.asks('BATCH -123')
  const id = 'id-0'
  const batch = [
    `@msgid=${id};+draft/reply=m1 ${ALICE} BATCH +${id} draft/multiline #art`,
    `@batch=${id} ${ALICE} PRIVMSG #art :hello`,
    `@batch=${id} ${ALICE} PRIVMSG #art :`,
    `@batch=${id} ${ALICE} PRIVMSG #art :how is `,
    `@batch=${id};draft/multiline-concat ${ALICE} PRIVMSG #art :everyone?`,
    `${ALICE} BATCH -${id}`,
  ]
  assert.deepEqual(bob.read(), batch)
  // "Servers MUST only include the label tag on the opening BATCH command"
  assert.deepEqual(echo, [batch[0]?.replace('@', '@label=xyz;'), ...batch.slice(1)])
  // "Servers MUST NOT send blank lines to clients that have not negotiated the multiline capability."
  assert.deepEqual(carol.read(), [
    `@msgid=${id};+draft/reply=m1 ${ALICE} PRIVMSG #art :hello`,
    `@+draft/reply=m1 ${ALICE} PRIVMSG #art :how is `,
    `@+draft/reply=m1 ${ALICE} PRIVMSG #art :everyone?`,
  ])
  assert.deepEqual(dave.read(), [
    `${ALICE} PRIVMSG #art :hello`,
    `${ALICE} PRIVMSG #art :how is `,
    `${ALICE} PRIVMSG #art :everyone?`,
  ])
})

test('multiline - the message ID is on the first line that is not blank', () => {
  const { alice, carol } = room()
  alice.sends('BATCH +1 draft/multiline #art', '@batch=1 NOTICE #art :', '@batch=1 NOTICE #art :a')
  alice.sends('@batch=1 NOTICE #art :b', 'BATCH -1')
  assert.deepEqual(carol.read(), [`@msgid=id-0 ${ALICE} NOTICE #art :a`, `${ALICE} NOTICE #art :b`])
})

test('multiline - to one person, who is away', () => {
  const { alice, bob, carol } = room()
  bob.sends('AWAY :lunch')
  const lines = ['@batch=1 PRIVMSG bob :a', '@batch=1 PRIVMSG bob :b', 'BATCH -1']
  alice.sends('@label=L BATCH +1 draft/multiline bob', ...lines)
  assert.deepEqual(bob.read().slice(1), [
    `@msgid=id-0 ${ALICE} BATCH +id-0 draft/multiline bob`,
    `@batch=id-0 ${ALICE} PRIVMSG bob :a`,
    `@batch=id-0 ${ALICE} PRIVMSG bob :b`,
    `${ALICE} BATCH -id-0`,
  ])
  assert.deepEqual(carol.read(), [])
  assert.deepEqual(alice.read(), [
    '@label=L :irc.test BATCH +id-1 labeled-response',
    `@batch=id-1;msgid=id-0 ${ALICE} BATCH +id-0 draft/multiline bob`,
    `@batch=id-0 ${ALICE} PRIVMSG bob :a`,
    `@batch=id-0 ${ALICE} PRIVMSG bob :b`,
    `@batch=id-1 ${ALICE} BATCH -id-0`,
    '@batch=id-1 :irc.test 301 alice bob lunch',
    ':irc.test BATCH -id-1',
  ])
})

test("multiline - to a channel's operators", () => {
  const { alice, bob, carol } = room()
  bob.sends(
    'BATCH +1 draft/multiline @#art',
    '@batch=1 PRIVMSG @#art :a',
    '@batch=1 PRIVMSG @#art :b',
  )
  assert.deepEqual(bob.asks('BATCH -1'), [])
  const source = ':bob!~bob@192-0-2-1.cloak'
  assert.deepEqual(alice.read(), [
    `@msgid=id-0 ${source} BATCH +id-0 draft/multiline @#art`,
    `@batch=id-0 ${source} PRIVMSG @#art :a`,
    `@batch=id-0 ${source} PRIVMSG @#art :b`,
    `${source} BATCH -id-0`,
  ])
  assert.deepEqual(carol.read(), [])
})

test('multiline - without echo-message the label is acknowledged once, at the end', () => {
  const { bob } = room()
  const lines = ['@label=L BATCH +1 draft/multiline #art', '@batch=1 PRIVMSG #art :a']
  assert.deepEqual(bob.asks(...lines), [])
  assert.deepEqual(bob.asks('BATCH -1'), ['@label=L :irc.test ACK'])
})

test('multiline - a refusal has the label of the beginning', () => {
  const { bob } = room()
  const lines = ['@label=L BATCH +1 draft/multiline #nothing', '@batch=1 PRIVMSG #nothing :a']
  assert.deepEqual(bob.asks(...lines, 'BATCH -1'), [
    '@label=L :irc.test 403 bob #nothing :No such channel',
  ])
  assert.deepEqual(bob.asks('@label=M BATCH +1 draft/multiline #art', '@batch=1 TAGMSG #art'), [
    "@label=M :irc.test FAIL BATCH MULTILINE_INVALID :TAGMSG can't be part of a batch",
  ])
})

test('multiline - "automatic replies must never be sent in response to a NOTICE"', () => {
  const { alice } = room()
  const lines = ['BATCH +1 draft/multiline #nothing', '@batch=1 NOTICE #nothing :a', 'BATCH -1']
  assert.deepEqual(alice.asks(...lines), [])
})

test('multiline - what makes a batch invalid', () => {
  const begin = 'BATCH +1 draft/multiline #art'
  const cases: readonly (readonly [RegExp, ...string[]])[] = [
    [/^MULTILINE_INVALID :/, begin, '@batch=2 PRIVMSG #art :hi'],
    [/^MULTILINE_INVALID :/, '@batch=9 PRIVMSG #art :hi'],
    [/^MULTILINE_INVALID_TARGET #art #code :/, begin, '@batch=1 PRIVMSG #code :hi'],
    [/^MULTILINE_INVALID :/, begin, '@batch=1 PRIVMSG #art :a', '@batch=1 NOTICE #art :b'],
    [/concatenated blank/, begin, '@batch=1;draft/multiline-concat PRIVMSG #art :'],
    [/blank lines only/, begin, '@batch=1 PRIVMSG #art :', '@batch=1 PRIVMSG #art :', 'BATCH -1'],
    [/blank lines only/, begin, 'BATCH -1'],
    [/^MULTILINE_INVALID :/, begin, 'BATCH -2'],
    [/^MULTILINE_INVALID :/, 'BATCH -1'],
    [/^MULTILINE_INVALID :/, begin, 'BATCH +2 draft/multiline #art'],
    [/^MULTILINE_INVALID :BATCH/, begin, '@batch=1 BATCH +2 draft/multiline #art'],
    [/^MULTILINE_INVALID :JOIN/, begin, '@batch=1 JOIN #code'],
    [/^MULTILINE_INVALID :/, 'BATCH +1 draft/multiline'],
    [/^MULTILINE_INVALID :/, 'BATCH +1 draft/multiline #art,#code'],
    [/^UNKNOWN_TYPE 1 other :/, 'BATCH +1 other #art'],
    [/^INVALID_REFTAG a_b :/, 'BATCH +a_b draft/multiline #art'],
    [/^INVALID_REFTAG 1 :/, 'BATCH 1'],
    [/too long/, begin, `@batch=1 PRIVMSG #art :${'x'.repeat(470)}`],
  ]
  for (const [expected, ...lines] of cases) {
    const { alice, bob } = room()
    assert.match(refusal(alice.asks(...lines)), expected, lines.join('\n'))
    assert.deepEqual(bob.read(), [])
  }
})

test('multiline - "all past and future messages in this batch will be ignored", and the next one is fine', () => {
  const { alice, bob } = room()
  const lines = [
    'BATCH +1 draft/multiline #art',
    '@batch=1 NOTICE #art :a',
    '@batch=1 PRIVMSG #art :b',
  ]
  refusal(alice.asks(...lines))
  assert.deepEqual(alice.asks('@batch=1 PRIVMSG #art :c', '@batch=1 JOIN #code', 'BATCH -1'), [])
  assert.deepEqual(bob.read(), [])
  alice.sends('BATCH +2 draft/multiline #art', '@batch=2 PRIVMSG #art :d', 'BATCH -2')
  assert.equal(bob.read().length, 3)
})

test('multiline - max-lines and max-bytes', () => {
  const { alice } = room()
  alice.sends('BATCH +1 draft/multiline #art')
  for (let i = 0; i < 100; i++) alice.sends('@batch=1 PRIVMSG #art :hi')
  assert.deepEqual(alice.read(), [])
  const extra = alice.asks('@batch=1 PRIVMSG #art :hi')
  assert.match(refusal(extra), /^MULTILINE_MAX_LINES 100 :/)
  alice.sends('BATCH -1', 'BATCH +2 draft/multiline #art')
  // Each of the nine line feeds counts: 10 * 408 + 9 = 4,089.
  for (let i = 0; i < 10; i++) alice.sends(`@batch=2 PRIVMSG #art :${'x'.repeat(408)}`)
  assert.deepEqual(alice.asks('@batch=2;draft/multiline-concat PRIVMSG #art :1234567'), [])
  const over = alice.asks('@batch=2;draft/multiline-concat PRIVMSG #art :8')
  assert.match(refusal(over), /^MULTILINE_MAX_BYTES 4096 :/)
})

test('multiline - "TIMEOUT: the batch was left open for too long"', () => {
  const { world, alice, bob } = room()
  const { multilineMs } = DEFAULT_LIMITS.chat
  alice.sends('BATCH +1 draft/multiline #art', '@batch=1 PRIVMSG #art :a')
  world.passes(multilineMs - 1)
  alice.sends('@batch=1 PRIVMSG #art :b')
  bob.sends('PING still-here')
  alice.read()
  world.passes(2)
  assert.match(refusal(alice.asks('BATCH -1')), /^TIMEOUT 1 :/)
  alice.sends('BATCH +2 draft/multiline #art')
  world.passes(multilineMs + 1)
  alice.read()
  bob.read()
  alice.sends('BATCH +3 draft/multiline #art', '@batch=3 PRIVMSG #art :c', 'BATCH -3')
  assert.equal(bob.read().length, 3, 'one that was forgotten does not stand in the way')
})

test('multiline - other commands go on while a batch is open', () => {
  const { alice, bob } = room()
  alice.sends('BATCH +1 draft/multiline #art', '@batch=1 PRIVMSG #art :later')
  assert.deepEqual(alice.asks('PING x'), [':irc.test PONG irc.test x'])
  alice.sends('PRIVMSG #art :now', 'BATCH -1')
  const lines = bob.read()
  assert.match(lines[0] ?? '', / :now$/)
  assert.match(lines[2] ?? '', / :later$/)
})

test('multiline - not for those who did not ask for it; no tag makes a command cheaper', () => {
  const { carol, dave } = room()
  assert.match(dave.asks('BATCH +1 draft/multiline #art')[0] ?? '', /NOTICE dave :.*UNKNOWN_TYPE/)
  assert.match(carol.asks('@batch=1 WHO *')[0] ?? '', /NOTICE carol :.*MULTILINE_INVALID/)
  assert.deepEqual(carol.asks('@batch=1 WHO *'), [])
})

test('multiline - the first line has nothing to be joined to', () => {
  const { alice, bob } = room()
  alice.sends('BATCH +1 draft/multiline #art')
  alice.sends('@batch=1;draft/multiline-concat PRIVMSG #art :a', 'BATCH -1')
  assert.equal(bob.read()[1], `@batch=id-0 ${ALICE} PRIVMSG #art :a`)
})
