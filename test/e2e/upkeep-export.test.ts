import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { bearer, openStage } from '../support/admin-side.ts'

const PATH = '/api/v1/history/export?room=%23one'

test('EXPORT - is written down before the first line goes out, and again with how many went', async () => {
  await using stage = await openStage()
  let writtenBefore = 0
  function* lines(): Generator<string> {
    writtenBefore = stage.audit.records.length
    yield 'one\n'
    yield 'two\n'
  }
  stage.steering.exportHistory = () => {
    return { done: true, target: '#one', lines: Readable.from(lines()) }
  }
  const { status, text, headers } = await stage.ask({ path: PATH, headers: bearer('token-admin') })
  assert.deepEqual([status, text], [200, 'one\ntwo\n'])
  assert.match(String(headers['content-type']), /^application\/jsonl/)
  assert.equal(writtenBefore, 1)
  assert.deepEqual(
    stage.audit.records.map(({ action, target, outcome, detail }) => [
      action,
      target,
      outcome,
      detail,
    ]),
    [
      ['export history', '#one', 'done', undefined],
      ['export history ended', undefined, 'done', '2 events'],
    ],
  )
})

test('EXPORT - one that breaks off has failed, and does not look whole to who asked', async () => {
  await using stage = await openStage()
  function* lines(): Generator<string> {
    yield 'one\n'
    throw new Error('no disk')
  }
  stage.steering.exportHistory = () => {
    return { done: true, target: '#one', lines: Readable.from(lines()) }
  }
  await assert.rejects(stage.ask({ path: PATH, headers: bearer('token-admin') }))
  const last = stage.audit.records.at(-1)
  assert.deepEqual(
    [last?.action, last?.outcome, last?.detail],
    ['export history ended', 'failed', '1 events'],
  )
})

test('EXPORT - HEAD takes nothing out', async () => {
  await using stage = await openStage()
  const { status } = await stage.ask({ method: 'HEAD', path: PATH, headers: bearer('token-admin') })
  assert.equal(status, 405)
  assert.deepEqual(stage.steering.calls, [])
})
