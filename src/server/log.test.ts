import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog, logOutput } from './log.ts'

function written(text: { readonly colours: boolean } | undefined) {
  const lines: string[] = []
  const log = createLog('info', { text, write: (line) => void lines.push(line) })
  return { lines, log }
}

test('log - JSON lines have level, time, event and the fields', () => {
  const { lines, log } = written(undefined)
  log.warn('slow reader closed', { connection: 17, queued: true, account: undefined })
  assert.equal(lines.length, 1)
  const { time, ...rest } = JSON.parse(lines[0] ?? '') as Record<string, unknown>
  assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  assert.deepEqual(rest, {
    level: 'warn',
    event: 'slow reader closed',
    connection: 17,
    queued: true,
  })
})

test('log - the level changes while it runs', () => {
  const { lines, log } = written(undefined)
  log.debug('unheard')
  log.setLevel('debug')
  log.debug('heard')
  log.setLevel('error')
  log.warn('unheard')
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { event: string }).event),
    ['heard'],
  )
})

test("log - fields do not overwrite the line's own", () => {
  const { lines, log } = written(undefined)
  log.info('real', { event: 'forged', level: 'error' })
  const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>
  assert.equal(line['event'], 'real')
  assert.equal(line['level'], 'info')
  assert.equal(line['event_'], 'forged')
})

test('log - text is one readable line per event', () => {
  const { lines, log } = written({ colours: false })
  log.info('connection opened', { connection: 17, address: '192.0.2.1' })
  assert.match(
    lines[0] ?? '',
    /^\d\d:\d\d:\d\d\.\d{3} info {2}connection opened {2}connection=17 address=192\.0\.2\.1\n$/,
  )
})

test('log - colours only where they are asked for', () => {
  const plain = written({ colours: false })
  const coloured = written({ colours: true })
  plain.log.error('x', { a: 1 })
  coloured.log.error('x', { a: 1 })
  assert.ok(!plain.lines.join().includes('\u001B'))
  assert.ok(coloured.lines.join().includes('\u001B[31m'))
  assert.deepEqual(logOutput('auto', true), { text: { colours: true } })
  assert.deepEqual(logOutput('auto', false), { text: undefined })
  assert.deepEqual(logOutput('text', false), { text: { colours: false } })
  assert.deepEqual(logOutput('json', true), { text: undefined })
})

test('log - what clients say can neither move the cursor nor forge a line or a field', () => {
  const { lines, log } = written({ colours: false })
  log.info('quit', { reason: 'bye\n12:00:00 error x \u001B[2J\u202E\u0085 a=b', nick: 'a b' })
  const [line = ''] = lines
  assert.equal(line.split('\n').length, 2)
  assert.doesNotMatch(line.trimEnd(), /\p{C}/u)
  assert.match(line, /reason="bye\\n12:00:00 error x /)
  assert.match(line, /nick="a b"/)
})

test('log - while it is held it writes nothing, and then the newest lines', () => {
  const { lines, log } = written(undefined)
  const events = () => lines.map((line) => (JSON.parse(line) as { event: string }).event)
  {
    using _first = log.hold()
    {
      using _second = log.hold()
      log.info('one')
    }
    log.info('two')
    assert.deepEqual(lines, [])
  }
  log.info('three')
  assert.deepEqual(events(), ['one', 'two', 'three'])
})

test('log - what is held has an end, and it says how much is missing', () => {
  const { lines, log } = written(undefined)
  {
    using _held = log.hold()
    for (let i = 0; i < 1000; i++) log.info('held', { i })
  }
  const [note, first, ...rest] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  assert.equal(note?.['event'], 'earlier lines were not written')
  assert.equal(note['lines'], first?.['i'])
  assert.equal(rest.length + 1 + Number(note['lines']), 1000)
  assert.equal(rest.at(-1)?.['i'], 999)
})
