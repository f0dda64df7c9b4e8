import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SaidBefore } from '../../src/client/intent.ts'
import { allSettle, comesOnline, pair, Person, ROOMS } from '../support/scripted-server-world.ts'

/** A proof takes its time. */
async function comeIn(person: Person): Promise<void> {
  for (let i = 0; i < 200 && person.model.connection.state !== 'online'; i++) {
    await person.settles()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  assert.equal(person.model.connection.state, 'online')
}

test('CLIENT - two people meet in a room and talk', async () => {
  const { mina, joon } = await pair()
  assert.equal(mina.model.connection.state, 'online')
  mina.does({ kind: 'say', conversation: '#art', text: 'hello joon' })
  await allSettle(mina, joon)
  assert.deepEqual(joon.texts('#art'), ['hello joon'])
  assert.deepEqual(mina.texts('#art'), ['hello joon'])
  assert.equal(mina.messages('#art')[0]?.life.state, 'said')
  assert.equal(mina.messages('#art')[0]?.msgid, joon.messages('#art')[0]?.msgid)
  assert.equal(joon.conversation('#art').mentions, 1)
  assert.deepEqual([...(mina.model.members.get('#art')?.keys() ?? [])].sort(), ['joon', 'mina'])
  assert.equal(joon.model.people.get('mina')?.presence, 'here')
  assert.deepEqual(mina.model.notices, [])
})

test('CLIENT - a young room is complete: nothing was said before', async () => {
  const { mina } = await pair()
  assert.equal(mina.model.timelines.get('#art')?.isComplete, true)
  assert.ok(mina.items('#art').every(({ kind }) => kind !== 'gap'))
})

test('CLIENT - after a break all that was said is there, once and in order', async () => {
  const { world, mina, joon } = await pair()
  const say = async (text: string) => {
    joon.does({ kind: 'say', conversation: '#art', text })
    await joon.settles()
    world.passes(100)
  }
  await say('one')
  mina.breaks()
  assert.equal(mina.model.connection.state, 'waiting')
  assert.equal(mina.conversation('#art').standing, 'apart')
  for (let i = 0; i < 30; i++) await say(`missed ${i}`)
  world.passes(2000)
  mina.ticks()
  await allSettle(mina, joon)
  await say('live')
  await allSettle(mina, joon)
  assert.equal(mina.model.connection.state, 'online')
  assert.deepEqual(mina.texts('#art'), joon.texts('#art'))
  assert.equal(mina.texts('#art').length, 32)
  assert.ok(mina.items('#art').every(({ kind }) => kind !== 'gap'))
})

test('CLIENT - what was said into a break is said once, whether it had arrived or not', async () => {
  const { world, mina, joon } = await pair()
  // It arrives, but its echo is lost.
  mina.isDeaf = true
  mina.does({ kind: 'say', conversation: '#art', text: 'arrived' })
  await world.settles()
  assert.equal(mina.messages('#art')[0]?.life.state, 'sending')
  mina.breaks()
  mina.isDeaf = false
  assert.equal(mina.messages('#art')[0]?.life.state, 'queued')
  // There is no connection at all.
  for (const text of ['second', 'third']) mina.does({ kind: 'say', conversation: '#art', text })
  assert.deepEqual(
    mina.messages('#art').map(({ life }) => life.state),
    ['queued', 'queued', 'queued'],
  )
  // Not for a moment either, when what had arrived comes from the history.
  mina.onChange = () => {
    const texts = mina.texts('#art')
    assert.deepEqual(texts, [...new Set(texts)])
  }
  world.passes(2000)
  mina.ticks()
  await allSettle(mina, joon)
  assert.deepEqual(joon.texts('#art'), ['arrived', 'second', 'third'])
  assert.deepEqual(mina.texts('#art'), ['arrived', 'second', 'third'])
  assert.ok(mina.messages('#art').every(({ life }) => life.state === 'said'))
  assert.equal(mina.stored.has('queue'), false)
})

test('CLIENT - what an interface says again, as it can’t know whether it was heard, is said once', async () => {
  const { world, mina, joon } = await pair()
  const name = '0123456789abcdef0123456789abcdef'
  const atMs = world.core.clock.now()
  const say = (again: SaidBefore) =>
    mina.does({ kind: 'say', conversation: '#art', text: 'once', again })
  mina.isDeaf = true
  say({ name })
  await world.settles()
  say({ name, atMs })
  mina.breaks()
  mina.isDeaf = false
  // Nothing was kept: the interface alone knows of it.
  const anew = await comesOnline(world, 'mina', ROOMS)
  anew.does({ kind: 'say', conversation: '#art', text: 'once', again: { name, atMs } })
  await allSettle(anew, joon)
  assert.deepEqual(joon.texts('#art'), ['once'])
  assert.deepEqual(anew.texts('#art'), ['once'])
  assert.equal(anew.messages('#art')[0]?.life.state, 'said')
})

test('CLIENT - what was written longer ago than the server remembers its name is in doubt, not said again', async () => {
  const { world, mina } = await pair()
  mina.isDeaf = true
  mina.does({ kind: 'say', conversation: '#art', text: 'long ago' })
  await world.settles()
  mina.breaks()
  mina.isDeaf = false
  mina.isOffline = true
  world.passes(24 * 3_600_000)
  mina.ticks()
  mina.isOffline = false
  world.passes(120_000)
  mina.ticks()
  await mina.settles()
  const pending = mina.messages('#art').at(-1)
  assert.deepEqual(pending?.life, { state: 'unknown' })
  const written = () => mina.written.filter((line) => line.endsWith('PRIVMSG #art :long ago'))
  assert.equal(written().length, 1)
  mina.does({ kind: 'resend', conversation: '#art', item: pending?.id ?? '' })
  await mina.settles()
  assert.equal(new Set(written()).size, 2)
  assert.deepEqual(mina.messages('#art').at(-1)?.life, { state: 'said' })
})

test('CLIENT - messages that waited when the client ended are said when it begins again', async () => {
  const { world, mina, joon } = await pair()
  mina.breaks()
  mina.does({ kind: 'say', conversation: '#art', text: 'later' })
  const again = new Person(world, { nick: 'mina2' }, mina.stored)
  assert.deepEqual(again.texts('#art'), ['later'])
  again.does({ kind: 'connect' })
  await allSettle(again, joon)
  assert.deepEqual(joon.texts('#art'), ['later'])
  assert.deepEqual(again.texts('#art'), ['later'])
})

// oxlint-disable-next-line complexity -- a story
test('CLIENT - replies, reactions, edits and redactions are seen by both the same', async () => {
  const { mina, joon } = await pair()
  mina.does({ kind: 'say', conversation: '#art', text: 'teh palette' })
  await allSettle(mina, joon)
  const msgid = joon.messages('#art')[0]?.msgid ?? ''
  joon.does({ kind: 'react', conversation: '#art', msgid, emoji: '👍' })
  joon.does({ kind: 'say', conversation: '#art', text: 'nice', replyTo: msgid })
  await allSettle(mina, joon)
  assert.deepEqual(mina.messages('#art')[0]?.reactions, [
    { emoji: '👍', nicks: ['joon'], isMine: false },
  ])
  assert.equal(joon.messages('#art')[0]?.reactions[0]?.isMine, true)
  assert.deepEqual(mina.messages('#art')[1]?.replyTo, {
    msgid,
    nick: 'mina',
    excerpt: 'teh palette',
  })
  joon.does({ kind: 'unreact', conversation: '#art', msgid, emoji: '👍' })
  mina.does({ kind: 'edit', conversation: '#art', msgid, text: 'the palette' })
  await allSettle(mina, joon)
  for (const person of [mina, joon]) {
    const [before, , after] = person.messages('#art')
    assert.deepEqual(person.texts('#art'), ['', 'nice', 'the palette'])
    assert.deepEqual(before?.reactions, [])
    assert.equal(before?.life.state, 'redacted')
    assert.equal(before?.life.state === 'redacted' && before.life.editedBy, after?.msgid)
    assert.equal(after?.editOf, msgid)
    assert.deepEqual(person.messages('#art')[1]?.replyTo, { msgid })
  }
})

test('CLIENT - a message of several lines, and one too long for a line, arrive as they were', async () => {
  const { mina, joon } = await pair()
  const texts = ['one\n\ntwo  three', 'word '.repeat(300).trim(), '가나다라'.repeat(200)]
  for (const text of texts) mina.does({ kind: 'say', conversation: '#art', text })
  await allSettle(mina, joon)
  assert.deepEqual(joon.texts('#art'), texts)
  assert.deepEqual(mina.texts('#art'), texts)
})

test('CLIENT - a paste longer than a message may be becomes several, and nothing is lost', async () => {
  const { mina, joon } = await pair()
  const lines = Array.from({ length: 250 }, (_, i) => `line ${i} ${'x'.repeat(i % 60)}`)
  mina.does({ kind: 'say', conversation: '#art', text: lines.join('\n') })
  await allSettle(mina, joon)
  assert.equal(joon.texts('#art').join('\n'), lines.join('\n'))
  assert.ok(joon.texts('#art').length > 1)
})

test('CLIENT - who types is seen, and no longer than the specification says', async () => {
  const { world, mina, joon } = await pair()
  mina.does({ kind: 'draft', conversation: '#art', text: 'h' })
  await allSettle(mina, joon)
  assert.deepEqual(joon.model.typing.get('#art'), [{ nick: 'mina', key: 'mina', state: 'active' }])
  world.passes(6100)
  joon.ticks()
  assert.equal(joon.model.typing.get('#art')?.length ?? 0, 0)
  mina.does({ kind: 'draft', conversation: '#art', text: 'he' })
  await allSettle(mina, joon)
  mina.does({ kind: 'say', conversation: '#art', text: 'hello' })
  await allSettle(mina, joon)
  assert.equal(joon.model.typing.get('#art')?.length ?? 0, 0)
})

test('CLIENT - a direct conversation opens when somebody writes, and counts as a mention', async () => {
  const { mina, joon } = await pair()
  mina.does({ kind: 'sayTo', target: 'joon', text: 'psst' })
  await allSettle(mina, joon)
  assert.deepEqual(joon.texts('mina'), ['psst'])
  assert.deepEqual(mina.texts('joon'), ['psst'])
  assert.equal(joon.conversation('mina').kind, 'direct')
  joon.does({ kind: 'say', conversation: 'mina', text: 'yes?' })
  await allSettle(mina, joon)
  assert.deepEqual(mina.texts('joon'), ['psst', 'yes?'])
})

test('CLIENT - direct messages of somebody new that came during a break are found', async () => {
  const { world, mina, joon } = await pair()
  mina.does({ kind: 'register', password: 'correct horse' })
  await mina.settles()
  const login = { mechanism: 'password', account: 'mina', password: 'correct horse' } as const
  const phone = await comesOnline(world, 'mina', { login })
  await comeIn(phone)
  world.passes(20_000)
  mina.breaks()
  world.passes(20_000)
  joon.does({ kind: 'sayTo', target: 'mina', text: 'are you there?' })
  await allSettle(joon, phone)
  assert.deepEqual(phone.texts('joon'), ['are you there?'])
  world.passes(2000)
  mina.ticks()
  await comeIn(mina)
  await allSettle(mina)
  assert.deepEqual(mina.texts('joon'), ['are you there?'])
  assert.equal(mina.conversation('joon').unread, 1)
})

test('CLIENT - a nick change follows people through rooms and conversations', async () => {
  const { mina, joon } = await pair()
  mina.does({ kind: 'sayTo', target: 'joon', text: 'hi' })
  await allSettle(mina, joon)
  joon.does({ kind: 'chooseNick', nick: 'joonie' })
  await allSettle(mina, joon)
  assert.equal(joon.model.self.nick, 'joonie')
  assert.deepEqual([...(mina.model.members.get('#art')?.keys() ?? [])].sort(), ['joonie', 'mina'])
  assert.equal(mina.conversation('joonie').kind, 'direct')
  assert.equal(mina.model.people.has('joon'), false)
})

test('CLIENT - a refusal is the server’s own words, to whoever asked', async () => {
  const { mina, joon } = await pair()
  const ref = joon.does({ kind: 'kick', conversation: '#art', nick: 'mina' })
  const topic = joon.does({ kind: 'setTopic', conversation: '#art', text: 'mine' })
  const none = joon.does({ kind: 'whois', nick: 'nobody' })
  await allSettle(mina, joon)
  assert.equal(joon.outcomes.get(ref)?.kind, 'refused')
  assert.deepEqual(joon.outcomes.get(topic), {
    kind: 'refused',
    code: '482',
    text: "You're not channel operator",
    context: ['#art'],
  })
  const answer = joon.outcomes.get(none)
  assert.equal(answer?.kind === 'refused' && answer.code, '401')
  assert.deepEqual(joon.model.notices, [])
})

test('CLIENT - a moderated room: what can’t be said has failed, and can be said again', async () => {
  const { mina, joon } = await pair()
  mina.does({ kind: 'setModes', conversation: '#art', modes: ['+m'] })
  await allSettle(mina, joon)
  joon.does({ kind: 'say', conversation: '#art', text: 'hm' })
  await allSettle(mina, joon)
  const failed = joon.messages('#art')[0]
  assert.equal(failed?.life.state === 'failed' && failed.life.refusal.code, '404')
  mina.does({ kind: 'setModes', conversation: '#art', modes: ['-m'] })
  await allSettle(mina, joon)
  joon.does({ kind: 'resend', conversation: '#art', item: failed?.id ?? '' })
  await allSettle(mina, joon)
  assert.deepEqual(mina.texts('#art'), ['hm'])
  assert.equal(joon.messages('#art')[0]?.life.state, 'said')
})

test('CLIENT - topic, modes, ranks, kicks and room names are as the server says', async () => {
  const { mina, joon } = await pair()
  mina.does({ kind: 'setTopic', conversation: '#art', text: 'palettes' })
  mina.does({ kind: 'setModes', conversation: '#art', modes: ['+kl', 'key', '9'] })
  mina.does({ kind: 'setModes', conversation: '#art', modes: ['+v', 'joon'] })
  mina.does({ kind: 'ban', conversation: '#art', whom: 'evil!*@*' })
  mina.does({ kind: 'loadList', conversation: '#art', mode: 'b' })
  mina.does({ kind: 'renameRoom', conversation: '#art', name: '#arts' })
  await allSettle(mina, joon)
  const room = joon.conversation('#arts')
  assert.equal(room.id, '#art')
  assert.equal(room.topic?.text, 'palettes')
  assert.deepEqual([room.modes, room.key, room.limit], ['+ntkl', 'key', 9])
  assert.equal(room.ownRanks, '+')
  assert.equal(mina.conversation('#arts').lists['b']?.[0]?.mask, 'evil!*@*')
  mina.does({ kind: 'kick', conversation: '#art', nick: 'joon', reason: 'bye' })
  await allSettle(mina, joon)
  assert.equal(joon.conversation('#arts').standing, 'removed')
  assert.equal(mina.model.members.get('#art')?.size, 1)
})

test('CLIENT - a nick that is taken is a question, and its answer goes on', async () => {
  const { world } = await pair()
  const other = await comesOnline(world, 'mina')
  assert.equal(other.model.connection.state, 'asking')
  assert.equal(other.model.connection.question?.kind, 'nick')
  other.does({ kind: 'chooseNick', nick: 'minsu' })
  await other.settles()
  assert.equal(other.model.connection.state, 'online')
  assert.equal(other.model.self.nick, 'minsu')
})

test('CLIENT - an account is made, and the next time it is logged in to without showing the password', async () => {
  const { world, mina } = await pair()
  const made = mina.does({ kind: 'register', password: 'correct horse' })
  await mina.settles()
  assert.deepEqual(mina.outcomes.get(made), { kind: 'done' })
  assert.equal(mina.model.self.account, 'mina')
  mina.breaks()
  world.passes(2000)
  mina.written.length = 0
  mina.ticks()
  await comeIn(mina)
  assert.equal(mina.model.self.account, 'mina')
  assert.ok(mina.written.includes('AUTHENTICATE SCRAM-SHA-256'))
})

test('CLIENT - a wrong password is a question: another one, or none', async () => {
  const { world, mina } = await pair()
  mina.does({ kind: 'register', password: 'correct horse' })
  await mina.settles()
  const login = { mechanism: 'password', account: 'mina', password: 'wrong' } as const
  const other = await comesOnline(world, 'other', { login })
  for (let i = 0; i < 200 && other.model.connection.state !== 'asking'; i++) {
    await other.settles()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  assert.equal(other.model.connection.question?.kind, 'login')
  other.does({ kind: 'guest' })
  await other.settles()
  assert.equal(other.model.connection.state, 'online')
  assert.equal(other.model.self.account, undefined)
})

test('CLIENT - the changes, applied, are the model', async () => {
  const { mina, joon } = await pair()
  mina.does({ kind: 'enter', conversation: '#art', text: '/topic hello there' })
  mina.does({ kind: 'enter', conversation: '#art', text: '/me waves' })
  joon.does({ kind: 'enter', conversation: '#art', text: '/nick june' })
  joon.does({ kind: 'enter', conversation: '#art', text: '/away lunch' })
  joon.does({ kind: 'enter', conversation: '#art', text: '/list' })
  joon.does({ kind: 'enter', conversation: '#art', text: '/status drawing' })
  await allSettle(mina, joon)
  assert.equal(mina.model.people.get('june')?.presence, 'away')
  assert.equal(joon.model.self.away, 'lunch')
  assert.equal(joon.model.roomList.rooms[0]?.name, '#art')
  assert.equal(mina.model.people.get('june')?.metadata['status'], 'drawing')
  joon.does({ kind: 'part', conversation: '#art' })
  joon.does({ kind: 'close', conversation: '#art' })
  await allSettle(mina, joon)
  assert.equal(joon.model.conversations.size, 0)
  for (const person of [mina, joon]) {
    const snapshot = person.client.snapshot()
    assert.deepEqual(person.model, snapshot.kind === 'snapshot' && snapshot.model)
  }
})

test('CLIENT - what is read on one device is read on the other', async () => {
  const { world, mina, joon } = await pair()
  const account = joon.does({ kind: 'register', password: 'correct horse' })
  await joon.settles()
  assert.equal(joon.outcomes.get(account)?.kind, 'done')
  const login = { mechanism: 'password', account: 'joon', password: 'correct horse' } as const
  const phone = await comesOnline(world, 'joon', { login })
  await comeIn(phone)
  world.passes(1000)
  mina.does({ kind: 'say', conversation: '#art', text: 'read me' })
  await allSettle(mina, joon, phone)
  assert.equal(phone.conversation('#art').unread, 1)
  assert.equal(joon.conversation('#art').unread, 1)
  joon.does({ kind: 'read', conversation: '#art' })
  assert.equal(joon.conversation('#art').unread, 0)
  world.passes(1100)
  joon.ticks()
  await allSettle(joon, phone)
  assert.equal(phone.conversation('#art').unread, 0)
})
