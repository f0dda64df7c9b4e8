import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MOST } from '../../src/client/most.ts'
import { Script } from '../support/scripted-server.ts'
import { allSettle, comesOnline } from '../support/scripted-server-world.ts'
import { World } from '../support/world.ts'

const EVERYTHING =
  'cap-notify message-tags server-time batch labeled-response echo-message standard-replies account-notify account-tag away-notify chghost extended-join extended-monitor invite-notify multi-prefix setname userhost-in-names draft/channel-rename draft/chathistory draft/event-playback draft/message-redaction draft/metadata-2 draft/multiline=max-bytes=4096,max-lines=100 draft/read-marker maru.chat/client-msgid soju.im/search'

/** What a real server says in an evening with a bit of everything. */
async function transcript(): Promise<string[]> {
  const world = new World({}, { log: true })
  const mina = await comesOnline(world, 'mina', { rooms: ['#art', '#code'] })
  const joon = await comesOnline(world, 'joon', { rooms: ['#art'] })
  const enter = async (who: typeof mina, ...texts: readonly string[]) => {
    for (const text of texts) who.does({ kind: 'enter', conversation: '#art', text })
    await allSettle(mina, joon)
  }
  await enter(mina, 'hello joon', 'one\ntwo', '/me waves', '/topic palettes', '/mode +kl k 5')
  const msgid = joon.messages('#art')[0]?.msgid ?? ''
  joon.does({ kind: 'react', conversation: '#art', msgid, emoji: '🎨' })
  joon.does({ kind: 'draft', conversation: '#art', text: 'typing' })
  await enter(joon, '/nick june', '/away lunch', '/back', '/whois mina', '/list', '/status busy')
  mina.does({ kind: 'redact', conversation: '#art', msgid })
  mina.does({ kind: 'search', query: { text: 'hello' } })
  mina.does({ kind: 'jump', target: '#art', msgid: 'nothing' })
  await enter(
    mina,
    '/op june',
    '/ban evil!*@*',
    '/bans',
    '/msg june psst',
    '/invite june',
    '/rename #arts',
  )
  await enter(mina, '/kick june out', '/ns help', '/raw MOTD', '/raw WHO #arts', '/raw NOSUCH x')
  mina.breaks()
  world.passes(3000)
  mina.ticks()
  await allSettle(mina, joon)
  return [...mina.heard, ...joon.heard]
}

type Mutate = (line: string, other: string, random: () => number) => string

const WORDS = [
  '',
  ':',
  '*',
  '#art',
  'mina',
  'me',
  '@',
  '=',
  '__proto__',
  '\x01',
  '가',
  '\u202e',
  '9'.repeat(30),
]

const MUTATIONS: readonly Mutate[] = [
  (line) => line,
  (line, _, random) => line.slice(0, Math.floor(random() * line.length)),
  (line, other, random) => line.slice(0, Math.floor(random() * line.length)) + other,
  (line, other) => `${line.split(' ')[0] ?? ''} ${other.split(' ').slice(1).join(' ')}`,
  (line, _, random) => replaceWord(line, random, WORDS[Math.floor(random() * WORDS.length)] ?? ''),
  (line, other, random) => replaceWord(line, random, other.split(' ')[1] ?? ''),
  (line) => line.replace(/label=\w+/, 'label=q1'),
  (line) => line.replace(/BATCH -\S+/, 'BATCH -none'),
  (line, other) =>
    `@batch=${/BATCH \+(\S+)/.exec(other)?.[1] ?? 'x'} ${line.replace(/^@\S+ /, '')}`,
  (line, _, random) => line.replaceAll(/\d/g, () => String(Math.floor(random() * 10))),
  (line) => `${line} ${'x'.repeat(9000)}`,
  (line) => line.toUpperCase(),
  (line) => line.replace('mina', 'me').replace('joon', 'me'),
]

function replaceWord(line: string, random: () => number, word: string): string {
  const words = line.split(' ')
  words[Math.floor(random() * words.length)] = word
  return words.join(' ')
}

function assertBounded(script: Script): void {
  const { model } = script
  assert.ok(model.conversations.size <= MOST.conversations)
  assert.ok(model.notices.length <= MOST.notices)
  assert.ok(model.mentions.length <= MOST.mentions)
  for (const { items } of model.timelines.values()) {
    assert.ok(items.length <= MOST.items * 1.25 + MOST.queue)
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length, 'an id twice')
    const msgids = items.flatMap((item) => (item.kind === 'gap' ? [] : (item.msgid ?? [])))
    assert.equal(new Set(msgids).size, msgids.length, 'a message twice')
  }
  const snapshot = script.client.snapshot()
  assert.ok(snapshot.kind === 'snapshot')
  assert.deepEqual(model, snapshot.model)
}

test('CLIENT - 100,000 mutated lines of a real server: no crash, no hang, bounded, and the model is the client’s', async () => {
  const corpus = await transcript()
  assert.ok(corpus.length > 150)
  let lines = 0
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 2 }), (seed) => {
      let state = seed
      const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
      const script = new Script({ rooms: ['#art'] }).comesOnline(EVERYTHING)
      script.hears(':me!u@h JOIN #art * me')
      for (let i = 0; i < 500; i++) {
        const line = pick(MUTATIONS)(pick(corpus), pick(corpus), random)
        script.hears(line.replaceAll('\r', ''))
        const bug = script.model.notices.find(({ code }) => code === 'internalError')
        assert.equal(bug?.text, undefined)
        lines++
        if (i % 50 === 0) act(script, pick(corpus), random)
      }
      assertBounded(script)
    }),
    { numRuns: 200 },
  )
  assert.ok(lines >= 100_000)
})

/** The user goes on meanwhile, and time passes. */
function act(script: Script, line: string, random: () => number): void {
  const conversation = [...script.model.conversations.keys()].at(-1) ?? '#art'
  const items = script.model.timelines.get(conversation)?.items ?? []
  const item = items[Math.floor(random() * items.length)]
  script.does({ kind: 'enter', conversation, text: line.slice(0, 100) })
  if (item !== undefined) script.does({ kind: 'look', conversation, at: item.id })
  if (item?.kind === 'gap') script.does({ kind: 'fill', conversation, gap: item.id, side: 'newer' })
  script.does({ kind: 'read', conversation })
  script.passes(Math.floor(random() * 5000))
  const { state } = script.model.connection
  if (state === 'waiting' || state === 'offline' || state === 'asking') {
    script.does({ kind: 'guest' })
    script.does({ kind: 'retryNow' })
    script.take(script.client.opened({ isSecure: true }))
    script.hears(':srv CAP * LS :', ':srv 001 me :Welcome', ':srv 422 me :No MOTD')
  }
}

test('CLIENT - a room that floods stays as big as it was', () => {
  const script = new Script({ rooms: ['#art'] }).comesOnline(EVERYTHING)
  script.hears(':me!u@h JOIN #art * me')
  for (let turn = 0; turn < 200; turn++) {
    const lines = Array.from(
      { length: 500 },
      (_, i) => `@msgid=${turn}-${i};time=2026-01-01T12:00:00.000Z :bob!u@h PRIVMSG #art :me ${i}`,
    )
    script.hears(...lines)
  }
  const { items } = script.model.timelines.get('#art') ?? { items: [] }
  assert.ok(items.length <= MOST.items * 1.25)
  assert.equal(items[0]?.kind, 'gap')
  assert.equal(script.model.conversations.get('#art')?.unread, 100_000)
  assertBounded(script)
})

test('CLIENT - whoever sends without end finds an end', () => {
  const script = new Script().comesOnline(EVERYTHING)
  const many = (line: (i: number) => string) => {
    for (let at = 0; at < 20_000; at += 1000) {
      script.hears(...Array.from({ length: 1000 }, (_, i) => line(at + i)))
    }
  }
  many((i) => `:n${i}!u@h PRIVMSG me :hi`)
  many((i) => `:srv BATCH +${i} chathistory #x`)
  many((i) => `@batch=1 :n!u@h PRIVMSG #x :${i}`)
  many((i) => `:srv 322 me #r${i} 1 :topic`)
  many((i) => `:srv 005 me T${i}=1 :are supported`)
  many((i) => `:srv CAP me NEW :cap${i}`)
  many((i) => `@+reply=m${i};+draft/react=x :n!u@h TAGMSG me`)
  many((i) => `:srv METADATA me k${i} * v`)
  many((i) => `:n!u@h REDACT me m${i}`)
  many((i) => `:srv 999 me ${i}`)
  script.hears(':srv 323 me :End')
  assert.equal(script.model.roomList.isCut, true)
  assert.equal(script.model.roomList.rooms.length, MOST.listedRooms)
  assert.ok(Object.keys(script.model.self.metadata).length <= MOST.metadataKeys)
  assertBounded(script)
})
