import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SearchQuery } from '../../src/client/model.ts'
import { pair, type Person } from '../support/scripted-server-world.ts'

async function found(person: Person, query: SearchQuery): Promise<readonly string[]> {
  const ref = person.does({ kind: 'search', query })
  assert.equal(person.model.search.state, 'searching')
  await person.settles()
  assert.deepEqual(person.outcomes.get(ref), { kind: 'done' })
  assert.equal(person.model.search.state, 'found')
  return person.model.search.results.map(({ message }) => message.text)
}

/** Joon has said these, a second apart; `wall` has 120 lines that came within the same three moments. */
async function spoken() {
  const { world, mina, joon } = await pair()
  for (const line of [
    '#art :red paint',
    '#art :blue PAINT, https://paint.example',
    'mina :paint',
  ]) {
    world.passes(1000)
    joon.actor?.sends(`PRIVMSG ${line}`)
  }
  world.passes(1000)
  mina.actor?.sends('PRIVMSG #art :what paint?')
  await mina.settles()
  return { world, mina, joon }
}

test('CLIENT - what was said is found, newest first, by words, people, places, times and links', async () => {
  const { world, mina } = await spoken()
  const all = ['what paint?', 'paint', 'blue PAINT, https://paint.example', 'red paint']
  assert.deepEqual(await found(mina, { text: 'paint' }), all)
  assert.deepEqual(await found(mina, { text: 'paint', from: 'mina' }), ['what paint?'])
  assert.deepEqual(await found(mina, { text: 'paint', in: 'joon' }), ['paint'])
  assert.deepEqual(await found(mina, { text: '', hasLink: true, in: '#art' }), [all[2]])
  assert.deepEqual(await found(mina, { text: 'red blue' }), [])
  const afterMs = world.core.clock.now() - 1500
  assert.deepEqual(await found(mina, { text: 'paint', afterMs }), all.slice(0, 2))
  assert.deepEqual(await found(mina, { text: 'paint', beforeMs: afterMs }), all.slice(2))
})

test('CLIENT - a result says where it was said, so that one can jump there', async () => {
  const { mina } = await spoken()
  await found(mina, { text: 'paint', from: 'joon' })
  const { results } = mina.model.search
  assert.deepEqual(
    results.map(({ target }) => target),
    ['joon', '#art', '#art'],
  )
  const ref = mina.does({ kind: 'jump', target: 'joon', msgid: results[0]?.message.msgid ?? '' })
  await mina.settles()
  assert.equal(mina.outcomes.get(ref)?.kind, 'done')
  assert.deepEqual(mina.texts('joon'), ['paint'])
})

test('CLIENT - further back, nothing is missed and nothing comes twice, whatever came in the same moment', async () => {
  const { world, mina, joon } = await pair()
  for (let i = 0; i < 120; i++) {
    if (i % 40 === 0) world.passes(1000)
    joon.actor?.sends(`PRIVMSG #art :line ${i}`)
  }
  await joon.settles()
  const query: SearchQuery = { text: 'line' }
  await found(mina, query)
  assert.equal(mina.model.search.results.length, 50)
  for (let page = 0; mina.model.search.isMore; page++) {
    assert.ok(page < 10, 'there is no end')
    const oldest = mina.model.search.results.at(-1)?.message.timeMs ?? 0
    await found(mina, { ...query, beforeMs: oldest })
  }
  const texts = mina.model.search.results.map(({ message }) => message.text)
  assert.equal(new Set(texts).size, texts.length)
  assert.equal(texts.length, 120)
  // Another question begins anew.
  assert.deepEqual(await found(mina, { text: 'line 119', beforeMs: 1 }), [])
})

test('CLIENT - a search that is refused says why, and one that is overtaken shows nothing', async () => {
  const { mina } = await spoken()
  const refused = mina.does({ kind: 'search', query: { text: 'paint', in: '#none' } })
  await mina.settles()
  const outcome = mina.outcomes.get(refused)
  assert.equal(outcome?.kind === 'refused' && outcome.code, 'INVALID_PARAMS')
  assert.equal(mina.model.search.state, 'failed')
  const overtaken = mina.does({ kind: 'search', query: { text: 'red' } })
  const last = mina.does({ kind: 'search', query: { text: 'blue' } })
  await mina.settles()
  assert.deepEqual(mina.outcomes.get(overtaken), { kind: 'unknown' })
  assert.deepEqual(mina.outcomes.get(last), { kind: 'done' })
  assert.equal(mina.model.search.query?.text, 'blue')
  assert.equal(mina.model.search.results.length, 1)
})
