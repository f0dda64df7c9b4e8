import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { scramClient } from '../../test/support/scram-client.ts'
import { scramServer, type ScramIdentity, type ScramServer } from './scram.ts'
import { makeScramCredentials } from './scram-credentials.ts'

const PENCIL = await makeScramCredentials('pencil', {
  salt: Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'),
  iterations: 4096,
})
const USER: ScramIdentity = { account: 'User', credentials: PENCIL }
const NAMES = new Map([
  ['user', USER],
  ['a,b=c', { account: 'a,b=c', credentials: PENCIL }],
])
const NONCE = '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0'
const CLIENT_NONCE = 'rOprNGfwEbeRWgbNEkqO'

function server(fakeSaltKey = 'key', lookup = (name: string) => NAMES.get(name)): ScramServer {
  return scramServer({ lookup, nonce: NONCE, fakeSaltKey: Buffer.from(fakeSaltKey) })
}

function client(name = 'user', password = 'pencil', gs2Header = 'n,,') {
  return scramClient({ name, password, nonce: CLIENT_NONCE, gs2Header })
}

/** What the server says first. */
function challengeOf(scram: ScramServer, first: string): string {
  const step = scram.step(first)
  assert.equal(step.kind, 'send')
  return step.kind === 'send' ? step.send : ''
}

// https://www.rfc-editor.org/rfc/rfc7677#section-3
test('SCRAM - the exchange of RFC 7677 goes as it is written there', () => {
  const scram = server()
  assert.deepEqual(scram.step(`n,,n=user,r=${CLIENT_NONCE}`), {
    kind: 'send',
    send: `r=${CLIENT_NONCE}${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`,
  })
  assert.deepEqual(scram.claim?.name, 'user')
  const proof = 'dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ='
  assert.deepEqual(scram.step(`c=biws,r=${CLIENT_NONCE}${NONCE},p=${proof}`), {
    kind: 'done',
    account: 'User',
    send: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  })
})

test('SCRAM - a wrong password fails, and nothing more can be said after the end', () => {
  const scram = server()
  const hers = client('user', 'pencils')
  const final = hers.final(challengeOf(scram, hers.first))
  assert.deepEqual(scram.step(final), { kind: 'failed' })
  const right = client()
  assert.deepEqual(scram.step(right.first), { kind: 'failed' })
  assert.deepEqual(scram.step(final), { kind: 'failed' })
})

test('SCRAM - an account that there is not fails at the same step, with a salt that stays the same', () => {
  const salt = (key: string, name: string) =>
    /,s=([^,]{24}),i=600000$/.exec(challengeOf(server(key), client(name).first))?.[1]
  assert.ok(salt('key', 'nobody') !== undefined)
  assert.equal(salt('key', 'nobody'), salt('key', 'nobody'))
  assert.equal(salt('key', 'nobody'), salt('key', 'NoBody'))
  assert.notEqual(salt('key', 'nobody'), salt('key', 'nobody2'))
  assert.notEqual(salt('key', 'nobody'), salt('another', 'nobody'))
  const scram = server()
  const hers = client('nobody')
  assert.deepEqual(scram.step(hers.final(challengeOf(scram, hers.first))), { kind: 'failed' })
})

test('SCRAM - clients that could bind channels may come in without, but not ask for it', () => {
  for (const [header, kind] of [
    ['n,,', 'done'],
    ['y,,', 'done'],
    ['n,a=somebody,', 'done'],
    ['p=tls-exporter,,', 'failed'],
    ['p=tls-unique,,', 'failed'],
    ['x,,', 'failed'],
    ['n,b=x,', 'failed'],
    ['n,', 'failed'],
    [',,', 'failed'],
  ] as const) {
    const scram = server()
    const his = client('user', 'pencil', header)
    const first = scram.step(his.first)
    const end = first.kind === 'send' ? scram.step(his.final(first.send)) : first
    assert.equal(end.kind, kind, header)
    if (kind === 'done') assert.equal(scram.claim?.as, header.includes('a=') ? 'somebody' : '')
  }
})

// A header that was changed on the way is seen. https://www.rfc-editor.org/rfc/rfc5802#section-5.1
test('SCRAM - the last message has to repeat the header, the nonce, and nothing may be amiss in it', () => {
  const his = client('user', 'pencil', 'y,,')
  const final = his.final(challengeOf(server(), his.first))
  const attempt = (message: string) => {
    const scram = server()
    scram.step(his.first)
    return scram.step(message).kind
  }
  assert.equal(attempt(final), 'done')
  for (const wrong of [
    final.replace('c=eSws', 'c=biws'),
    final.replace('c=eSws', 'c=eSwsAA=='),
    final.replace(',r=', ',r=x'),
    final.replace(',p=', ',x=1,p='),
    final.replace(/p=.*$/, 'p='),
    final.replace(/,p=.*$/, ''),
    `${final},x=1`,
    final.slice(0, -1),
    '',
  ]) {
    assert.equal(attempt(wrong), 'failed', wrong)
  }
})

test('SCRAM - first messages that are not as they should be fail', () => {
  for (const wrong of [
    '',
    'n,,',
    'n,,n=,r=abc',
    'n,,n=user',
    'n,,n=user,r=',
    'n,,r=abc,n=user',
    'n,,m=x,n=user,r=abc',
    'n,,n=us=20er,r=abc',
    'n,,n=user=,r=abc',
    'n,a=x=,n=user,r=abc',
    'n,,n=us\0er,r=abc',
    'n,,n=user,r=\u00E9',
    `n,,n=user,r=${'a'.repeat(257)}`,
  ]) {
    assert.equal(server().step(wrong).kind, 'failed', wrong)
  }
  assert.equal(server().step('n,,n=user,r=abc,x=an extension').kind, 'send')
})

// "The characters ',' or '=' in usernames are sent as '=2C' and '=3D' respectively."
test('SCRAM - commas and equals signs in names arrive as they are', () => {
  const scram = server()
  const his = client('a,b=c')
  assert.match(his.first, /n=a=2Cb=3Dc,/)
  const end = scram.step(his.final(challengeOf(scram, his.first)))
  assert.equal(end.kind === 'done' && end.account, 'a,b=c')
  assert.equal(scram.claim?.name, 'a,b=c')
})

test('SCRAM - a password that was changed during the exchange is right no more', async () => {
  const changed = {
    account: 'User',
    credentials: await makeScramCredentials('pen', { iterations: 1 }),
  }
  let now: ScramIdentity | undefined = USER
  const run = (meanwhile: ScramIdentity | undefined) => {
    now = USER
    const scram = server('key', () => now)
    const his = client()
    const final = his.final(challengeOf(scram, his.first))
    now = meanwhile
    return scram.step(final).kind
  }
  assert.equal(run(USER), 'done')
  assert.equal(run(changed), 'failed')
  assert.equal(run(undefined), 'failed')
})

test('SCRAM - who has the password comes in, and the server proves that it knows it too', async () => {
  const text = fc.string({
    minLength: 1,
    maxLength: 20,
    unit: fc.constantFrom('a', 'b', '한', ' '),
  })
  await fc.assert(
    fc.asyncProperty(text, text, async (password, given) => {
      const credentials = await makeScramCredentials(password, { iterations: 1 })
      const scram = server('key', () => ({ account: 'User', credentials }))
      const his = client('user', given)
      const end = scram.step(his.final(challengeOf(scram, his.first)))
      assert.equal(end.kind, password === given ? 'done' : 'failed')
      if (end.kind === 'done') assert.equal(end.send, his.verifier())
    }),
  )
})

test('SCRAM - whatever is said to it, nothing but the right proof gets in', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (messages) => {
      const scram = server()
      for (const message of messages) assert.notEqual(scram.step(message).kind, 'done')
    }),
  )
})

test('SCRAM - credentials are made with the iterations that OWASP asks for, and a salt of their own', async () => {
  const [one, other] = await Promise.all([makeScramCredentials('x'), makeScramCredentials('x')])
  assert.equal(one.iterations, 600_000)
  assert.equal(Buffer.from(one.salt, 'base64').length, 16)
  assert.notEqual(one.salt, other.salt)
  assert.notEqual(one.storedKey, other.storedKey)
})
