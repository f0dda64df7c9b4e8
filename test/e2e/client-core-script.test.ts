import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Model } from '../../src/client/model.ts'
import type { Message } from '../../src/client/timeline.ts'
import { Script } from '../support/scripted-server.ts'

const LABELS = 'message-tags server-time batch echo-message labeled-response'

function messages(model: Model, id: string): readonly Message[] {
  return (model.timelines.get(id)?.items ?? []).filter((item) => item.kind === 'message')
}

function inRoom(script: Script): Script {
  script.does({ kind: 'join', name: '#a' })
  script.hears(':me!u@h JOIN #a', ':srv 353 me = #a :@me bob', ':srv 366 me #a :End')
  const pings = script.written().flatMap((line) => /^PING (ask-\S+)$/.exec(line)?.[1] ?? [])
  for (const ping of pings) script.hears(`:srv PONG srv ${ping}`)
  return script
}

test('CLIENT - a server of 1993 is enough to talk, and nothing more is promised', () => {
  const script = inRoom(new Script().comesOnline())
  assert.equal(script.model.connection.state, 'online')
  assert.equal(script.model.server.can.history, false)
  assert.equal(script.model.server.can.confirms, false)
  script.does({ kind: 'say', conversation: '#a', text: 'hello' })
  const [said = '', ping = ''] = script.written()
  assert.equal(said, 'PRIVMSG #a :hello')
  assert.equal(messages(script.model, '#a')[0]?.life.state, 'sending')
  script.hears(`:srv PONG srv ${ping.slice(5)}`)
  assert.equal(messages(script.model, '#a')[0]?.life.state, 'written')
  const ref = script.does({ kind: 'react', conversation: '#a', msgid: 'x', emoji: '👍' })
  assert.deepEqual(script.outcomes.get(ref), { kind: 'refused', code: 'notSupported', context: [] })
})

test('CLIENT - without labels a refusal before the PONG is the answer', () => {
  const script = inRoom(new Script().comesOnline())
  script.does({ kind: 'say', conversation: '#a', text: 'hello' })
  const [, ping = ''] = script.written()
  script.hears(':srv 404 me #a :Cannot send to channel', `:srv PONG srv ${ping.slice(5)}`)
  const life = messages(script.model, '#a')[0]?.life
  assert.equal(life?.state === 'failed' && life.refusal.text, 'Cannot send to channel')
})

test('CLIENT - where messages have no names, one whose fate nobody knows is said again only if the user says so', () => {
  const script = inRoom(new Script().comesOnline())
  script.does({ kind: 'say', conversation: '#a', text: 'arrived?' })
  script.breaks()
  script.does({ kind: 'say', conversation: '#a', text: 'never written' })
  assert.deepEqual(
    messages(script.model, '#a').map(({ life }) => life.state),
    ['unknown', 'queued'],
  )
  script.written()
  script.passes(5000)
  script.comesOnline()
  script.hears(':me!u@h JOIN #a', ':srv 366 me #a :End')
  const said = script.written().filter((line) => line.startsWith('PRIVMSG'))
  assert.deepEqual(said, ['PRIVMSG #a :never written'])
  const unknown = messages(script.model, '#a').find(({ text }) => text === 'arrived?')
  assert.equal(unknown?.life.state, 'unknown')
  script.does({ kind: 'resend', conversation: '#a', item: unknown.id })
  assert.equal(script.written()[0], 'PRIVMSG #a :arrived?')
})

test('CLIENT - what breaks on its way may have been done; what was never written was not', () => {
  const script = inRoom(new Script().comesOnline())
  const broken = script.does({ kind: 'setTopic', conversation: '#a', text: 'on its way' })
  script.breaks()
  const refused = script.does({ kind: 'setTopic', conversation: '#a', text: 'never written' })
  assert.deepEqual(script.outcomes.get(broken), { kind: 'unknown' })
  assert.deepEqual(script.outcomes.get(refused), {
    kind: 'refused',
    code: 'notConnected',
    context: [],
  })
})

test('CLIENT - a break at a server without history leaves a mark that something may be missing', () => {
  const script = inRoom(new Script().comesOnline())
  script.hears(':bob!u@h PRIVMSG #a :before')
  script.breaks()
  script.passes(5000)
  script.comesOnline()
  script.hears(':me!u@h JOIN #a', ':srv 366 me #a :End', ':bob!u@h PRIVMSG #a :after')
  const items = script.model.timelines.get('#a')?.items ?? []
  const gap = items.find(({ kind }) => kind === 'gap')
  assert.equal(gap?.kind === 'gap' && gap.state, 'lost')
  const shown = items.filter(({ kind }) => kind !== 'happening')
  assert.deepEqual(
    shown.map((item) => (item.kind === 'message' ? item.text : item.kind)),
    ['before', 'gap', 'after'],
  )
})

test('CLIENT - each attempt waits longer than the one before, up to a minute, and never the same', () => {
  const script = new Script()
  script.does({ kind: 'connect' })
  const waits: number[] = []
  for (let i = 0; i < 12; i++) {
    script.breaks()
    const waitMs = (script.model.connection.retryAtMs ?? 0) - script.nowMs
    waits.push(waitMs)
    script.passes(waitMs)
    assert.equal(script.model.connection.state, 'connecting')
  }
  assert.ok((waits[0] ?? 0) >= 500 && (waits[0] ?? 0) <= 1000)
  assert.ok((waits[5] ?? 0) >= 16_000 && (waits[5] ?? 0) <= 32_000)
  assert.ok(waits.every((waitMs) => waitMs <= 60_000))
  assert.equal(new Set(waits).size, waits.length)
})

test('CLIENT - a question without an answer is over after half a minute', () => {
  const script = inRoom(new Script().comesOnline(LABELS))
  const ref = script.does({ kind: 'setTopic', conversation: '#a', text: 'x' })
  assert.equal(script.outcomes.has(ref), false)
  script.passes(31_000)
  assert.deepEqual(script.outcomes.get(ref), { kind: 'unknown' })
})

test('CLIENT - a server that does not know the password is not believed', () => {
  const login = { mechanism: 'password', account: 'me', password: 'pw' } as const
  const script = new Script({ login })
  script.does({ kind: 'connect' })
  script.take(script.client.opened({ isSecure: false }))
  script.hears(':srv CAP * LS :sasl=SCRAM-SHA-256', ':srv CAP * ACK :sasl', 'AUTHENTICATE +')
  const first = script.written().findLast((line) => line.startsWith('AUTHENTICATE ')) ?? ''
  const nonce = /r=(.*)$/.exec(atob(first.slice('AUTHENTICATE '.length)))?.[1] ?? ''
  script.hears(`AUTHENTICATE ${btoa(`r=${nonce}x,s=c2FsdA==,i=4096`)}`)
  const order = script.orders.find(({ kind }) => kind === 'prove')
  assert.ok(order?.kind === 'prove')
  script.take(script.client.proved(order.id, { proof: 'cA==', serverSignature: 'right' }))
  script.hears(`AUTHENTICATE ${btoa('v=wrong')}`, ':srv 903 me :SASL authentication successful')
  assert.equal(script.model.connection.state, 'asking')
  const { question } = script.model.connection
  assert.equal(question?.kind === 'login' && question.refusal.code, 'badProof')
})

test('CLIENT - a password is not sent where anybody could read it', () => {
  const login = { mechanism: 'password', account: 'me', password: 'secret' } as const
  const script = new Script({ login })
  script.does({ kind: 'connect' })
  script.take(script.client.opened({ isSecure: false }))
  script.hears(':srv CAP * LS :sasl=PLAIN', ':srv CAP * ACK :sasl')
  assert.equal(script.model.connection.state, 'asking')
  assert.ok(script.written().every((line) => !line.includes(btoa('\0me\0secret'))))
})

test('CLIENT - a code stands behind the password: what would be said otherwise than it was meant is not said', () => {
  const script = new Script().comesOnline(`${LABELS} draft/account-registration`)
  const wrong = [
    { password: 'two words', invitation: 'code' },
    { password: ':word', invitation: 'code' },
    { password: '', invitation: 'code' },
    { password: 'word', invitation: 'two words' },
    { password: 'word', email: 'me @example.org' },
    { password: 'word', account: 'my name' },
  ]
  const named = wrong.map((words) => {
    const outcome = script.outcomes.get(script.does({ kind: 'register', ...words }))
    return outcome?.kind === 'refused' && outcome.code === 'hasSpaces' && outcome.context[0]
  })
  assert.deepEqual(named, ['password', 'password', 'password', 'invitation', 'email', 'account'])
  assert.deepEqual(script.written(), [])
  script.does({ kind: 'register', password: 'two words' })
  script.does({ kind: 'register', password: 'word', invitation: 'code' })
  assert.deepEqual(
    script.written().map((line) => line.replace(/^@\S+ /, '')),
    ['REGISTER * * :two words', 'REGISTER * * word code'],
  )
})

test('CLIENT - a name that no room can have is refused, and leaves no conversation behind', () => {
  const script = new Script().comesOnline(LABELS)
  for (const name of ['#bad,name', '#bad name', 'bell\x07']) {
    const outcome = script.outcomes.get(script.does({ kind: 'join', name }))
    assert.equal(outcome?.kind === 'refused' && outcome.code, 'notFound')
  }
  assert.equal(script.model.conversations.size, 0)
  assert.deepEqual(script.written(), [])
  const conversation = script.model.self.key
  script.does({ kind: 'enter', conversation, text: '/join #bad,name key' })
  assert.deepEqual([...script.model.conversations.keys()], ['#bad', '#name'])
  assert.deepEqual(
    script.written().map((line) => line.replace(/^@\S+ /, '')),
    ['JOIN #bad key', 'JOIN #name'],
  )
})

test('CLIENT - "MUST immediately close its insecure connection, reconnect securely on the stated port"', () => {
  const script = new Script()
  script.does({ kind: 'connect' })
  script.take(script.client.opened({ isSecure: false }))
  script.hears(':srv CAP * LS :sts=port=6697,duration=100')
  assert.ok(script.orders.some((order) => order.kind === 'secure' && order.port === 6697))
  assert.equal(script.model.connection.trouble?.kind, 'insecure')
})

test('CLIENT - a redaction of a message of another room is ignored', () => {
  const script = inRoom(new Script().comesOnline(`${LABELS} draft/message-redaction`))
  script.hears(
    ':me!u@h JOIN #b',
    '@msgid=m1;time=2026-01-01T12:00:01.000Z :bob!u@h PRIVMSG #a :keep me',
    ':eve!u@h REDACT #b m1',
  )
  assert.equal(messages(script.model, '#a')[0]?.text, 'keep me')
  script.hears(':bob!u@h REDACT #a m1 :oops')
  assert.deepEqual(messages(script.model, '#a')[0]?.life, {
    state: 'redacted',
    by: 'bob',
    reason: 'oops',
  })
})

test('CLIENT - names that objects have of their own are names like others', () => {
  const script = inRoom(new Script().comesOnline(LABELS))
  for (const nick of ['__proto__', 'constructor', 'toString']) {
    script.hears(`:${nick}!u@h JOIN #a`, `:${nick}!u@h PRIVMSG #a :hi`)
    script.hears(`:srv METADATA ${nick} ${nick} * :x`, `:srv ${nick} me x`, `${nick} x`)
  }
  assert.equal(script.model.members.get('#a')?.size, 5)
  assert.equal(
    Object.getPrototypeOf(script.model.people.get('__proto__')?.metadata),
    Object.prototype,
  )
})

test('CLIENT - where the last message is not known any more, what followed is asked for by its time', () => {
  const caps = `${LABELS} draft/chathistory`
  const script = inRoom(new Script().comesOnline(caps))
  script.hears('@msgid=m1;time=2026-01-01T12:00:01.000Z :bob!u@h PRIVMSG #a :before')
  script.breaks()
  script.lives(2000)
  script.take(script.client.opened({ isSecure: true }))
  script.hears(`:srv CAP * LS :${caps}`, `:srv CAP * ACK :${caps}`, ':srv 001 me :Welcome')
  script.hears(':srv 422 me :No MOTD', ':me!u@h JOIN #a')
  const asked = (): string =>
    script.written().findLast((line) => line.includes('CHATHISTORY LATEST')) ?? ''
  const byName = asked()
  assert.match(byName, /LATEST #a msgid=m1 /)
  script.hears(`${tagOf(byName)} :srv FAIL CHATHISTORY INVALID_MSGREFTYPE LATEST m1 :Unknown`)
  const byTime = asked()
  assert.match(byTime, /LATEST #a timestamp=2026-01-01T12:00:00\.999Z /)
  script.hears(`${tagOf(byTime)} :srv FAIL CHATHISTORY MESSAGE_ERROR #a :Not now`)
  assert.deepEqual(script.written(), [])
  const gap = script.model.timelines.get('#a')?.items.at(-1)
  assert.equal(gap?.kind === 'gap' && gap.state, 'failed')
})

const tagOf = (line: string): string => line.slice(0, line.indexOf(' '))
