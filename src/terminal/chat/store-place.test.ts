import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { keepEntries, keptEntries } from './store-file.ts'
import { takeStorePlace } from './store-place.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-store-'))
after(() => rmSync(folder, { recursive: true }))

let names = 0
const newName = (): string => join(folder, 'state', `chat-${++names}`)

function pending(clientMsgid: string, madeAtMs: number): object {
  const place = { conversation: '#a', target: '#a', item: 'i1' }
  return { ...place, clientMsgid, text: clientMsgid, form: 'message', madeAtMs, tries: 0 }
}

function waiting(path: string): string[] {
  const entries = JSON.parse(keptEntries(path).get('queue') ?? '[]') as { clientMsgid: string }[]
  return entries.map(({ clientMsgid }) => clientMsgid)
}

test('STORE - each chat that runs has a file of its own, and who comes later the first that is free', () => {
  const name = newName()
  const first = takeStorePlace(name)
  const second = takeStorePlace(name)
  const third = takeStorePlace(name)
  assert.deepEqual(
    [first, second, third].map(({ path }) => path),
    [`${name}.json`, `${name}.2.json`, `${name}.3.json`],
  )
  second[Symbol.dispose]()
  using again = takeStorePlace(name)
  assert.equal(again.path, `${name}.2.json`)
  first[Symbol.dispose]()
  third[Symbol.dispose]()
})

test('STORE - a second chat is in the same rooms, and has nothing of what the first has to send', () => {
  const name = newName()
  using first = takeStorePlace(name)
  const kept = { rooms: '[{"name":"#a"}]', 'read:#a': '5', 'draft:#a': 'half', queue: '[]' }
  keepEntries(first.path, new Map(Object.entries(kept)))
  using second = takeStorePlace(name)
  assert.deepEqual(Object.fromEntries(keptEntries(second.path)), {
    rooms: '[{"name":"#a"}]',
    'read:#a': '5',
  })
  assert.equal(keptEntries(first.path).get('draft:#a'), 'half')
})

test('STORE - what waits in files that nobody has comes into one, each message once and in order', () => {
  const name = newName()
  const first = takeStorePlace(name)
  const second = takeStorePlace(name)
  const queue = (...all: readonly object[]) => JSON.stringify(all)
  keepEntries(
    first.path,
    new Map([
      ['queue', queue(pending('b', 2), pending('d', 4))],
      ['draft:#a', 'ours'],
    ]),
  )
  keepEntries(
    second.path,
    new Map([
      ['queue', queue(pending('a', 1), pending('b', 2), pending('c', 3))],
      ['draft:#a', 'theirs'],
      ['draft:#b', 'more'],
    ]),
  )
  first[Symbol.dispose]()
  // The second still has its own: nothing is taken from it.
  takeStorePlace(name)[Symbol.dispose]()
  assert.deepEqual(waiting(second.path), ['a', 'b', 'c'])
  second[Symbol.dispose]()
  using all = takeStorePlace(name)
  assert.equal(basename(all.path), basename(first.path))
  assert.deepEqual(waiting(all.path), ['a', 'b', 'c', 'd'])
  assert.equal(keptEntries(all.path).get('draft:#a'), 'ours\ntheirs')
  assert.equal(keptEntries(all.path).get('draft:#b'), 'more')
  assert.ok(!existsSync(second.path))
})

test('STORE - a damaged file is put aside, and stays as it was', () => {
  const name = newName()
  using place = takeStorePlace(name)
  writeFileSync(place.path, '{"queue":"[')
  assert.equal(keptEntries(place.path).size, 0)
  assert.equal(readFileSync(`${place.path}.damaged`, 'utf8'), '{"queue":"[')
})
