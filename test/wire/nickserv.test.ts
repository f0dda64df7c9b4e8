import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, connectAs, joinAs, register } from '../support/account-people.ts'
import { World, type Actor } from '../support/world.ts'

/** What NickServ says to it: its words alone. */
async function told(world: World, actor: Actor, ...lines: readonly string[]): Promise<string[]> {
  const all = await ask(world, actor, ...lines)
  return all.flatMap(
    (line) => /^:NickServ!services@irc\.test NOTICE \S+ :?(.*)$/.exec(line)?.[1] ?? [],
  )
}

test('NICKSERV - it answers PRIVMSG, NS and NICKSERV alike, to the one who asked alone', () => {
  const world = new World()
  const [anna, ben] = world.joinAll(['anna', 'ben'], '#floor')
  const answer = anna?.asks('PRIVMSG NickServ :INFO')
  assert.deepEqual(answer, [':NickServ!services@irc.test NOTICE anna :anna is not registered.'])
  assert.deepEqual(anna?.asks('NS INFO'), answer)
  assert.deepEqual(anna?.asks('NICKSERV info'), answer)
  // "automatic replies must never be sent in response to a NOTICE"
  assert.deepEqual(anna?.asks('NOTICE NickServ :INFO'), [])
  assert.deepEqual(ben?.read(), [])
})

test('NICKSERV - what is said to it is neither kept nor shown nor echoed', async () => {
  const world = new World({}, { log: true })
  const anna = world.join('anna', 'echo-message')
  const lines = await ask(world, anna, 'PRIVMSG NickServ :IDENTIFY anna hunter2')
  assert.ok(lines.length > 0 && !lines.join().includes('hunter2'))
  assert.ok(!JSON.stringify(world.logged).includes('hunter2'))
  assert.equal(world.core.network.conversations.size, 0)
})

test('NICKSERV - HELP is made of its verbs, in the language of who asks', async () => {
  const world = new World()
  const anna = world.join('anna')
  assert.match((await told(world, anna, 'NS HELP')).join('\n'), /INFO - Tells about an account/)
  assert.match((await told(world, anna, 'NS HELP INFO')).join('\n'), /INFO \[<account or nick>\]/)
  assert.deepEqual(await told(world, anna, 'NS HELP SUSPEND'), ['There is no help about that.'])
  const hana = world.join('hana')
  assert.match((await told(world, hana, 'NS 도움말')).join('\n'), /INFO \(정보\) - 계정 정보를/)
  assert.match((await told(world, hana, 'NS INFO')).join('\n'), /hana 이름은 등록되지 않았습니다/)
})

test('NICKSERV - every verb has its words in both languages, and a syntax that begins with its name', async () => {
  const world = new World()
  const root = await world.joinAsOperator('root')
  const english = await told(world, root, 'NS HELP')
  const korean = await told(world, root, 'NS 도움말')
  assert.equal(english.length, korean.length)
  for (const [i, line] of korean.entries()) {
    assert.match(line, /\p{Script=Hangul}/u)
    const verb = /^ +([A-Z]+) - /.exec(english[i] ?? '')?.[1]
    if (verb === undefined) continue
    assert.match((await told(world, root, `NS HELP ${verb}`))[0] ?? '', new RegExp(`^${verb}`))
  }
})

test('NICKSERV - WHOIS tells who it is', () => {
  const world = new World()
  const anna = world.join('anna')
  const codes = anna.asks('WHOIS NickServ').map((line) => line.split(' ')[1])
  assert.deepEqual(codes, ['311', '312', '335', '318'])
})

test('NICKSERV - words that it does not know are not said again if they could be a secret', async () => {
  const world = new World()
  const anna = world.join('anna')
  assert.ok(!(await told(world, anna, 'NS hunter2!')).join('\n').includes('hunter2'))
})

test('NICKSERV - REGISTER makes an account of the nick, IDENTIFY enters it, LOGOUT leaves it', async () => {
  const world = new World()
  const anna = world.join('anna')
  assert.deepEqual(await told(world, anna, 'NS REGISTER an'), [
    "A password has at least 4 characters, and is not the account's name.",
  ])
  assert.match(
    (await told(world, anna, 'NS REGISTER sesame anna@example.org')).join(),
    /registered/,
  )
  assert.match(anna.asks('WHOIS anna').join(), / 330 anna anna anna /)
  const out = await ask(world, anna, 'NS LOGOUT')
  assert.match(out.join('\n'), / 901 anna anna!\S+ :You are now logged out\n/)
  // The nick is the account's.
  assert.match(out.join('\n'), /:anna!\S+ NICK Guest\d+/)
  assert.deepEqual(await told(world, anna, 'NS IDENTIFY anna wrong'), [
    'That is not the right account or password.',
  ])
  assert.match((await ask(world, anna, 'NS IDENTIFY anna sesame')).join('\n'), / 900 .* anna :/)
})

test('NICKSERV - in Korean, it registers and logs in in Korean, and the account keeps that', async () => {
  const world = new World()
  const hana = world.join('하나')
  assert.deepEqual(await told(world, hana, 'NS 등록 비밀번호입니다'), [
    '하나 계정을 등록하고 로그인했습니다.',
  ])
  hana.sends('QUIT')
  const again = await joinAs(world, '하나', { password: '비밀번호입니다' })
  assert.match((await told(world, again, 'NS INFO')).join('\n'), /하나: \d{4}-\d\d-\d\d에 등록됨/)
  assert.deepEqual(await told(world, again, 'NS SET LANGUAGE en'), ['LANGUAGE is now en.'])
  assert.match((await told(world, again, 'NS INFO')).join('\n'), /registered on/)
})

test('NICKSERV - SET PASSWORD asks for the old one, and an app password is not it', async () => {
  const world = new World()
  await register(world, 'anna')
  const anna = await joinAs(world, 'anna')
  assert.match((await told(world, anna, 'NS SET PASSWORD wrong sesame2')).join(), /not the right/)
  const secret = (await told(world, anna, 'NS APPPASSWORD ADD my phone'))[1] ?? ''
  assert.match(secret, /^maru-[a-z2-7]{26}$/)
  assert.match(
    (await told(world, anna, `NS SET PASSWORD ${secret} sesame2`)).join(),
    /not the right/,
  )
  assert.match((await told(world, anna, 'NS SET PASSWORD sesame sesame2')).join(), /changed/)
  const old = await connectAs(world, 'anna')
  assert.match(old.read().join('\n'), / 904 /)
  await joinAs(world, 'anna', { password: 'sesame2' })
  await joinAs(world, 'anna', { password: secret })
  assert.match(
    (await told(world, anna, 'NS APPPASSWORD LIST')).join(),
    /my phone - added .* last used/,
  )
  assert.deepEqual(await told(world, anna, 'NS APPPASSWORD DEL my phone'), ['Removed: my phone'])
  assert.match((await connectAs(world, 'anna', { password: secret })).read().join('\n'), / 904 /)
})

test('NICKSERV - CERT ADD takes the certificate of the connection, which then logs in by EXTERNAL', async () => {
  const world = new World()
  await register(world, 'anna')
  const tls = { version: 'TLSv1.3', cipher: 'x', certificateFingerprint: 'ab'.repeat(32) }
  const anna = world.connect({ transport: 'tls', tls })
  await ask(world, anna, 'PASS anna:sesame', 'NICK anna', 'USER a 0 * :a')
  assert.deepEqual(await told(world, anna, 'NS CERT ADD'), [`Added: ${'ab'.repeat(32)}`])
  const other = world.join('other')
  await ask(world, other, 'NS REGISTER sesame')
  assert.match(
    (await told(world, other, `NS CERT ADD ${'AB:'.repeat(32).slice(0, -1)}`)).join(),
    /belongs to an account/,
  )
  assert.match((await told(world, other, 'NS CERT ADD')).join(), /no certificate/)
  const again = world.connect({ transport: 'tls', tls })
  const lines = await ask(world, again, 'CAP LS 302', 'AUTHENTICATE EXTERNAL', 'AUTHENTICATE +')
  assert.match(lines.join('\n'), / 900 .* anna :/)
  await ask(world, anna, 'NS CERT DEL')
  const gone = world.connect({ transport: 'tls', tls })
  await ask(world, gone, 'CAP LS 302', 'AUTHENTICATE EXTERNAL')
  assert.match((await ask(world, gone, 'AUTHENTICATE +')).join(), / 904 /)
})

test('NICKSERV - GHOST ends who has a nick of the account, REGAIN takes it', async () => {
  const world = new World()
  await register(world, 'anna')
  const anna = await joinAs(world, 'other', { account: 'anna' })
  await ask(world, anna, 'NS SET PROTECT off')
  const guest = world.join('anna')
  assert.deepEqual(await told(world, anna, 'NS GHOST anna'), [
    'The connection that was called anna has been ended.',
  ])
  assert.match(guest.closedWith ?? '', /^Ghost: ended by other/)
  const another = world.join('anna')
  const lines = await ask(world, anna, 'NS REGAIN')
  assert.match(lines.join('\n'), /:other!\S+ NICK anna/)
  assert.match(another.read().join('\n'), /:anna!\S+ NICK Guest\d+/)
  assert.deepEqual(await told(world, anna, 'NS GHOST nobody'), [
    'Nobody is called nobody at the moment.',
  ])
  world.join('ben')
  assert.deepEqual(await told(world, anna, 'NS GHOST ben'), ['ben is not a nick of your account.'])
  assert.deepEqual(await told(world, anna, 'NS REGAIN ben'), ['ben is not a nick of your account.'])
})

test('NICKSERV - GROUP makes the nick that one has the account’s own', async () => {
  const world = new World()
  await register(world, 'anna')
  const anna = await joinAs(world, 'annika', { account: 'anna' })
  assert.match((await told(world, anna, 'NS GROUP')).join(), /belongs to your account now/)
  anna.sends('QUIT')
  const thief = world.connect()
  assert.match(thief.asks('NICK annika').join(), / 433 /)
  const again = await joinAs(world, 'annika', { account: 'annika' })
  assert.match((await told(world, again, 'NS UNGROUP annika')).join(), /does not belong/)
  again.sends('QUIT')
  assert.deepEqual(thief.asks('NICK annika'), [])
})

test('NICKSERV - DROP asks again; the name is then free as a nick, and no other account gets it', async () => {
  const world = new World()
  await register(world, 'anna')
  const anna = await joinAs(world, 'anna')
  const [question = ''] = await told(world, anna, 'NS DROP anna')
  const code = /DROP anna (\S+)$/.exec(question)?.[1] ?? ''
  assert.match((await told(world, anna, 'NS DROP anna 12345')).join(), /If you mean it/)
  assert.match((await ask(world, anna, `NS DROP anna ${code}`)).join('\n'), / 901 /)
  assert.equal(world.core.network.accounts.size, 0)
  // What the old account wrote would be the new one's.
  assert.match((await told(world, anna, 'NS REGISTER sesame')).join(), /taken/)
  anna.sends('NICK annika')
  assert.match((await told(world, anna, 'NS REGISTER sesame')).join(), /registered/)
})

test('NICKSERV - SESSIONS lists the connections of the account, and ends them', async () => {
  const world = new World()
  await register(world, 'anna')
  const anna = await joinAs(world, 'anna')
  const phone = await joinAs(world, 'anna')
  const other = await joinAs(world, 'anna2', { account: 'anna' })
  const lines = await told(world, anna, 'NS SESSIONS')
  assert.equal(lines.length, 3)
  assert.match(lines[0] ?? '', /1\. anna from 192\.0\.2\.1, tcp, for \S+ \(this one\)/)
  assert.deepEqual(await told(world, anna, 'NS SESSIONS END 2'), ['Done.'])
  assert.equal(phone.closedWith, 'Ended by anna')
  await told(world, anna, 'NS SESSIONS END others')
  assert.equal(other.closedWith, 'Ended by anna')
  assert.equal(anna.closedWith, undefined)
})

test('NICKSERV - a suspended account can be entered by no way, and who was in it is out', async () => {
  const world = new World()
  await register(world, 'anna')
  const anna = await joinAs(world, 'anna')
  const secret = (await told(world, anna, 'NS APPPASSWORD ADD bot'))[1] ?? ''
  const root = await world.joinAsOperator('root')
  const waiting = world.connect()
  const sasl = ['CAP LS 302', 'NICK late', 'USER a 0 * :a', 'CAP REQ sasl', 'AUTHENTICATE PLAIN']
  const blob = Buffer.from('\0anna\0sesame').toString('base64')
  assert.match((await ask(world, waiting, ...sasl, `AUTHENTICATE ${blob}`)).join(), / 903 /)
  assert.deepEqual(await told(world, root, 'NS SUSPEND anna for spam'), ['Done.'])
  assert.equal(anna.closedWith, 'Account suspended: for spam')
  await ask(world, waiting, 'CAP END')
  assert.equal(waiting.closedWith, 'This account is not to be used')
  for (const password of ['sesame', secret]) {
    const late = await connectAs(world, 'late', { account: 'anna', password })
    assert.match(late.read().join('\n'), /FAIL AUTHENTICATE ACCOUNT_SUSPENDED .*\n.* 902 /)
    late.sends('QUIT')
  }
  const plainly = world.connect()
  await ask(world, plainly, `PASS anna:sesame`, 'NICK late2', 'USER a 0 * :a')
  assert.match(plainly.closedWith ?? '', /^Password incorrect/)
  const guest = world.join('guest_')
  assert.deepEqual(await told(world, guest, 'NS IDENTIFY anna sesame'), [
    'This account is suspended: for spam',
  ])
  await told(world, root, 'NS UNSUSPEND anna')
  await joinAs(world, 'anna')
  assert.deepEqual(
    world.logged.map(([action]) => action).filter((action) => action.startsWith('account')),
    ['account suspended', 'account suspension ended'],
  )
})

test('NICKSERV - operators make accounts and reset passwords, others may not', async () => {
  const world = new World()
  const root = await world.joinAsOperator('root')
  assert.deepEqual(await told(world, root, 'NS SAREGISTER anna sesame'), ['Done.'])
  await joinAs(world, 'anna')
  assert.deepEqual(await told(world, root, 'NS RESETPASSWORD anna tulips'), ['Done.'])
  const anna = await joinAs(world, 'anna', { password: 'tulips' })
  assert.match((await ask(world, anna, 'NS SAREGISTER ben sesame')).join(), / 481 /)
  assert.ok(!JSON.stringify(world.logged).includes('tulips'))
})
