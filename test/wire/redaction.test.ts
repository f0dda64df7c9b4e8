import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommitRefused } from '../../src/history/store.ts'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import {
  asked,
  HISTORY_CAPS,
  historyWorld,
  msgidOf,
  textsOf,
  withoutTags,
} from '../support/history-world.ts'
import { World, type Actor } from '../support/world.ts'
import { WorldLog } from '../support/world-log.ts'

const CAPS = [...HISTORY_CAPS, 'draft/message-redaction'] as const
const ALICE = ':alice!~alice@192-0-2-1.cloak'
const BOB = ':bob!~bob@192-0-2-1.cloak'

/** Alice leads #art; bob is in it, and carol, who doesn't know of redaction. All have read. */
async function room(world = historyWorld()) {
  const alice = world.join('alice', ...CAPS)
  const bob = world.join('bob', ...CAPS)
  const carol = world.join('carol', ...HISTORY_CAPS)
  for (const each of [alice, bob, carol]) await asked(world, each, 'JOIN #art')
  for (const each of [alice, bob, carol]) each.read()
  const says = async (actor: Actor, line: string): Promise<string> => {
    const msgid = msgidOf((await asked(world, actor, line)).at(-1))
    for (const each of [alice, bob, carol]) each.read()
    return msgid
  }
  return { world, alice, bob, carol, says }
}

function plain(lines: readonly string[]): string[] {
  return lines.map(withoutTags)
}

test("REDACT - one's own: those who know it hear of it, the others nothing, and it is gone from the past", async () => {
  const { world, alice, bob, carol, says } = await room()
  const msgid = await says(bob, 'PRIVMSG #art :wrong window')
  await says(bob, 'PRIVMSG #art :right')
  const redact = `${BOB} REDACT #art ${msgid} :oops`
  assert.deepEqual(plain(await asked(world, bob, `REDACT #art ${msgid} :oops`)), [redact])
  assert.deepEqual(plain(alice.read()), [redact])
  assert.deepEqual(carol.read(), [])
  for (const each of [alice, bob, carol]) {
    assert.deepEqual(textsOf(await asked(world, each, 'CHATHISTORY LATEST #art * 10')), ['right'])
  }
  assert.deepEqual(plain(await asked(world, bob, `REDACT #art ${msgid}`)), [
    `:irc.test FAIL REDACT UNKNOWN_MSGID #art ${msgid} :This message does not exist or is too old`,
  ])
})

test('REDACT - what is not on the disk yet can be taken back', async () => {
  const { world, alice, bob } = await room()
  bob.sends('PRIVMSG #art :oops', 'REDACT #art id-3')
  await world.settles()
  await world.settles()
  assert.deepEqual(plain(bob.read()), [`${BOB} PRIVMSG #art :oops`, `${BOB} REDACT #art id-3`])
  assert.deepEqual(textsOf(alice.read()), ['oops'])
  assert.deepEqual(textsOf(await asked(world, alice, 'CHATHISTORY LATEST #art * 10')), [])
})

test('REDACT - of others: operators of the room may, with a trace; whoever has no rank may not', async () => {
  const { world, alice, bob, says } = await room()
  const ofAlice = await says(alice, 'PRIVMSG #art :mine')
  const ofBob = await says(bob, 'PRIVMSG #art :spam')
  assert.deepEqual(plain(await asked(world, bob, `REDACT #art ${ofAlice}`)), [
    `:irc.test FAIL REDACT REDACT_FORBIDDEN #art ${ofAlice} :You are not authorised to delete this message`,
  ])
  await asked(world, alice, 'MODE #art +v bob')
  assert.match((await asked(world, bob, `REDACT #art ${ofAlice}`)).at(-1) ?? '', /REDACT_FORBIDDEN/)
  assert.deepEqual(plain(await asked(world, alice, `REDACT #art ${ofBob}`)), [
    `${ALICE} REDACT #art ${ofBob}`,
  ])
  const [, fields] = world.logged.find(([action]) => action === 'redact') ?? []
  assert.deepEqual(
    [fields?.['by'], fields?.['author'], fields?.['msgid']],
    [ALICE.slice(1), BOB.slice(1), ofBob],
  )
})

test('REDACT - who wrote it is what was kept, not who has the nick now', async () => {
  const { world, alice, bob, says } = await room()
  const msgid = await says(bob, 'PRIVMSG #art :from the first bob')
  await asked(world, bob, 'NICK robert')
  const mallory = world.join('bob', ...CAPS)
  await asked(world, mallory, 'JOIN #art')
  alice.read()
  assert.match(
    (await asked(world, mallory, `REDACT #art ${msgid}`)).at(-1) ?? '',
    /REDACT_FORBIDDEN/,
  )
  const own = plain(await asked(world, bob, `REDACT #art ${msgid}`)).at(-1)
  assert.equal(own, `:robert!~bob@192-0-2-1.cloak REDACT #art ${msgid}`)
})

test("REDACT - in private only one's own", async () => {
  const { world, alice, bob, carol, says } = await room()
  const msgid = await says(alice, 'PRIVMSG bob :psst')
  assert.match((await asked(world, bob, `REDACT alice ${msgid}`)).join(), /REDACT_FORBIDDEN alice/)
  // Nobody else reaches it, not even by its name.
  assert.match((await asked(world, carol, `REDACT bob ${msgid}`)).join(), /UNKNOWN_MSGID bob/)
  assert.match((await asked(world, alice, `REDACT #art ${msgid}`)).join(), /UNKNOWN_MSGID #art/)
  assert.deepEqual(plain(await asked(world, alice, `REDACT bob ${msgid}`)), [
    `${ALICE} REDACT bob ${msgid}`,
  ])
  assert.deepEqual(plain(bob.read()), [`${ALICE} REDACT bob ${msgid}`])
  assert.deepEqual(textsOf(await asked(world, bob, 'CHATHISTORY LATEST alice * 10')), [])
})

test("REDACT - a room that one isn't in, and what was said above one's rank, might as well not be there", async () => {
  const { world, alice, bob, carol, says } = await room()
  const ops = await says(alice, 'PRIVMSG @#art :ops only')
  assert.match((await asked(world, bob, `REDACT #art ${ops}`)).join(), /UNKNOWN_MSGID #art/)
  await asked(world, carol, 'PART #art')
  bob.read()
  assert.match((await asked(world, carol, `REDACT #art ${ops}`)).join(), /INVALID_TARGET #art/)
  assert.match((await asked(world, carol, `REDACT #none ${ops}`)).join(), /INVALID_TARGET #none/)
  alice.read()
  assert.deepEqual(plain(await asked(world, alice, `REDACT @#art ${ops}`)), [
    `${ALICE} REDACT @#art ${ops}`,
  ])
  assert.deepEqual(plain(bob.read()), [])
})

test('REDACT - an operator of the server with the right to override may, everywhere, and it is written down', async () => {
  const { world, alice, bob, says } = await room()
  const msgid = await says(bob, 'PRIVMSG #art :illegal')
  const guard = await world.joinAsOperator('guard1', 'guard', ...CAPS)
  assert.match((await asked(world, guard, `REDACT #art ${msgid}`)).join(), /INVALID_TARGET/)
  const root = await world.joinAsOperator('root1', 'root', ...CAPS)
  await asked(world, root, `REDACT #art ${msgid} :illegal`)
  assert.match(plain(alice.read()).join(), /root1!\S+ REDACT #art \S+ :illegal/)
  assert.ok(
    world.logged.some(
      ([action, fields]) => action === 'redact' && fields['authority'] === 'override',
    ),
  )
})

test('REDACT - "REDACT_WINDOW_EXPIRED": people may have so long, those with power have no limit', async () => {
  const limits = { ...DEFAULT_LIMITS, chat: { ...DEFAULT_LIMITS.chat, redactMs: 20_000 } }
  const { world, alice, bob, says } = await room(
    new World({ history: 'strict', limits }, { log: true }),
  )
  const msgid = await says(bob, 'PRIVMSG #art :hm')
  world.passes(20_001)
  assert.deepEqual(plain(await asked(world, bob, `REDACT #art ${msgid}`)), [
    `:irc.test FAIL REDACT REDACT_WINDOW_EXPIRED #art ${msgid} 20 :You can no longer delete this message`,
  ])
  assert.match(plain(await asked(world, alice, `REDACT #art ${msgid}`)).join(), /REDACT #art/)
})

test('REDACT - a reason is no way to speak for who may not', async () => {
  const { world, alice, bob, says } = await room()
  const msgid = await says(bob, 'PRIVMSG #art :before')
  await asked(world, alice, 'MODE #art +m')
  bob.read()
  const lines = plain(await asked(world, bob, `REDACT #art ${msgid} :listen to me`))
  assert.deepEqual(lines, [
    ':irc.test WARN REDACT REASON_NOT_SHOWN #art :You may not speak there',
    `${BOB} REDACT #art ${msgid}`,
  ])
  const long = await asked(world, alice, `REDACT #art ${msgid} :${'x'.repeat(400)}`)
  assert.match(long.at(-1) ?? '', /UNKNOWN_MSGID|417/)
})

test('REDACT - a JOIN or a topic is no message', async () => {
  const { world, alice } = await room()
  const [topic] = await asked(world, alice, 'TOPIC #art :colours')
  assert.match((await asked(world, alice, `REDACT #art ${msgidOf(topic)}`)).join(), /UNKNOWN_MSGID/)
  assert.match((await asked(world, alice, 'REDACT #art')).join(), / 461 /)
})

test('REDACT - after a restart it is still gone', async () => {
  const { world, bob, says } = await room()
  const msgid = await says(bob, 'PRIVMSG #art :oops')
  await says(bob, 'PRIVMSG #art :kept')
  await asked(world, bob, `REDACT #art ${msgid}`)
  const later = await world.restarts({ history: 'strict' })
  const again = later.join('bob', ...CAPS)
  await asked(later, again, 'JOIN #art')
  assert.deepEqual(textsOf(await asked(later, again, 'CHATHISTORY LATEST #art * 10')), ['kept'])
})

test('REDACT - when the log refuses, nobody hears of it, and it is as if nothing had been asked', async () => {
  const log = new WorldLog()
  const { world, alice, bob, says } = await room(new World({ history: 'strict' }, { log }))
  const msgid = await says(bob, 'PRIVMSG #art :oops')
  log.refusal = new CommitRefused('full', 'no space left on the disk')
  assert.deepEqual(plain(await asked(world, bob, `@label=r REDACT #art ${msgid}`)), [
    `:irc.test FAIL REDACT TEMPORARILY_UNAVAILABLE ${msgid} :Not deleted: the server cannot change what it keeps at the moment`,
  ])
  assert.deepEqual(alice.read(), [])
  log.refusal = undefined
  assert.deepEqual(textsOf(await asked(world, alice, 'CHATHISTORY LATEST #art * 10')), ['oops'])
  assert.match(plain(await asked(world, bob, `REDACT #art ${msgid}`)).join(), /bob\S+ REDACT #art/)
})
