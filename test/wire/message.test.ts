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
