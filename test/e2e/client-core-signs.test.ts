import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Script } from '../support/scripted-server.ts'

const LABELS = 'labeled-response batch echo-message'

function online(): Script {
  const script = new Script().comesOnline(LABELS)
  script.hears(':me!u@h JOIN #a', ':srv 366 me #a :End')
  script.written()
  return script
}

const opens = ({ orders }: Script): number => orders.filter(({ kind }) => kind === 'open').length

test('CLIENT - a server that says nothing any more is noticed, and another connection is made', () => {
  const script = online()
  script.lives(29_000)
  assert.deepEqual(script.written(), [])
  script.lives(4000)
  assert.deepEqual(script.written(), ['PING alive'])
  assert.equal(script.model.connection.overdueSinceMs, undefined)
  script.lives(6000)
  assert.equal(script.model.connection.state, 'online')
  assert.ok(script.model.connection.overdueSinceMs !== undefined)
  script.lives(15_000)
  assert.equal(script.model.connection.trouble?.kind, 'silent')
  assert.equal(script.model.connection.overdueSinceMs, undefined)
  assert.ok(script.orders.some(({ kind }) => kind === 'close'))
  script.lives(2000)
  assert.equal(opens(script), 2)
})

test('CLIENT - who hears something is at peace: an answer that was overdue has come', () => {
  const script = online()
  script.does({ kind: 'say', conversation: '#a', text: 'hello?' })
  script.lives(7000)
  assert.equal(script.model.connection.overdueSinceMs, script.nowMs - 7000)
  script.hears(':srv PONG srv :alive')
  assert.equal(script.model.connection.overdueSinceMs, undefined)
  script.lives(29_000)
  assert.equal(script.model.connection.state, 'online')
})

test('CLIENT - a message that nobody answers is a sign as well, and is not called said', () => {
  const script = online()
  script.does({ kind: 'say', conversation: '#a', text: 'hello?' })
  script.lives(22_000)
  assert.equal(script.model.connection.trouble?.kind, 'silent')
  const message = script.model.timelines.get('#a')?.items.at(-1)
  assert.deepEqual(message?.kind === 'message' && message.life, { state: 'unknown' })
})

test('CLIENT - after a sleep of the device the connection is asked at once, and soon given up', () => {
  const script = online()
  script.lives(12_000)
  script.sleeps(3_600_000)
  script.lives(6000)
  assert.match(script.written().join(), /^PING awake-\w+$/)
  assert.equal(script.model.connection.state, 'online')
  script.lives(9000)
  assert.equal(script.model.connection.trouble?.kind, 'silent')
  script.lives(2000)
  assert.equal(opens(script), 2)
})

test('CLIENT - a connection that outlived the sleep is kept', () => {
  const script = online()
  script.lives(12_000)
  script.sleeps(60_000)
  script.lives(6000)
  script.hears(`:srv PONG srv :${script.written().at(-1)?.slice(5)}`)
  script.lives(25_000)
  assert.equal(script.model.connection.state, 'online')
  assert.equal(opens(script), 1)
})

test('CLIENT - who was stopped with clocks that go on asks as soon as they run again', () => {
  const script = online()
  script.lives(12_000)
  script.passes(20_000)
  assert.match(script.written().join(), /^PING awake-\w+$/)
  script.lives(10_000)
  assert.equal(script.model.connection.trouble?.kind, 'silent')
  assert.equal(opens(script), 2)
})

test('CLIENT - a question from before a stop is answered by what waited to be read', () => {
  const script = online()
  script.does({ kind: 'say', conversation: '#a', text: 'hello?' })
  const [line = ''] = script.written()
  script.passes(25_000)
  const label = /label=([^ ;]+)/.exec(line)?.[1] ?? ''
  script.hears(`@label=${label} :me!u@h PRIVMSG #a :hello?`)
  script.hears(`:srv PONG srv :${script.written().at(-1)?.slice(5)}`)
  script.lives(10_000)
  assert.equal(script.model.connection.state, 'online')
  const [message] = script.model.timelines.get('#a')?.items.slice(-1) ?? []
  assert.deepEqual(message?.kind === 'message' && message.life, { state: 'said' })
})

test('CLIENT - what waited to be read during a sleep is no sign that the connection is there still', () => {
  const script = online()
  script.passes(20_000)
  script.hears(':june!u@h PRIVMSG #a :said before the connection went')
  script.lives(10_000)
  assert.equal(script.model.connection.trouble?.kind, 'silent')
  const [message] = script.model.timelines.get('#a')?.items.slice(-1) ?? []
  assert.equal(message?.kind === 'message' && message.text, 'said before the connection went')
})

test('CLIENT - who goes on hearing others after a sleep has a connection, however late its own answer comes', () => {
  const script = online()
  script.passes(20_000)
  script.lives(4000)
  script.hears(':june!u@h PRIVMSG #a :are you there?')
  script.lives(10_000)
  assert.equal(script.model.connection.state, 'online')
})

test('CLIENT - what waits for its next attempt tries at once when the device wakes', () => {
  const script = online()
  for (let times = 0; times < 6; times++) {
    script.breaks()
    script.lives(times < 5 ? 40_000 : 0)
  }
  const before = opens(script)
  assert.equal(script.model.connection.state, 'waiting')
  script.does({ kind: 'wake' })
  assert.equal(opens(script), before + 1)
  // More of them do no harm.
  script.does({ kind: 'wake' })
  assert.equal(opens(script), before + 1)
  script.lives(3000)
  script.does({ kind: 'wake' })
  assert.equal(opens(script), before + 2)
})

test('CLIENT - a name that a dead connection of ours holds is asked for every few seconds', () => {
  const script = online()
  for (let times = 0; times < 8; times++) {
    script.breaks()
    script.lives(9000)
    script.take(script.client.opened({ isSecure: true }))
    script.hears(':srv CAP * LS :', ':srv 433 * me :Nickname is already in use')
    const { state, retryAtMs = 0 } = script.model.connection
    assert.equal(state, 'waiting')
    assert.ok(retryAtMs - script.nowMs <= 8000, String(retryAtMs - script.nowMs))
  }
})
