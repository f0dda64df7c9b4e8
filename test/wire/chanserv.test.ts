import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyEvent } from '../../src/server/apply-event.ts'
import { leaveRoomsOf } from '../../src/commands/services/account-rooms.ts'
import { assertInvariants } from '../support/invariants.ts'
import { joinLoggedIn, logIn, makeAccount } from '../support/log-in.ts'
import { type Actor, World } from '../support/world.ts'

/** A world with the registered room #art of alice, in which she is. */
async function atelier(): Promise<{ readonly world: World; readonly alice: Actor }> {
  const world = new World({}, { log: true })
  const alice = joinLoggedIn(world, 'alice')
  alice.sends('JOIN #art', 'CS REGISTER #art')
  await world.settles()
  return { world, alice }
}

/** What somebody gets to see of it once the log has it. */
async function said(world: World, actor: Actor, ...lines: readonly string[]): Promise<string> {
  await world.settles()
  actor.read()
  actor.sends(...lines)
  await world.settles()
  return actor.read().join('\n')
}

test('CHANSERV - a room that is registered stays when everybody has left, and after a restart', async () => {
  const { world, alice } = await atelier()
  assert.match(alice.read().join('\n'), /MODE #art \+q alice\n.*ChanServ.*#art is registered/)
  alice.sends('TOPIC #art :Colours', 'MODE #art +b eve!*@*', 'PART #art')
  await world.settles()
  assertInvariants(world)
  const bob = world.join('bob')
  assert.match(await said(world, bob, 'LIST'), / 322 bob #art 0 :?Colours/)
  const later = await world.restarts()
  const carol = later.join('carol')
  const names = await said(later, carol, 'JOIN #art')
  assert.match(names, / 332 carol #art :?Colours/)
  assert.match(names, / 353 carol = #art carol$/m)
  const again = joinLoggedIn(later, 'alix', 'alice')
  assert.match(await said(later, again, 'JOIN #art'), / 353 alix = #art :carol ~alix$/m)
  assert.match(later.join('eve').asks('JOIN #art').join('\n'), / 474 eve #art/)
  assertInvariants(later)
})

test('CHANSERV - only who made a room registers it, and only with an account', async () => {
  const world = new World({}, { log: true })
  const [guest, bob] = world.joinAll(['guest', 'bob'], '#art')
  assert.ok(guest !== undefined && bob !== undefined)
  assert.match(await said(world, guest, 'CS REGISTER #art'), /not logged in/)
  logIn(world, 'bob')
  guest.sends('MODE #art +o bob')
  assert.match(await said(world, bob, 'CS REGISTER #art'), /Only who made #art/)
  guest.sends('QUIT')
  assert.match(await said(world, bob, 'CS REGISTER #art'), /#art is registered/)
  assert.match(await said(world, bob, 'CS REGISTER #art'), /registered already/)
  assert.match(await said(world, bob, 'CS REGISTER #code'), /not in #code/)
})

test('CHANSERV - nothing is registered where nothing is kept', () => {
  const world = new World()
  const alice = joinLoggedIn(world, 'alice')
  alice.sends('JOIN #art')
  assert.match(alice.asks('CS REGISTER #art').join('\n'), /keeps nothing/)
})

test('CHANSERV - an account has so many rooms and no more', async () => {
  const world = new World({}, { log: true })
  const alice = joinLoggedIn(world, 'alice')
  for (let i = 0; i <= 15; i++) alice.sends(`JOIN #r${i}`, `CS REGISTER #r${i}`)
  assert.match(await said(world, alice, 'CS LIST'), /15 rooms/)
  assert.match(await said(world, alice, 'CS REGISTER #r15'), /15 rooms already/)
})

test('CHANSERV - an account has the rank that it was given: at once, and whenever it comes in', async () => {
  const { world, alice } = await atelier()
  const bob = joinLoggedIn(world, 'bob')
  bob.sends('JOIN #art')
  assert.match(await said(world, alice, 'CS ACCESS #art ADD bob o'), /MODE #art \+o bob/)
  bob.sends('PART #art')
  assert.match(await said(world, bob, 'JOIN #art'), /@bob/)
  assert.match(
    await said(world, bob, 'CS ACCESS #art'),
    /alice founder\n.*bob operator \(o\), alice/,
  )
  assert.match(await said(world, alice, 'CS FLAGS #art bob -o+v'), /MODE #art \+v-o bob bob|-o\+v/)
  const later = await world.restarts()
  const again = joinLoggedIn(later, 'bob')
  alice.read()
  assert.match(await said(later, again, 'JOIN #art'), /\+bob/)
  assert.match(await said(later, again, 'CS ACCESS #art DEL bob'), /MODE #art -v bob/)
})

test('CHANSERV - who has a rank gives what is below it, and nobody touches the owner', async () => {
  const { world, alice } = await atelier()
  const [bob, carol] = [joinLoggedIn(world, 'bob'), joinLoggedIn(world, 'carol')]
  for (const each of [bob, carol]) each.sends('JOIN #art')
  const denied = /may not do that/
  assert.match(await said(world, bob, 'CS ACCESS #art ADD carol v'), denied)
  alice.sends('CS ACCESS #art ADD bob o')
  assert.match(await said(world, bob, 'CS ACCESS #art ADD carol o'), denied)
  assert.match(await said(world, bob, 'CS ACCESS #art ADD alice v'), denied)
  assert.match(await said(world, bob, 'CS ACCESS #art ADD carol h'), /carol half-operator/)
  assert.match(await said(world, carol, 'CS ACCESS #art DEL bob'), denied)
  assert.match(await said(world, carol, 'CS ACCESS #art ADD nobody v'), /no account nobody/)
  assert.match(await said(world, carol, 'CS DROP #art'), denied)
  assert.match(await said(world, carol, 'CS TRANSFER #art carol'), denied)
  assert.match(await said(world, carol, 'CS ACCESS #art ADD bob x'), /Ranks are/)
})

test('CHANSERV - ranks are given and taken by the rank of the account', async () => {
  const { world, alice } = await atelier()
  const bob = joinLoggedIn(world, 'bob')
  const carol = world.join('carol')
  for (const each of [bob, carol]) each.sends('JOIN #art')
  alice.sends('CS ACCESS #art ADD bob o', 'MODE #art -o bob')
  assert.match(await said(world, bob, 'CS OP #art'), /MODE #art \+o bob/)
  assert.match(
    await said(world, bob, 'CS VOICE #art carol nobody'),
    /MODE #art \+v carol\n.*nobody is not in/,
  )
  assert.match(await said(world, bob, 'CS ADMIN #art bob'), /may not/)
  assert.match(await said(world, bob, 'CS DEOP #art alice'), /may not/)
  assert.match(await said(world, carol, 'CS OP #art'), /not logged in/)
  assert.match(await said(world, bob, 'CS DEOP #art'), /MODE #art -o bob/)
})

test('CHANSERV - who has a rank comes in past +i, and from half-operator on past everything', async () => {
  const { world, alice } = await atelier()
  makeAccount(world, 'bob')
  makeAccount(world, 'carol')
  alice.sends('CS ACCESS #art ADD bob v', 'CS ACCESS #art ADD carol h', 'MODE #art +i')
  const bob = joinLoggedIn(world, 'bob')
  assert.match(await said(world, bob, 'JOIN #art'), /\+bob/)
  alice.sends('MODE #art +bk *!*@* key')
  bob.sends('PART #art')
  assert.match(await said(world, bob, 'JOIN #art'), / 474 /)
  const carol = joinLoggedIn(world, 'carol')
  assert.match(await said(world, carol, 'JOIN #art'), /%carol/)
})

test('CHANSERV - a room is given to another account, which has to accept it', async () => {
  const { world, alice } = await atelier()
  const bob = joinLoggedIn(world, 'bob')
  bob.sends('JOIN #art')
  assert.match(await said(world, bob, 'CS ACCEPT #art'), /not offered to you/)
  alice.sends('CS TRANSFER #art bob', 'CS TRANSFER #art CANCEL')
  assert.match(await said(world, bob, 'CS ACCEPT #art'), /not offered to you/)
  alice.sends('CS TRANSFER #art bob')
  await world.settles()
  assert.match(bob.read().join('\n'), /ACCEPT #art/)
  assert.match(await said(world, bob, 'CS ACCEPT #art'), /MODE #art \+q bob/)
  assert.match(await said(world, alice, 'CS DROP #art'), /may not/)
  const later = await world.restarts()
  assert.equal(later.core.network.channels.get('#art')?.founderAccount, 'bob')
  const former = joinLoggedIn(later, 'alice')
  assert.match(await said(later, former, 'JOIN #art'), /&alice/)
})

test('CHANSERV - a room is let go with a code, and then ends with its last member', async () => {
  const { world, alice } = await atelier()
  const asked = await said(world, alice, 'CS DROP #art')
  const code = /DROP #art (\w+)/.exec(asked)?.[1]
  assert.ok(code !== undefined)
  assert.match(await said(world, alice, 'CS DROP #art wrong'), /DROP #art/)
  assert.match(await said(world, alice, `CS DROP #art ${code}`), /no longer registered/)
  alice.sends('PART #art')
  await world.settles()
  assertInvariants(world)
  const later = await world.restarts()
  assert.equal(later.core.network.channels.size, 0)
})

test('CHANSERV - with an account go its rooms and its ranks', async () => {
  const { world, alice } = await atelier()
  const bob = joinLoggedIn(world, 'bob')
  bob.sends('JOIN #code', 'CS REGISTER #code')
  alice.sends('CS ACCESS #art ADD bob o')
  for (const effect of leaveRoomsOf(world.core.network, 'bob')) {
    assert.ok(effect.kind === 'event')
    applyEvent(world.core, effect.event)
  }
  const { channels } = world.core.network
  assert.equal(channels.get('#code')?.registration, undefined)
  assert.equal(channels.get('#art')?.registration?.access.size, 0)
  bob.sends('PART #code')
  await world.settles()
  assertInvariants(world)
})

test('CHANSERV - a secret room is there only for those who belong to it', async () => {
  const { world, alice } = await atelier()
  makeAccount(world, 'bob')
  alice.sends('CS ACCESS #art ADD bob v', 'MODE #art +s', 'PART #art')
  const mallory = joinLoggedIn(world, 'mallory')
  for (const line of ['LIST', 'CS INFO #art', 'CS LIST *', 'CS ACCESS #art', 'TOPIC #art']) {
    const answer = await said(world, mallory, line)
    assert.ok(!/ 322 |alice/.test(answer), answer)
  }
  const bob = joinLoggedIn(world, 'bob')
  assert.match(await said(world, bob, 'CS INFO #art'), /belongs to alice/)
  assert.match(await said(world, bob, 'LIST'), / 322 bob #art 0/)
})

test('CHANSERV - an operator of the server closes a room for good, and opens it again', async () => {
  const { world, alice } = await atelier()
  const root = await world.joinAsOperator('root')
  assert.match(await said(world, alice, 'CS PURGE #art'), / 481 /)
  assert.match(await said(world, root, 'CS PURGE #art spam and worse'), /#art is closed/)
  assert.match(alice.read().join('\n'), /KICK #art alice :Closed: spam and worse/)
  assertInvariants(world)
  assert.ok(world.logged.some(([action]) => action === 'purge'))
  const later = await world.restarts()
  const bob = later.join('bob')
  assert.match(bob.asks('JOIN #ART').join('\n'), / 448 bob #ART :.*spam and worse/)
  assert.match(await said(later, bob, 'JOIN #b', 'RENAME #b #art'), /CHANNEL_NAME_IN_USE/)
  const chief = await later.joinAsOperator('chief')
  assert.match(await said(later, chief, 'CS PURGE LIST'), /#art root .* spam and worse/)
  chief.sends('CS UNPURGE #art')
  assert.match(await said(later, bob, 'JOIN #art'), /@bob/)
  const third = await later.restarts()
  assert.equal(third.core.network.closures.size, 0)
})

test('CHANSERV - every verb has its words in both languages, and a syntax that begins with its name', async () => {
  const world = new World()
  const root = await world.joinAsOperator('root')
  const english = (await said(world, root, 'CS HELP')).split('\n')
  const korean = (await said(world, root, 'CS 도움말')).split('\n')
  assert.equal(english.length, korean.length)
  let verbs = 0
  for (const [i, line] of korean.entries()) {
    assert.match(line, /\p{Script=Hangul}/u)
    const verb = /: +([A-Z]+) - /.exec(english[i] ?? '')?.[1]
    if (verb === undefined) continue
    assert.match(await said(world, root, `CS HELP ${verb}`), new RegExp(`:?${verb} `))
    verbs++
  }
  assert.ok(verbs > 15, `${verbs} verbs`)
})

test('CHANSERV - it speaks the language of who asks', async () => {
  const { world } = await atelier()
  const hana = world.join('hana')
  assert.match(await said(world, hana, 'CS 정보 #art'), /소유자 alice/)
  assert.match(await said(world, hana, 'CS 도움말'), /REGISTER/)
})
