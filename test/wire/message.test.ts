import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from '../support/world.ts'

test('PRIVMSG - reaches everyone in the room but the one who said it', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.sends('PRIVMSG #art :안녕하세요')
  assert.deepEqual(alice?.read(), [])
  assert.deepEqual(bob?.read(), [':alice!~alice@192-0-2-1.cloak PRIVMSG #art :안녕하세요'])
})

for (const [target, length] of [
  ['#art', '#art'.length],
  ['bob', 'bob'.length],
  // Whoever gets it sees the prefix.
  ['@#art', '@#art'.length],
] as const) {
  test(`PRIVMSG - to ${target}: what fills a line of 512 bytes is relayed whole, a byte more is 417`, () => {
    const world = new World()
    const [bob, alice] = world.joinAll(['bob', 'alice'], '#art')
    const frame = ':alice!~alice@192-0-2-1.cloak PRIVMSG  :\r\n'.length + length
    const text = `가${'x'.repeat(512 - frame - 3)}`
    assert.deepEqual(alice?.asks(`PRIVMSG ${target} :${text}`), [])
    const [line = ''] = bob?.read() ?? []
    assert.equal(Buffer.byteLength(`${line}\r\n`), 512)
    assert.ok(line.endsWith(` PRIVMSG ${target} :${text}`))
    assert.deepEqual(alice?.asks(`PRIVMSG ${target} :${text}x`), [
      ':irc.test 417 alice :Input line was too long',
    ])
    assert.deepEqual(bob?.read(), [])
  })
}

test('PRIVMSG - who is named twice, in whichever case, hears it once', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.sends('PRIVMSG bob,BOB,#art,#ART :hi')
  assert.equal(bob?.read().length, 2)
})
