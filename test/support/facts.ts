import assert from 'node:assert/strict'
import type { ModeChange } from '../../src/protocol/modes.ts'
import { applyEvent } from '../../src/server/apply-event.ts'
import type { User } from '../../src/state/user.ts'
import type { World } from './world.ts'

/** Facts that tests need and that aren't what they test: they happen without anybody asking for them. */
export function userOf({ core }: World, nick: string): User {
  const user = core.network.users.get(nick)
  assert.ok(user)
  return user
}

/** `modes` as in `+Bi` or `-i`. */
export function setUserModes(world: World, nick: string, modes: string): void {
  const changes = changesOf(modes)
  applyEvent(world.core, { kind: 'userModesChanged', user: userOf(world, nick), changes })
}

export function setChannelModes(world: World, name: string, modes: string): void {
  const channel = world.core.network.channels.get(name)
  assert.ok(channel)
  applyEvent(world.core, { kind: 'channelModesChanged', channel, changes: changesOf(modes) })
}

function changesOf(modes: string): ModeChange[] {
  const sign = modes.startsWith('-') ? '-' : '+'
  return Array.from(modes.slice(1), (mode) => ({ sign, mode }))
}
