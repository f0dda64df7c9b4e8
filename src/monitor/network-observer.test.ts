import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from '../../test/support/world.ts'
import type { FeedEvent } from '../feed/feed.ts'
import { NetworkObserver } from './network-observer.ts'

function observed(): { world: World; told: FeedEvent[]; observer: NetworkObserver } {
  const told: FeedEvent[] = []
  const world = new World()
  const now = (): number => world.core.clock.now()
  const observer = new NetworkObserver({ put: (event) => told.push(event), now })
  Object.assign(world.core, {
    observe: (event: Parameters<typeof observer.hear>[0]) => observer.hear(event),
  })
  return { world, told, observer }
}

function shape(events: readonly FeedEvent[]): string[] {
  return events.map((event) => {
    const words: (string | number)[] = [event.kind]
    for (const name of ['nick', 'oldNick', 'room', 'members', 'how', 'reason', 'by', 'as'] as const)
      if (name in event)
        words.push((event as unknown as Record<string, string | number>)[name] ?? '')
    return words.join(' ')
  })
}

test('OBSERVER - a life from the first byte to the last, in order', () => {
  const { world, told } = observed()
  const minji = world.join('민지')
  minji.sends('JOIN #방', 'NICK 민지2', 'PART #방 :가요', 'JOIN #a,#b', 'QUIT :bye')
  minji.vanishes('Quit: bye')
  assert.deepEqual(shape(told), [
    'connected',
    'registered 민지',
    'joined 민지 #방 1',
    'renamed 민지2 민지',
    'left 민지2 #방 0 part 가요',
    'joined 민지2 #a 1',
    'joined 민지2 #b 1',
    'left 민지2 #a 0 quit Quit: bye',
    'left 민지2 #b 0 quit Quit: bye',
    'disconnected 민지2 Quit: bye',
  ])
  assert.ok(
    told.every((event) => !('connection' in event) || event.connection === minji.connection),
  )
})

test('OBSERVER - a kick says who did it, and who never registered has the nick that was tried', () => {
  const { world, told } = observed()
  const [op, victim] = world.joinAll(['op', 'victim'], '#x')
  assert.ok(op && victim)
  told.length = 0
  op.sends('KICK #x victim :enough')
  const stranger = world.connect()
  stranger.sends('NICK tried')
  stranger.vanishes('Registration timeout')
  assert.deepEqual(shape(told), [
    'left victim #x 1 kick enough op',
    'connected',
    'disconnected tried Registration timeout',
  ])
})

test('OBSERVER - messages are counted by room, and none is ever read', () => {
  const { world, told, observer } = observed()
  const [a, b] = world.joinAll(['a', 'b'], '#x')
  assert.ok(a && b)
  told.length = 0
  a.sends('PRIVMSG #x :a secret', 'NOTICE #x :another secret', 'PRIVMSG b :between us')
  assert.equal(observer.messages, 3)
  const channel = [...world.core.network.channels.values()][0]
  assert.ok(channel)
  assert.equal(observer.tallyOf(channel)?.messages, 2)
  assert.deepEqual(told, [])
})

test('OBSERVER - operators who log in and bans that begin and end are told', async () => {
  const { world, told } = observed()
  const oper = await world.joinAsOperator('oper')
  assert.ok(shape(told).includes('loggedIn oper root'))
  told.length = 0
  oper.sends('KLINE 10m bad@*.example.org :spam', 'UNKLINE bad@*.example.org')
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['banned', 'unbanned'],
  )
})
