import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Script } from '../support/scripted-server.ts'
import { allSettle, comesOnline, pair, type Person } from '../support/scripted-server-world.ts'

function presenceOf(person: Person, key: string): string | undefined {
  return person.model.people.get(key)?.presence
}

test('CLIENT - who was away before one came is known to be away, and after a break, and after coming back', async () => {
  const { world, mina, joon } = await pair()
  joon.does({ kind: 'away', text: 'lunch' })
  await allSettle(mina, joon)
  const late = await comesOnline(world, 'late', { rooms: ['#art'] })
  assert.equal(presenceOf(late, 'joon'), 'away')
  assert.equal(presenceOf(late, 'mina'), 'here')
  late.breaks()
  assert.equal(presenceOf(late, 'joon'), 'unknown')
  world.passes(2000)
  late.ticks()
  await late.settles()
  assert.equal(presenceOf(late, 'joon'), 'away')
  late.does({ kind: 'part', conversation: '#art' })
  await late.settles()
  assert.equal(presenceOf(late, 'joon'), undefined)
  late.does({ kind: 'join', name: '#art' })
  await late.settles()
  world.passes(2000)
  late.ticks()
  await late.settles()
  assert.equal(presenceOf(late, 'joon'), 'away')
  joon.does({ kind: 'away' })
  await allSettle(joon, late)
  assert.equal(presenceOf(late, 'joon'), 'here')
})

test('CLIENT - the other one of a direct conversation is known to be away in no room at all', async () => {
  const { world, mina, joon } = await pair()
  joon.does({ kind: 'away', text: 'lunch' })
  await allSettle(mina, joon)
  const other = await comesOnline(world, 'other')
  other.does({ kind: 'open', nick: 'joon' })
  await other.settles()
  assert.equal(presenceOf(other, 'joon'), 'away')
  joon.does({ kind: 'disconnect' })
  await allSettle(joon, other)
  assert.equal(presenceOf(other, 'joon'), 'gone')
})

const CAPS = 'batch labeled-response away-notify'

/** The questions that it wrote, without their labels. */
function questions(script: Script): string[] {
  return script.written().flatMap((line) => /^(?:@\S+ )?(WHO .*)$/.exec(line)?.[1] ?? [])
}

function enters(script: Script, ...rooms: readonly string[]): void {
  for (const room of rooms) {
    script.hears(`:me!u@h JOIN ${room}`, `:srv 353 me = ${room} :@me bob`, `:srv 366 me ${room} :.`)
  }
}

/** Answers the question that is open. */
function answers(script: Script, label: string, ...lines: readonly string[]): void {
  const whole = lines.map((line) => `@batch=w ${line}`)
  script.hears(`@label=${label} :srv BATCH +w labeled-response`, ...whole, ':srv BATCH -w')
}

function labelOf(script: Script): string {
  const lines = script.orders.flatMap((order) => (order.kind === 'send' ? order.lines : []))
  return (
    /^@label=(\S+) WHO /.exec(lines.findLast((line) => line.includes(' WHO ')) ?? '')?.[1] ?? ''
  )
}

test('CLIENT - one question at a time, what is on the screen first, and none about a crowd', () => {
  const script = new Script().comesOnline(CAPS, ['WHOX'])
  enters(script, '#a', '#b', '#c')
  assert.deepEqual(questions(script), ['WHO #a %tuhnfar,77'])
  script.does({ kind: 'look', conversation: '#c' })
  const crowd = Array.from({ length: 500 }, (_, i) => `n${i}`)
  script.hears(':me!u@h JOIN #d', ...crowd.map((nick) => `:srv 353 me = #d :${nick}`))
  script.hears(':srv 366 me #d :End')
  answers(script, labelOf(script), ':srv 354 me 77 u h bob G 0 :Bob', ':srv 315 me #a :End')
  assert.equal(script.model.people.get('bob')?.presence, 'away')
  assert.deepEqual(questions(script), [])
  script.passes(1000)
  assert.deepEqual(questions(script), ['WHO #c %tuhnfar,77'])
  // Nobody is told that one was refused, and the next goes on.
  answers(script, labelOf(script), ':srv 263 me WHO :Please wait a while and try again.')
  assert.deepEqual(script.model.notices, [])
  script.passes(1000)
  assert.deepEqual(questions(script), ['WHO #b %tuhnfar,77'])
  // One that isn't answered holds up the next for half a minute.
  script.passes(31_000)
  script.passes(1000)
  assert.deepEqual(questions(script), [])
})

test('CLIENT - names are asked for again only after coming into the room again', () => {
  const script = new Script().comesOnline(CAPS, ['WHOX'])
  enters(script, '#a')
  answers(script, labelOf(script), ':srv 315 me #a :End')
  script.passes(1000)
  questions(script)
  script.hears(':srv 353 me = #a :@me bob', ':srv 366 me #a :End')
  assert.deepEqual(questions(script), [])
  script.hears(':me!u@h PART #a')
  enters(script, '#a')
  assert.deepEqual(questions(script), ['WHO #a %tuhnfar,77'])
})

test('CLIENT - a server without the extended form is asked in the plain one', () => {
  const script = new Script().comesOnline(CAPS, ['BOT=B'])
  enters(script, '#a')
  assert.deepEqual(questions(script), ['WHO #a'])
  answers(
    script,
    labelOf(script),
    ':srv 352 me #a user host srv bob GB :0 Bob B.',
    ':srv 352 me #a user host srv stranger H :0 Stranger',
    ':srv 315 me #a :End',
  )
  const bob = script.model.people.get('bob')
  const { userName, host, realName, presence, isBot } = bob ?? {}
  assert.deepEqual(
    { userName, host, realName, presence, isBot },
    { userName: 'user', host: 'host', realName: 'Bob B.', presence: 'away', isBot: true },
  )
  assert.equal(script.model.people.has('stranger'), false)
})

test('CLIENT - where nobody says who comes back, nobody is shown as away for good', () => {
  const plain = new Script().comesOnline('batch labeled-response')
  enters(plain, '#a')
  assert.deepEqual(questions(plain), [])
  const extended = new Script().comesOnline('batch labeled-response', ['WHOX'])
  enters(extended, '#a')
  answers(extended, labelOf(extended), ':srv 354 me 77 u h bob G bobby :Bob')
  const bob = extended.model.people.get('bob')
  assert.deepEqual([bob?.account, bob?.presence], ['bobby', 'unknown'])
})
