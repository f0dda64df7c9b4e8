import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { scramClient, type ScramClient } from '../../test/support/scram-client.ts'
import type { Account } from '../state/account.ts'
import type { LoginAnswer, LoginQuestion } from './login-book.ts'
import { saslExchange, type SaslExchange, type SaslOutcome } from './sasl.ts'
import { SASL_MECHANISMS } from './sasl-mechanism.ts'
import { saslPieces } from './sasl-pieces.ts'
import { makeScramCredentials } from './scram-credentials.ts'

const ANNA: Account = {
  name: 'Anna',
  key: 'anna',
  registeredAtMs: 0,
  scram: await makeScramCredentials('sesame', { iterations: 1 }),
  certificates: [],
  appPasswords: [],
  language: 'en',
  settings: { protect: true },
  nicks: [],
}
const FINGERPRINT = 'ab'.repeat(32)

function exchange(certificateFingerprint = FINGERPRINT): SaslExchange {
  let nonces = 0
  return saslExchange({
    mechanisms: SASL_MECHANISMS,
    certificateFingerprint,
    lookup: (name) =>
      name === 'anna' && ANNA.scram !== undefined
        ? { account: ANNA.name, credentials: ANNA.scram }
        : undefined,
    fakeSaltKey: Buffer.from('key'),
    newNonce: () => `nonce${nonces++}`,
  })
}

/** Knows one account, whose password is sesame. */
function answer(question: LoginQuestion): LoginAnswer {
  const isRight = {
    password: () =>
      question.kind === 'password' && question.name === 'anna' && question.password === 'sesame',
    scram: () => question.kind === 'scram' && question.prove() === 'Anna',
    certificate: () => question.kind === 'certificate' && question.fingerprint === FINGERPRINT,
  }[question.kind]()
  const isSelf = question.as === '' || question.as === 'anna'
  return isRight && isSelf ? { kind: 'account', account: ANNA } : { kind: 'wrong' }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** What comes of these lines, the questions in between answered. */
function play(sasl: SaslExchange, ...params: readonly string[]): SaslOutcome {
  let outcome: SaslOutcome = { kind: 'more' }
  for (const param of params) {
    outcome = sasl.hear(param)
    if (outcome.kind === 'ask') outcome = outcome.answer(answer(outcome.question))
  }
  return outcome
}

function sent(outcome: SaslOutcome): string {
  assert.equal(outcome.kind, 'send')
  const params = outcome.kind === 'send' ? outcome.params : []
  return Buffer.from(params.join('').replace(/\+$/, ''), 'base64').toString()
}

const EMPTY_CHALLENGE: SaslOutcome = { kind: 'send', params: ['+'] }
const MALFORMED: SaslOutcome = { kind: 'fail', why: { kind: 'malformed' } }
const WRONG: SaslOutcome = { kind: 'fail', why: { kind: 'wrong' } }
const SUCCESS: SaslOutcome = { kind: 'success', login: { kind: 'account', account: ANNA } }

// "If the chosen mechanism is client-first, the server sends an empty response (AUTHENTICATE +)"
test('SASL - PLAIN asks for the three parts of the response, and succeeds if they are right', () => {
  const sasl = exchange()
  assert.deepEqual(sasl.hear('PLAIN'), EMPTY_CHALLENGE)
  assert.ok(sasl.isOpen)
  const outcome = sasl.hear(base64('anna\0anna\0sesame'))
  assert.ok(outcome.kind === 'ask')
  const question = { kind: 'password', name: 'anna', password: 'sesame', as: 'anna' }
  assert.deepEqual(outcome.question, question)
  assert.deepEqual(outcome.answer(answer(outcome.question)), SUCCESS)
  assert.ok(!sasl.isOpen)
  assert.deepEqual(play(sasl, 'PLAIN', base64('\0anna\0sesam')), WRONG)
  assert.deepEqual(play(sasl, 'PLAIN', base64('\0anna\0sesame')), SUCCESS)
  assert.deepEqual(play(sasl, 'plain', base64('ben\0anna\0sesame')), WRONG)
})

test('SASL - EXTERNAL asks whose certificate it is', () => {
  const sasl = exchange()
  assert.deepEqual(sasl.hear('EXTERNAL'), EMPTY_CHALLENGE)
  const outcome = sasl.hear('+')
  assert.ok(outcome.kind === 'ask')
  assert.deepEqual(outcome.question, { kind: 'certificate', fingerprint: FINGERPRINT, as: '' })
  assert.deepEqual(outcome.answer(answer(outcome.question)), SUCCESS)
  assert.deepEqual(play(sasl, 'EXTERNAL', base64('anna')), SUCCESS)
  assert.deepEqual(play(sasl, 'EXTERNAL', base64('ben')), WRONG)
  assert.deepEqual(play(exchange('00'), 'EXTERNAL', '+'), WRONG)
})

// "If the mechanism finishes with the server sending a non-empty challenge …, clients MUST still send an empty response."
test('SASL - SCRAM goes in both directions, and ends with an empty response', () => {
  const sasl = exchange()
  const anna = scramClient({ name: 'anna', password: 'sesame', nonce: 'abc' })
  assert.deepEqual(play(sasl, 'SCRAM-SHA-256'), EMPTY_CHALLENGE)
  const challenge = sent(play(sasl, base64(anna.first)))
  const verifier = sent(play(sasl, base64(anna.final(challenge))))
  assert.equal(verifier, anna.verifier())
  assert.ok(sasl.isOpen)
  assert.deepEqual(play(sasl, '+'), SUCCESS)
})

test('SASL - a right proof of SCRAM alone does not log in', () => {
  for (const [end, expected] of [
    ['*', { kind: 'aborted' }],
    [base64('x'), MALFORMED],
  ] as const) {
    const sasl = exchange()
    const anna = scramClient({ name: 'anna', password: 'sesame', nonce: 'abc' })
    const challenge = sent(play(sasl, 'SCRAM-SHA-256', base64(anna.first)))
    play(sasl, base64(anna.final(challenge)))
    assert.deepEqual(play(sasl, end), expected)
    assert.ok(!sasl.isOpen)
    assert.equal(play(sasl, '+').kind, 'unknownMechanism')
  }
})

test('SASL - a wrong password and an unknown name fail in SCRAM at the same line, the same way', () => {
  const lines = (name: string, password: string) => {
    const sasl = exchange()
    const client = scramClient({ name, password, nonce: 'abc' })
    const challenge = sent(play(sasl, 'SCRAM-SHA-256', base64(client.first)))
    return play(sasl, base64(client.final(challenge.replace('i=600000', 'i=1'))))
  }
  assert.deepEqual(lines('anna', 'wrong'), WRONG)
  assert.deepEqual(lines('nobody', 'sesame'), WRONG)
})

// "If the last chunk was exactly 400 bytes long, it must also be followed by AUTHENTICATE + to signal end of response."
test('SASL - long responses come in pieces of 400, and end with a shorter one', () => {
  const asked = (passwordLength: number, pieces: number) => {
    const sasl = exchange()
    sasl.hear('PLAIN')
    const password = 'x'.repeat(passwordLength)
    const params = saslPieces(`anna\0anna\0${password}`)
    assert.equal(params.length, pieces)
    const outcomes = params.map((param) => sasl.hear(param))
    const last = outcomes.pop()
    assert.ok(outcomes.every(({ kind }) => kind === 'more'))
    assert.ok(last?.kind === 'ask' && last.question.kind === 'password')
    assert.equal(last.question.password, password)
  }
  asked(297 - 10, 1)
  asked(300 - 10, 2)
  asked(600 - 10, 3)
  asked(1000, 4)
  assert.deepEqual(saslPieces('x'.repeat(300)).at(-1), '+')
  assert.deepEqual(saslPieces(''), ['+'])
})

test('SASL - a line of more than 400 bytes, and a response of more than 4 KiB, end it', () => {
  assert.deepEqual(play(exchange(), 'PLAIN', 'A'.repeat(401)), { kind: 'tooLong' })
  assert.deepEqual(play(exchange(), 'A'.repeat(401)), { kind: 'tooLong' })
  const sasl = exchange()
  sasl.hear('PLAIN')
  const piece = 'A'.repeat(400)
  for (let i = 0; i < 10; i++) assert.deepEqual(sasl.hear(piece), { kind: 'more' })
  assert.deepEqual(sasl.hear(piece), { kind: 'fail', why: { kind: 'tooMuch' } })
  assert.ok(!sasl.isOpen)
  assert.equal(sasl.hear(piece).kind, 'unknownMechanism')
  // What was heard before does not come back.
  assert.deepEqual(play(sasl, 'PLAIN', piece, '*', 'PLAIN', base64('\0anna\0sesame')), SUCCESS)
})

test('SASL - what is not base64, not UTF-8 or not of three parts is refused', () => {
  for (const param of [
    '!!!',
    'A',
    'AA',
    'AAA',
    'AB==',
    'AAA=AAAA',
    ' AAA',
    '-_-_',
    '+',
    Buffer.from([0, 0x61, 0, 0xff]).toString('base64'),
    base64('anna'),
    base64('\0anna'),
    base64('\0anna\0'),
    base64('\0\0sesame'),
    base64('\0anna\0ses\0ame'),
    base64('\0anna\0sesame\0'),
    // A mechanism where a response is due is a response.
    'EXTERNAL',
  ]) {
    assert.deepEqual(play(exchange(), 'PLAIN', param), MALFORMED, param)
  }
  assert.deepEqual(play(exchange(), 'EXTERNAL', base64('an\0na')), MALFORMED)
  assert.deepEqual(play(exchange(), 'SCRAM-SHA-256', '+'), MALFORMED)
  assert.deepEqual(play(exchange(), 'SCRAM-SHA-256', base64('p=x,,n=anna,r=a')), MALFORMED)
})

test('SASL - a mechanism that is not offered is answered with those that are', () => {
  const mechanisms = SASL_MECHANISMS
  for (const name of ['FOO', '', '+', 'SCRAM-SHA-256-PLUS', '__proto__']) {
    assert.deepEqual(play(exchange(), name), { kind: 'unknownMechanism', mechanisms })
  }
})

test('SASL - an asterisk aborts at any time', () => {
  const aborted = { kind: 'aborted' }
  assert.deepEqual(play(exchange(), '*'), aborted)
  assert.deepEqual(play(exchange(), 'PLAIN', '*'), aborted)
  assert.deepEqual(play(exchange(), 'PLAIN', 'A'.repeat(400), '*'), aborted)
  const sasl = exchange()
  assert.deepEqual(play(sasl, 'PLAIN', '*', 'PLAIN', base64('\0anna\0sesame')), SUCCESS)
})

test('SASL - an answer that comes too late, or twice, changes nothing', () => {
  for (const meanwhile of ['*', '+', 'PLAIN', base64('\0anna\0sesame'), 'A'.repeat(500)]) {
    const sasl = exchange()
    sasl.hear('PLAIN')
    const outcome = sasl.hear(base64('\0anna\0sesame'))
    assert.ok(outcome.kind === 'ask')
    assert.ok(['aborted', 'fail', 'tooLong'].includes(sasl.hear(meanwhile).kind))
    assert.deepEqual(outcome.answer({ kind: 'account', account: ANNA }), { kind: 'stale' })
    sasl.hear('PLAIN')
    const again = sasl.hear(base64('\0ben\0guess'))
    assert.ok(again.kind === 'ask')
    assert.deepEqual(outcome.answer({ kind: 'account', account: ANNA }), { kind: 'stale' })
    assert.deepEqual(again.answer({ kind: 'wrong' }), WRONG)
    assert.deepEqual(again.answer({ kind: 'account', account: ANNA }), { kind: 'stale' })
  }
})

test('SASL - why it failed is handed on', () => {
  for (const refused of [
    { kind: 'busy' },
    { kind: 'wait', waitMs: 2000 },
    { kind: 'suspended', suspended: { reason: 'spam', atMs: 0, by: 'root' } },
  ] as const) {
    const sasl = exchange()
    sasl.hear('PLAIN')
    const outcome = sasl.hear(base64('\0anna\0sesame'))
    assert.ok(outcome.kind === 'ask')
    assert.deepEqual(outcome.answer(refused), { kind: 'fail', why: refused })
  }
})

/** What a client may do next, in the eyes of one that has lost its mind. */
const MOVES = [
  'PLAIN',
  'SCRAM-SHA-256',
  'EXTERNAL',
  '*',
  '+',
  '!!!',
  'A'.repeat(400),
  'A'.repeat(401),
  'plain right',
  'plain wrong',
  'scram first',
  'scram final',
  'scram wrong first',
  'external',
  'answer',
  'answer an old question',
] as const

// Whoever the book has said yes to, for the question that is open, comes in; nobody else does.
test('SASL - in any order of lines and answers: logged in means verified', () => {
  let successes = 0
  const move = fc.oneof(
    { arbitrary: fc.constantFrom(...MOVES), weight: 1 },
    { arbitrary: fc.constant('go on' as const), weight: 3 },
  )
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const stage = createStage()
      for (const one of moves) {
        const outcome = stage.play(one === 'go on' ? stage.sensible() : one)
        if (outcome?.kind !== 'success') continue
        successes += 1
        assert.equal(outcome.login.account, ANNA)
      }
      assert.equal(stage.successes(), stage.verified())
    }),
    { numRuns: 500 },
  )
  assert.ok(successes > 50, `${successes}`)
})

type Move = (typeof MOVES)[number]
type Asked = Extract<SaslOutcome, { kind: 'ask' }>

/** Plays moves, and keeps its own simple record of what should come of them. */
function createStage() {
  const sasl = exchange()
  const old: Asked[] = []
  let asked: Asked | undefined
  let client: ScramClient | undefined
  let challenge = ''
  /** Verified, and nothing said since but what the protocol wants. */
  let isVerified = false
  let last: SaslOutcome = { kind: 'aborted' }
  let successes = 0
  let verified = 0

  function hear(param: string): SaslOutcome {
    if (asked !== undefined) old.push(asked)
    asked = undefined
    // A verified client of SCRAM has one thing to say.
    if (isVerified && param === '+') verified += 1
    isVerified = false
    last = sasl.hear(param)
    if (last.kind === 'ask') asked = last
    if (last.kind === 'send') challenge = sent(last)
    if (last.kind === 'success') successes += 1
    return last
  }

  function reply(): SaslOutcome | undefined {
    if (asked === undefined) return undefined
    const { question } = asked
    const said = answer(question)
    last = asked.answer(said)
    old.push(asked)
    asked = undefined
    if (said.kind === 'account' && question.kind === 'scram') isVerified = true
    else if (said.kind === 'account') verified += 1
    if (last.kind === 'success') successes += 1
    return last
  }

  function scramFirst(password: string): SaslOutcome {
    client = scramClient({ name: 'anna', password, nonce: 'abc' })
    return hear(base64(client.first))
  }

  function play(move: Move): SaslOutcome | undefined {
    switch (move) {
      case 'plain right':
        return hear(base64('\0anna\0sesame'))
      case 'plain wrong':
        return hear(base64('\0anna\0wrong'))
      case 'scram first':
        return scramFirst('sesame')
      case 'scram wrong first':
        return scramFirst('wrong')
      case 'scram final':
        return hear(
          base64(client !== undefined && challenge !== '' ? client.final(challenge) : 'x'),
        )
      case 'external':
        return hear('+')
      case 'answer':
        return reply()
      case 'answer an old question':
        assert.ok(
          old.every((one) => one.answer({ kind: 'account', account: ANNA }).kind === 'stale'),
        )
        return undefined
      default:
        return hear(move)
    }
  }

  return {
    play,
    successes: () => successes,
    verified: () => verified,
    /** The move that a client in its right mind makes with SCRAM. */
    sensible(): Move {
      if (asked !== undefined) return 'answer'
      if (!sasl.isOpen) return 'SCRAM-SHA-256'
      if (isVerified) return '+'
      return challenge === '' ? 'scram first' : 'scram final'
    },
  }
}
