import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allSettle, comesOnline, pair, ROOMS } from '../support/scripted-server-world.ts'

// oxlint-disable-next-line complexity -- a story
test('CLIENT - a message is found, and what is around it is shown between gaps', async () => {
  const { world, mina, joon } = await pair()
  for (let i = 0; i < 40; i++) {
    for (let j = 0; j < 25; j++) joon.actor?.sends(`PRIVMSG #art :number ${i * 25 + j}`)
    await joon.settles()
    world.passes(1000)
  }
  await allSettle(mina, joon)
  assert.equal(mina.items('#art')[0]?.kind, 'gap')
  assert.ok(mina.messages('#art').length <= 500)
  const target = joon.heard.flatMap(
    (line) => /msgid=([^; ]+)\S* \S+ PRIVMSG #art :number 100$/.exec(line)?.[1] ?? [],
  )
  const ref = mina.does({ kind: 'jump', target: '#art', msgid: target[0] ?? '' })
  await mina.settles()
  const outcome = mina.outcomes.get(ref)
  assert.equal(outcome?.kind, 'done')
  const item = mina.items('#art').find(({ id }) => outcome.item === id)
  assert.equal(item?.kind === 'message' && item.text, 'number 100')
  // Whoever scrolls up from there comes to the beginning, and down again to the end, and misses nothing.
  const seen = new Set<string>()
  const note = () => mina.texts('#art').forEach((text) => seen.add(text))
  for (let i = 0; i < 40; i++) {
    note()
    const gap = mina.items('#art').find(({ kind }) => kind === 'gap')
    if (gap === undefined) break
    mina.does({ kind: 'fill', conversation: '#art', gap: gap.id, side: 'newer' })
    await mina.settles()
  }
  note()
  assert.equal(mina.model.timelines.get('#art')?.isComplete, true)
  for (let i = 0; i < 40; i++) {
    note()
    const gap = mina.items('#art').findLast(({ kind }) => kind === 'gap')
    if (gap === undefined) break
    mina.does({ kind: 'fill', conversation: '#art', gap: gap.id, side: 'older' })
    await mina.settles()
  }
  assert.equal(seen.size, 1000)
})

test('CLIENT - somebody to whom one has not talked yet has no history, and nothing is missing', async () => {
  const { mina, joon } = await pair()
  mina.does({ kind: 'open', nick: 'joon' })
  await mina.settles()
  assert.deepEqual(mina.items('joon'), [])
  mina.does({ kind: 'whois', nick: 'joon' })
  await allSettle(mina, joon)
  assert.equal(mina.model.whois?.isComplete, true)
  assert.deepEqual(mina.model.whois?.rooms, ['#art'])
  assert.deepEqual(mina.model.notices, [])
})

// oxlint-disable-next-line complexity -- a story
test('CLIENT - edits and quotes are linked in what was said before, too', async () => {
  const { world, mina, joon } = await pair()
  mina.does({ kind: 'say', conversation: '#art', text: 'first' })
  await allSettle(mina, joon)
  const msgid = mina.messages('#art')[0]?.msgid ?? ''
  mina.does({ kind: 'edit', conversation: '#art', msgid, text: 'second' })
  await allSettle(mina, joon)
  const edited = mina.messages('#art')[1]?.msgid ?? ''
  joon.does({ kind: 'say', conversation: '#art', text: 'quoting', replyTo: edited })
  joon.does({ kind: 'react', conversation: '#art', msgid: edited, emoji: '🎨' })
  await allSettle(mina, joon)
  joon.breaks()
  world.passes(3000)
  joon.ticks()
  const sora = await comesOnline(world, 'sora', ROOMS)
  await allSettle(sora, joon)
  const later = sora.messages('#art')
  assert.deepEqual(sora.texts('#art').slice(-2), ['second', 'quoting'])
  assert.equal(later.at(-1)?.replyTo?.excerpt, 'second')
  assert.deepEqual(
    later.at(-2)?.reactions.map(({ emoji }) => emoji),
    ['🎨'],
  )
})
