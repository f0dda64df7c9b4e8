import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SearchQuery } from '../../src/state/history-query.ts'
import {
  asked,
  HISTORY_CAPS,
  historyWorld,
  inBatch,
  textsOf,
  withoutTags,
} from '../support/history-world.ts'

const CAPS = [...HISTORY_CAPS, 'soju.im/search'] as const

async function office() {
  const world = historyWorld()
  const { history } = world.core.asks
  const { search } = history
  const queries: SearchQuery[] = []
  Object.assign(history, {
    search: (query: SearchQuery) => {
      queries.push(query)
      return search(query)
    },
  })
  const alice = world.join('alice', ...CAPS)
  const bob = world.join('bob', ...CAPS)
  await asked(world, alice, 'JOIN #art,#plans')
  await asked(world, bob, 'JOIN #art')
  const lines = [
    'PRIVMSG #art :The palette is 따뜻하다',
    'PRIVMSG #plans :palette meeting at noon',
    'PRIVMSG bob :palette for your eyes',
    'PRIVMSG #art :see https://example.org/Palette',
    'PRIVMSG @#art :palette of operators',
  ]
  for (const line of lines) {
    world.passes(1000)
    await asked(world, alice, line)
  }
  world.passes(1000)
  await asked(world, bob, 'PRIVMSG #art :another palette')
  for (const each of [alice, bob]) each.read()
  return { world, queries, alice, bob }
}

test('SEARCH - in rooms that one is in and what one has said to others, oldest first, as it was said', async () => {
  const { world, alice, bob } = await office()
  const lines = inBatch(await asked(world, bob, 'SEARCH text=PALETTE'), 'soju.im/search')
  assert.deepEqual(lines.map(withoutTags), [
    ':alice!~alice@192-0-2-1.cloak PRIVMSG #art :The palette is 따뜻하다',
    ':alice!~alice@192-0-2-1.cloak PRIVMSG bob :palette for your eyes',
    ':alice!~alice@192-0-2-1.cloak PRIVMSG #art :see https://example.org/Palette',
    ':bob!~bob@192-0-2-1.cloak PRIVMSG #art :another palette',
  ])
  assert.ok(lines.every((line) => line.includes('msgid=') && line.includes('time=')))
  const all = inBatch(await asked(world, alice, 'SEARCH text=palette'), 'soju.im/search')
  assert.equal(all.length, 6)
})

const QUERIES: readonly (readonly [attributes: string, texts: readonly string[]])[] = [
  ['in=#art;from=BOB', ['another palette']],
  ['text=palette\\sis', ['The palette is 따뜻하다']],
  ['text=뜻하', ['The palette is 따뜻하다']],
  ['has=link', ['see https://example.org/Palette']],
  ['in=alice', ['palette for your eyes']],
  // "at or after this time", "at or before this time"
  ['after=2026-01-01T12:00:06.000Z;in=#art', ['another palette']],
  ['before=2026-01-01T12:00:01.000Z', ['The palette is 따뜻하다']],
  ['limit=1;text=palette', ['another palette']],
  ['text=nothing\\sof\\sthis', []],
]

test('SEARCH - every attribute', async () => {
  const { world, bob } = await office()
  for (const [attributes, texts] of QUERIES) {
    const lines = inBatch(await asked(world, bob, `SEARCH ${attributes}`), 'soju.im/search')
    assert.deepEqual(textsOf(lines), texts, attributes)
  }
})

test('SEARCH - what is wrong, and a room of others, is INVALID_PARAMS and nothing more', async () => {
  const { world, bob, queries } = await office()
  for (const words of [
    'in=#plans;text=palette',
    'in=#none',
    'after=monday',
    'colour=red',
    'limit=0',
    'limit=5',
    'has=cake',
  ]) {
    assert.match(
      (await asked(world, bob, `SEARCH ${words}`)).join(),
      /FAIL SEARCH INVALID_PARAMS /,
      words,
    )
  }
  assert.equal(queries.length, 0)
  assert.match((await asked(world, bob, 'SEARCH')).join(), / 461 /)
})

test("SEARCH - an index that knows too much shows no more: redacted, above one's rank, out of the room", async () => {
  const { world, bob } = await office()
  const page = await world.core.asks.history.page({
    buffer: world.core.network.channels.get('#art')?.buffer ?? 0,
    span: { kind: 'latest' },
    sight: { lines: 'messages', ranks: 31, sinceMs: 0 },
    limit: 100,
  })
  const events = page.kind === 'page' ? page.events : []
  assert.ok(events.some(({ least }) => least > 0))
  const [first, ...rest] = [...events].reverse()
  const stale = first === undefined ? rest : [{ ...first, flags: first.flags | 4 }, ...rest]
  Object.assign(world.core.asks.history, { search: () => Promise.resolve(stale) })
  const texts = textsOf(await asked(world, bob, 'SEARCH text=palette'))
  assert.deepEqual(texts, ['The palette is 따뜻하다', 'see https://example.org/Palette'])
  bob.sends('SEARCH text=palette')
  world.core.network.users.get('bob')?.channels.forEach((channel) => channel.members.clear())
  await world.settles()
  assert.deepEqual(textsOf(bob.read()), [])
})

test("SEARCH - when it can't be run, that is said", async () => {
  const { world, bob } = await office()
  Object.assign(world.core.asks.history, { search: () => Promise.reject(new Error('no index')) })
  assert.match(
    (await asked(world, bob, 'SEARCH text=x')).join(),
    /FAIL SEARCH INTERNAL_ERROR :The search/,
  )
})

test('FIND - for people: where, when, who, and how many', async () => {
  const { world } = await office()
  const dave = world.join('dave')
  await asked(world, dave, 'JOIN #art')
  const lines = await asked(world, dave, 'FIND palette from:alice in:#art')
  assert.deepEqual(lines, [
    ':irc.test NOTICE dave :#art [2026-01-01 12:00] <alice> The palette is 따뜻하다',
    ':irc.test NOTICE dave :#art [2026-01-01 12:00] <alice> see https://example.org/Palette',
    ':irc.test NOTICE dave :*** 2 messages found (times are UTC)',
  ])
  assert.deepEqual(await asked(world, dave, 'FIND :palette before:2026-01-01'), [
    ':irc.test NOTICE dave :*** 0 messages found (times are UTC)',
  ])
  assert.equal((await asked(world, dave, 'FIND has:link after:2026-01-01')).length, 2)
  assert.match(
    (await asked(world, dave, 'FIND in:#plans palette')).join(),
    /INVALID_PARAMS in=#plans/,
  )
})
