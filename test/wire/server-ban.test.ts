import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World, type Actor } from '../support/world.ts'

/** Root, who comes from elsewhere than all others. */
async function withRoot(): Promise<{ world: World; root: Actor }> {
  const world = new World()
  const root = world.connect({ address: '198.51.100.7' })
  root.sends('CAP REQ :standard-replies', 'NICK root', 'USER root 0 * :r', 'CAP END')
  root.sends('OPER root secret')
  await world.settles()
  root.read()
  return { world, root }
}

function from(world: World, address: string, nick: string): Actor {
  const actor = world.connect({ address })
  actor.sends(`NICK ${nick}`, `USER ${nick} 0 * :x`)
  return actor
}

test('KLINE - disconnects those whom it fits at once with the reason, and keeps them out', async () => {
  const { world, root } = await withRoot()
  const [bad, good] = [from(world, '203.0.113.5', 'bad'), from(world, '192.0.2.1', 'good')]
  bad.read()
  assert.deepEqual(root.asks('KLINE *@203.0.113.* :spam 광고'), [
    ':irc.test NOTE KLINE BAN_ADDED *@203.0.113.* :Banned for ever; 1 connected: spam 광고',
  ])
  assert.deepEqual(bad.read(), ['ERROR :Banned: spam 광고'])
  assert.equal(good.closedWith, undefined)
  assert.deepEqual(from(world, '203.0.113.9', 'again').read(), [
    ':irc.test 465 * :You are banned from this server: spam 광고',
    'ERROR :Banned: spam 광고',
  ])
})

test('KLINE - fits the real address, the cloak, the user name, or a network', async () => {
  const masks = [
    '*@203.0.113.5',
    '*@203-0-113-5.cloak',
    '~bad@*',
    '*@203.0.113.0/24',
    '203.0.113.*',
    '*@203.0.113.0/24',
  ]
  for (const mask of masks) {
    const { world, root } = await withRoot()
    const bad = from(world, '203.0.113.5', 'bad')
    root.sends(`KLINE ${mask === '~bad@*' ? 'FORCE ' : ''}${mask}`)
    assert.equal(bad.closedWith, 'Banned: No reason given', mask)
  }
})

test('KLINE - for a time: then it is over, without anybody doing anything', async () => {
  const { world, root } = await withRoot()
  assert.match(root.asks('KLINE 1h30m *@203.0.113.5 :cool down')[0] ?? '', /:Banned for 1h 30m; 0 /)
  world.passes(10_000)
  assert.deepEqual(root.asks('STATS k'), [
    ':irc.test 216 root K *@203.0.113.5 root 2026-01-01T12:00:00.000Z 1h29m50s :cool down',
    ':irc.test 219 root k :End of /STATS report',
  ])
  world.passes(90 * 60_000)
  assert.deepEqual(world.core.network.bans, [])
  assert.deepEqual(world.savedBans, [])
  assert.match(from(world, '203.0.113.5', 'bad').read()[0] ?? '', / 001 /)
})

test('KLINE - again for the same mask replaces it; UNKLINE ends it', async () => {
  const { world, root } = await withRoot()
  root.sends('KLINE *@Bad.example :one', 'KLINE 1d *@bad.EXAMPLE :two')
  assert.deepEqual(
    world.savedBans.map(({ mask, reason }) => [mask, reason]),
    [['*@bad.example', 'two']],
  )
  root.read()
  assert.deepEqual(root.asks('UNKLINE *@BAD.example'), [
    ':irc.test NOTE UNKLINE BAN_REMOVED *@bad.example :The ban has ended',
  ])
  assert.deepEqual(world.savedBans, [])
  assert.match(
    root.asks('UNKLINE *@bad.example')[0] ?? '',
    / FAIL UNKLINE NO_SUCH_BAN \*@bad\.example :/,
  )
})

test('KLINE - what is no mask, or everybody, is refused even by force', async () => {
  const { world, root } = await withRoot()
  for (const mask of ['*@*', '*', '?@?', '*@*.*', 'nick', 'nick!user@host', '$a:alice', '', '1h']) {
    for (const force of ['', 'FORCE ']) {
      assert.match(
        root.asks(`KLINE ${force}${mask}`)[0] ?? '',
        / (FAIL KLINE INVALID_MASK|461 root KLINE) /,
      )
    }
  }
  assert.deepEqual(world.core.network.bans, [])
})

test('KLINE - what is vague needs FORCE', async () => {
  const { world, root } = await withRoot()
  for (const mask of ['*@*.kr', 'b*@*', '*@203.0.0.0/8']) {
    assert.match(
      root.asks(`KLINE ${mask}`)[0] ?? '',
      / FAIL KLINE CONFIRM \S+ :This mask fits very many: .*FORCE/,
    )
    assert.match(root.asks(`KLINE FORCE ${mask}`)[0] ?? '', / NOTE KLINE BAN_ADDED /, mask)
  }
  assert.equal(world.core.network.bans.length, 3)
})

test('KLINE - one that hits more than half of ten or more needs FORCE', async () => {
  const { world, root } = await withRoot()
  for (let i = 1; i <= 9; i++) from(world, `203.0.113.${i}`, `user${i}`)
  assert.deepEqual(root.asks('KLINE *@203.0.113.* :x'), [
    ':irc.test FAIL KLINE CONFIRM *@203.0.113.* :This would disconnect 9 of 10 users: if you mean it, say KLINE FORCE …',
  ])
  assert.equal(world.core.network.users.size, 10)
  assert.match(root.asks('KLINE FORCE 1h *@203.0.113.* :x')[0] ?? '', /Banned for 1h; 9 connected/)
  assert.equal(world.core.network.users.size, 1)
})

test('KLINE - nobody bans themselves, even by force', async () => {
  const { world, root } = await withRoot()
  for (const line of [
    'KLINE FORCE *@198.51.100.7',
    'KLINE FORCE ~root@*',
    'DLINE FORCE 198.51.0.0/16',
    'DLINE 198.51.100.7',
  ]) {
    assert.match(
      root.asks(line)[0] ?? '',
      / FAIL [KD]LINE OWN_ADDRESS \S+ :This ban would hit yourself$/,
    )
  }
  assert.deepEqual(world.core.network.bans, [])
  assert.equal(root.closedWith, undefined)
})

test('DLINE - takes addresses and networks, ends all connections from there, and bars them at the door', async () => {
  const { world, root } = await withRoot()
  const bad = from(world, '203.0.113.5', 'bad')
  const stranger = world.connect({ address: '203.0.113.6' })
  bad.read()
  assert.match(
    root.asks('DLINE 2w 203.0.113.99/24 :scan')[0] ?? '',
    / NOTE DLINE BAN_ADDED 203\.0\.113\.0\/24 :Banned for 2w; 2 /,
  )
  assert.deepEqual(bad.read(), ['ERROR :Banned: scan'])
  assert.deepEqual(stranger.read(), ['ERROR :Banned: scan'])
  assert.deepEqual(world.engine.barred, ['203.0.113.0/24'])
  assert.deepEqual(world.connect({ address: '203.0.113.7' }).read(), ['ERROR :Banned: scan'])
  root.sends('DLINE 2001:db8::/48 :x')
  assert.deepEqual(world.engine.barred, ['203.0.113.0/24', '2001:db8::/48'])
  world.passes(14 * 86_400_000)
  assert.deepEqual(world.engine.barred, ['2001:db8::/48'])
})

test('DLINE - UNDLINE opens the door again, however the network is written', async () => {
  const { world, root } = await withRoot()
  root.sends('DLINE 0::2 :x', 'DLINE 0::ffff:203.0.113.5 :y')
  root.read()
  assert.deepEqual(root.asks('STATS d').slice(0, -1), [
    ':irc.test 225 root D 0::2 root 2026-01-01T12:00:00.000Z permanent x',
    ':irc.test 225 root D 203.0.113.5 root 2026-01-01T12:00:00.000Z permanent y',
  ])
  root.sends('UNDLINE 0::2', 'UNDLINE 203.0.113.5/32')
  assert.deepEqual(world.engine.barred, [])
})

test('DLINE - what is no network, or all of it, is refused; what is wide needs FORCE', async () => {
  const { root } = await withRoot()
  for (const mask of ['0.0.0.0/0', '::/0', 'host.example', '203.0.113.*', '1.2.3', '1.2.3.4/33']) {
    assert.match(root.asks(`DLINE FORCE ${mask}`)[0] ?? '', / FAIL DLINE INVALID_MASK /)
  }
  for (const mask of ['203.0.0.0/8', '2001::/16']) {
    assert.match(root.asks(`DLINE ${mask}`)[0] ?? '', / FAIL DLINE CONFIRM /)
  }
})

test('BANS - leave a trace of who did what', async () => {
  const { world, root } = await withRoot()
  root.sends('KLINE 1h *@203.0.113.5 :spam', 'UNKLINE *@203.0.113.5')
  const who = { by: 'root!~root@198-51-100-7.cloak', from: '198.51.100.7', operator: 'root' }
  const ban = { kind: 'kline', mask: '*@203.0.113.5' }
  assert.deepEqual(world.logged.slice(-2), [
    ['ban added', { ...who, ...ban, lasts: 'for 1h', reason: 'spam', hit: 0 }],
    ['ban removed', { ...who, ...ban }],
  ])
})

test('BANS - a client without standard-replies is told by NOTICE', async () => {
  const world = new World()
  const root = await world.joinAsOperator('root')
  assert.deepEqual(root.asks('DLINE 203.0.113.5 :x'), [
    ':irc.test NOTICE root :*** NOTE DLINE BAN_ADDED 203.0.113.5: Banned for ever; 0 connected: x',
  ])
})
