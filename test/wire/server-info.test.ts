import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from '../support/world.ts'

const isSupport = (line: string) => line.includes(' 005 ')

test('MOTD - line by line, and 422 when there is none', () => {
  const alice = new World({ motd: ['Hello.', '', 'Bye.'] }).join('alice')
  assert.deepEqual(alice.asks('MOTD'), [
    ':irc.test 375 alice :- irc.test Message of the day - ',
    ':irc.test 372 alice :- Hello.',
    ':irc.test 372 alice :- ',
    ':irc.test 372 alice :- Bye.',
    ':irc.test 376 alice :End of /MOTD command',
  ])
  assert.deepEqual(new World({ motd: [] }).join('bob').asks('MOTD'), [
    ':irc.test 422 bob :MOTD File is missing',
  ])
})

test('SERVER - a question for another server is 402; this one answers to its name, patterns and nicks', () => {
  const world = new World()
  const alice = world.join('alice')
  const questions = ['MOTD', 'VERSION', 'ADMIN', 'TIME', 'INFO', 'LUSERS *', 'STATS u', 'LINKS']
  for (const question of questions) {
    const rest = question === 'LINKS' ? ' *' : ''
    for (const target of ['IRC.test', '*', 'irc.*', '*test', 'alice', 'ALICE']) {
      const answer = alice.asks(`${question} ${target}${rest}`)
      assert.ok(answer.length > 0 && answer.every((line) => !line.includes(' 402 ')), target)
    }
    assert.deepEqual(alice.asks(`${question} irc.elsewhere${rest}`), [
      ':irc.test 402 alice irc.elsewhere :No such server',
    ])
  }
})

test('LUSERS - counts visible and invisible users; zeros that may be left out are', () => {
  const world = new World()
  const alice = world.join('alice')
  assert.deepEqual(alice.asks('LUSERS'), [
    ':irc.test 251 alice :There are 0 users and 1 invisible on 1 servers',
    ':irc.test 255 alice :I have 1 clients and 0 servers',
    ':irc.test 265 alice 1 1 :Current local users 1, max 1',
    ':irc.test 266 alice 1 1 :Current global users 1, max 1',
  ])
})

test('LUSERS - follows strangers, operators, channels, and remembers the most users', async () => {
  const world = new World()
  const alice = world.join('alice')
  const [bat, qux] = [world.connect(), world.connect()]
  const counts = () =>
    alice.asks('LUSERS').map((line) => line.split(' ').slice(1, 5).join(' ').replace(' alice', ''))
  bat.sends('NICK bat')
  assert.ok(counts().includes('253 2 :unknown'))
  qux.sends('NICK qux', 'USER q 0 * :q', 'JOIN #art')
  assert.deepEqual(counts().slice(1, 3), ['253 1 :unknown', '254 1 :channels'])
  bat.sends('QUIT')
  assert.ok(!counts().some((line) => line.startsWith('253')))
  qux.sends('OPER root secret')
  await world.settles()
  assert.ok(counts().includes('252 1 :operator(s)'))
  qux.vanishes()
  assert.deepEqual(counts(), ['251 :There are', '255 :I have', '265 1 2', '266 1 2'])
})

test('LUSERS - an operator who gives it up is counted no more', async () => {
  const world = new World()
  const alice = await world.joinAsOperator('alice')
  assert.equal(world.core.network.counts.operators, 1)
  alice.sends('QUIT')
  assert.equal(world.core.network.counts.operators, 0)
})

test('VERSION - names the software and says again what is supported', () => {
  const alice = new World().join('alice')
  const [first, ...rest] = alice.asks('VERSION')
  assert.equal(first, ':irc.test 351 alice maru-test irc.test Test')
  assert.ok(rest.length > 0 && rest.every(isSupport))
})

test('ADMIN - what is unset is said so, and nothing at all is 423', () => {
  const admin = { location1: 'Seoul', location2: '', email: 'admin@irc.test' }
  assert.deepEqual(new World({ admin }).join('alice').asks('ADMIN'), [
    ':irc.test 256 alice irc.test :Administrative info',
    ':irc.test 257 alice Seoul',
    ':irc.test 258 alice :(not set)',
    ':irc.test 259 alice admin@irc.test',
  ])
  const none = { location1: '', location2: '', email: '' }
  assert.deepEqual(new World({ admin: none }).join('alice').asks('ADMIN'), [
    ':irc.test 423 alice irc.test :No administrative info available',
  ])
})

test('TIME - is the time of the server, for people', () => {
  assert.deepEqual(new World().join('alice').asks('TIME'), [
    ':irc.test 391 alice irc.test :Thu, 01 Jan 2026 12:00:00 GMT',
  ])
})

test('INFO - "zero or more RPL_INFO replies, followed by one RPL_ENDOFINFO"', () => {
  const lines = new World().join('alice').asks('INFO')
  for (const line of lines.slice(0, -1)) assert.match(line, /^:irc\.test 371 alice :\S/)
  assert.equal(lines.at(-1), ':irc.test 374 alice :End of /INFO list')
  assert.ok(lines.some((line) => line.includes('maru-test')))
})

test('LINKS - is this server alone, if the mask fits', () => {
  const alice = new World().join('alice')
  const itself = ':irc.test 364 alice irc.test irc.test :0 Test server'
  assert.deepEqual(alice.asks('LINKS'), [itself, ':irc.test 365 alice * :End of /LINKS list'])
  assert.deepEqual(alice.asks('LINKS *.test'), [
    itself,
    ':irc.test 365 alice *.test :End of /LINKS list',
  ])
  assert.deepEqual(alice.asks('LINKS *.org'), [':irc.test 365 alice *.org :End of /LINKS list'])
})

test('HELP - the index names every command, and each one is explained', () => {
  const world = new World()
  const alice = world.join('alice')
  const index = alice.asks('HELP')
  assert.match(index[0] ?? '', /^:irc\.test 704 alice \* :/)
  assert.match(index.at(-1) ?? '', /^:irc\.test 706 alice \* :/)
  const words = new Set(index.flatMap((line) => line.split(/[ :]/)))
  for (const [name, { summary, syntax, spec }] of world.core.table) {
    assert.ok(words.has(name), name)
    const lines = alice.asks(`HELP ${name.toLowerCase()}`)
    assert.match(lines[0] ?? '', / 704 alice \S+ :?[A-Z@]/)
    const text = lines.join('\n')
    for (const part of [summary, syntax, spec]) assert.ok(text.includes(part), name)
  }
})

test('HELP - HELPOP is the same, modes are explained, and an unknown subject is 524', () => {
  const alice = new World().join('alice')
  assert.deepEqual(alice.asks('HELPOP PRIVMSG'), alice.asks('HELP PRIVMSG'))
  assert.ok(alice.asks('HELP umodes').some((line) => line.includes('705 alice umodes :+w ')))
  assert.equal(alice.asks('HELP modes').filter((line) => line.includes(' :+')).length, 19)
  assert.ok(alice.asks('HELP extban').length > 2)
  assert.deepEqual(alice.asks('HELP THISISNOTACOMMAND'), [
    ':irc.test 524 alice THISISNOTACOMMAND :No help available on this topic',
  ])
})

test('STATS - ? lists the letters, and so does no letter', () => {
  const alice = new World().join('alice')
  const lines = alice.asks('STATS')
  assert.equal(lines.at(-1), ':irc.test 219 alice ? :End of /STATS report')
  assert.deepEqual(alice.asks('STATS ?'), lines)
  assert.equal(lines.length, 9)
  assert.deepEqual(alice.asks('STATS x'), [':irc.test 219 alice x :End of /STATS report'])
})

test('STATS - m counts the commands with their bytes, the unknown ones together', () => {
  const alice = new World().join('alice')
  alice.sends('PING x', 'PING yz', 'FOO', 'BAR')
  const lines = alice.asks('STATS m')
  assert.ok(lines.includes(':irc.test 212 alice PING 2 13'))
  assert.ok(lines.includes(':irc.test 212 alice * 2 6'))
})

test('STATS - u tells how long the server runs', () => {
  const world = new World()
  world.passes(((26 * 60 + 3) * 60 + 4) * 1000)
  assert.equal(
    world.join('alice').asks('STATS u')[0],
    ':irc.test 242 alice :Server Up 1 days 2:03:04',
  )
})

test('STATS - o, k and d are for those who have the right: 481 to others, and 219 in any case', async () => {
  const world = new World()
  const alice = world.join('alice')
  const guard = await world.joinAsOperator('guard', 'guard')
  for (const letter of ['o', 'k', 'd']) {
    assert.deepEqual(alice.asks(`STATS ${letter}`), [
      ":irc.test 481 alice :Permission Denied- You're not an IRC operator",
      `:irc.test 219 alice ${letter} :End of /STATS report`,
    ])
  }
  assert.match(guard.asks('STATS k')[0] ?? '', / 481 /)
  assert.deepEqual(guard.asks('STATS o').slice(0, -1), [
    ':irc.test 243 guard O * * root admin',
    ':irc.test 243 guard O * * guard watch',
  ])
})

test('STATS - l shows your own connection, and all of them to those who may see hosts', async () => {
  const world = new World()
  const alice = world.join('alice')
  const guard = await world.joinAsOperator('guard', 'guard')
  const stranger = world.connect({ address: '::1' })
  world.passes(5000)
  stranger.sends('NICK x')
  const mine = 'alice tcp plain 192.0.2.1 :open for 5s, silent for 5s'
  assert.deepEqual(alice.asks('STATS l'), [
    `:irc.test 211 alice ${mine.replace('silent for 5s', 'silent for 0s')}`,
    ':irc.test 219 alice l :End of /STATS report',
  ])
  const all = guard.asks('STATS L')
  assert.equal(all.length, 4)
  assert.ok(all.includes(':irc.test 211 guard x tcp plain 0::1 :open for 5s, silent for 0s'))
})
