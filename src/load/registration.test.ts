import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorReason, greeting, newRegistration, register } from './registration.ts'

const step = (line: string, state = newRegistration('u1')) => register(line, state, '#r0')

test('BENCH - a PING is answered with its token, with or without a source', () => {
  assert.deepEqual(step('PING :a b'), { kind: 'say', lines: 'PONG :a b\r\n' })
  assert.deepEqual(step('@t=1 :irc.test PING abc'), { kind: 'say', lines: 'PONG :abc\r\n' })
})

test('BENCH - a nick in use is tried again with a suffix, five times', () => {
  const state = newRegistration('u1')
  const line = ':irc.test 433 * u1 :Nickname is already in use'
  for (let attempt = 1; attempt <= 5; attempt++) {
    assert.deepEqual(step(line, state), { kind: 'say', lines: `NICK u1_${attempt}\r\n` })
  }
  assert.deepEqual(step(line, state), { kind: 'refused', reason: 'nick in use' })
})

test('BENCH - only capabilities that are offered are requested, over several lines of LS', () => {
  const state = newRegistration('u1')
  assert.deepEqual(step('CAP * LS * :sasl=PLAIN echo-message', state), { kind: 'wait' })
  const request = step(':irc.test CAP * LS :server-time=1 batch', state)
  assert.deepEqual(request, { kind: 'say', lines: 'CAP REQ :echo-message server-time\r\n' })
  const end = step(':irc.test CAP u1 ACK :echo-message server-time ', state)
  assert.deepEqual(end, { kind: 'say', lines: 'CAP END\r\n' })
  assert.deepEqual(state.agreed, ['echo-message', 'server-time'])
})

test('BENCH - a server that offers nothing is not asked for anything', () => {
  assert.deepEqual(step('CAP * LS :'), { kind: 'say', lines: 'CAP END\r\n' })
  assert.ok(!greeting('u1', 'plain').includes('CAP'))
})

test('BENCH - a refusal of the room counts, and a numeric about something else does not', () => {
  const state = newRegistration('u1')
  assert.deepEqual(step(':s 001 u1 :Welcome', state), { kind: 'welcomed' })
  assert.deepEqual(step(':s 422 u1 :MOTD File is missing', state), { kind: 'wait' })
  const refused = step(':s 471 u1 #R0 :Cannot join channel (+l)', state)
  assert.deepEqual(refused, { kind: 'refused', reason: '471 Cannot join channel (+l)' })
})

test('BENCH - reasons that differ only in who and where count together', () => {
  const text = (n: number) => `Closing link: (u${n}@127.0.0.${n}) [Too many connections]`
  assert.equal(errorReason(text(1)), 'Too many connections')
  assert.equal(errorReason('Throttled, wait 12 s'), errorReason('Throttled, wait 7 s'))
})
