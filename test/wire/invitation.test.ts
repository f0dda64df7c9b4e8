import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { applyEvent } from '../../src/server/apply-event.ts'
import type { Invitation } from '../../src/state/invitation.ts'
import { ask, joinAs } from '../support/account-people.ts'
import { assertInvariants } from '../support/invariants.ts'
import { TEST_SERVER, World } from '../support/world.ts'

const CODE = 'abcdefghijklmnopqrstuvwxyz'
const HASH = createHash('sha256').update(CODE).digest('hex')

function invitedWorld(): World {
  const { accounts } = TEST_SERVER
  assert.ok(accounts !== undefined)
  return new World({ accounts: { ...accounts, registration: 'invite' } }, { log: true })
}

function invite(world: World, rest: Partial<Invitation> = {}): void {
  const nowMs = world.core.clock.now()
  const times = { madeAtMs: nowMs, expiresAtMs: nowMs + 86_400_000 }
  const invitation = { hash: HASH, uses: 1, madeBy: 'root', ...times, ...rest }
  applyEvent(world.core, { kind: 'invitationMade', invitation })
}

test('INVITATION - a code makes an account where one is needed, as often as it may', async () => {
  const world = invitedWorld()
  invite(world, { uses: 2 })
  const [anna, ben, carl] = [world.join('anna'), world.join('ben'), world.join('carl')]
  assert.match((await ask(world, anna, 'REGISTER * * password')).join(), /INVITATION_REQUIRED/)
  assert.match((await ask(world, anna, 'REGISTER * * password wrong')).join(), /INVALID_INVITATION/)
  assert.match(
    (await ask(world, anna, `REGISTER * * password ${CODE}`)).join(),
    /REGISTER SUCCESS anna/,
  )
  assert.match((await ask(world, ben, `NS REGISTER password * ${CODE}`)).join(), /900 ben/)
  assert.match(
    (await ask(world, carl, `REGISTER * * password ${CODE}`)).join(),
    /INVALID_INVITATION/,
  )
  assert.equal(world.core.network.accounts.size, 2)
})

test('INVITATION - it counts down in the same commit as the account, and only a hash is kept', async () => {
  const world = invitedWorld()
  invite(world, { uses: 2 })
  const anna = world.join('anna')
  await ask(world, anna, `REGISTER * * password ${CODE}`)
  const later = await world.restarts(world.core.server)
  assert.equal(later.core.network.invitations.get(HASH)?.uses, 1)
  assert.equal(later.core.network.accounts.size, 1)
  const ben = later.join('ben')
  await ask(later, ben, `REGISTER * * password ${CODE}`)
  const third = await later.restarts(later.core.server)
  assert.equal(third.core.network.invitations.size, 0)
  assert.ok(!JSON.stringify([...world.logged, ...later.logged]).includes(CODE))
})

test('INVITATION - two who use the last one at the same time make one account', async () => {
  const world = invitedWorld()
  invite(world)
  const [anna, ben] = [world.join('anna'), world.join('ben')]
  anna.sends(`REGISTER * * password ${CODE}`)
  ben.sends(`REGISTER * * password ${CODE}`)
  await world.settles()
  await world.settles()
  const answers = [anna.read().join(), ben.read().join()]
  assert.equal(answers.filter((answer) => answer.includes('SUCCESS')).length, 1)
  assert.equal(answers.filter((answer) => answer.includes('INVALID_INVITATION')).length, 1)
  assert.equal(world.core.network.accounts.size, 1)
})

test('INVITATION - it expires, and is then forgotten', async () => {
  const world = invitedWorld()
  invite(world)
  const anna = world.join('anna')
  world.passes(86_400_000)
  const ben = world.join('ben')
  anna.read()
  assert.match(
    (await ask(world, ben, `REGISTER * * password ${CODE}`)).join(),
    /INVALID_INVITATION/,
  )
  const later = await world.restarts(world.core.server)
  assert.equal(later.core.network.invitations.size, 0)
})

test('INVITATION - one that is revoked is not good any more', async () => {
  const world = invitedWorld()
  invite(world)
  const invitation = world.core.network.invitations.get(HASH)
  assert.ok(invitation !== undefined)
  applyEvent(world.core, { kind: 'invitationEnded', invitation })
  const anna = world.join('anna')
  assert.match(
    (await ask(world, anna, `REGISTER * * password ${CODE}`)).join(),
    /INVALID_INVITATION/,
  )
})

test('INVITATION - it opens its room to the account: once past everything, and for good past +i', async () => {
  const world = invitedWorld()
  const alice = world.join('alice')
  alice.sends('JOIN #den', 'MODE #den +ik key')
  const buffer = world.core.network.channels.get('#den')?.buffer
  assert.ok(buffer !== undefined)
  invite(world, { room: { name: '#den', buffer } })
  const anna = world.join('anna')
  const answer = await ask(world, anna, `REGISTER * * password ${CODE}`)
  assert.match(answer.join('\n'), /INVITE anna #den/)
  await world.settles()
  assert.match(alice.read().join('\n'), /MODE #den \+I ~a:anna/)
  const later = await world.restarts(world.core.server)
  const again = await joinAs(later, 'anna', { password: 'password' })
  assert.match((await ask(later, again, 'JOIN #den')).join('\n'), / 353 anna = #den/)
  assert.match((await ask(later, again, 'PART #den', 'JOIN #den')).join('\n'), / 475 anna #den/)
  assert.match((await ask(later, again, 'JOIN #den key')).join('\n'), / 353 anna = #den/)
  assertInvariants(later)
  const third = await later.restarts(later.core.server)
  assert.equal(third.core.network.channels.get('#den')?.expected, undefined)
})

test('INVITATION - another room of the same name is not opened by it', async () => {
  const world = invitedWorld()
  const alice = world.join('alice')
  invite(world, { room: { name: '#den', buffer: 77 } })
  alice.sends('JOIN #den', 'MODE #den +i')
  const anna = world.join('anna')
  await ask(world, anna, `REGISTER * * password ${CODE}`)
  assert.match((await ask(world, anna, 'JOIN #den')).join('\n'), / 473 anna #den/)
})

test('INVITATION - where accounts are open to all, a code that is said must be good all the same', async () => {
  const world = new World({}, { log: true })
  invite(world)
  const [anna, ben] = [world.join('anna'), world.join('ben')]
  assert.match((await ask(world, anna, 'REGISTER * * password wrong')).join(), /INVALID_INVITATION/)
  assert.match((await ask(world, anna, `REGISTER * * password ${CODE}`)).join(), /SUCCESS/)
  assert.match((await ask(world, ben, 'REGISTER * * password')).join(), /SUCCESS/)
})

test('INVITATION - what is damaged in what was kept is named and left out', async () => {
  const world = invitedWorld()
  world.core.ledger.keep([
    { kind: 'keep', table: 'invitation', key: HASH, value: '{"uses":1}' },
    {
      kind: 'keep',
      table: 'invitation',
      key: 'short',
      value: '{"uses":1,"madeBy":"","madeAtMs":0,"expiresAtMs":9}',
    },
  ])
  const later = await world.restarts()
  assert.equal(later.core.network.invitations.size, 0)
  assert.equal(later.logged.filter(([what]) => what === 'not restored').length, 2)
})
