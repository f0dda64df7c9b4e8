import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogRecord } from '../state/record.ts'
import { Log } from './log.ts'
import { unpackRecords } from './record-batch.ts'
import { CommitRefused } from './store.ts'

/** A store whose commits the test settles. */
class Desk {
  readonly commits: {
    readonly keys: readonly string[]
    readonly resolve: () => void
    readonly reject: (why: Error) => void
  }[] = []
  readonly settled: string[] = []
  readonly log = new Log({
    commit: (records) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      this.commits.push({ keys: unpackRecords(records).map(keyOf), resolve, reject })
      return promise
    },
    committed: (batch) => this.settled.push(`committed ${batch}`),
    refused: (batch, { why }) => this.settled.push(`refused ${batch} ${why}`),
    nowMs: () => 0,
  })

  get keys(): (readonly string[])[] {
    return this.commits.map(({ keys }) => keys)
  }
}

function keep(key: string): LogRecord {
  return { kind: 'keep', table: 'room', key, value: '{}' }
}

function keyOf(record: LogRecord): string {
  return record.kind === 'keep' ? record.key : record.kind
}

/** More turns than the next commit waits for. */
async function turn(): Promise<void> {
  for (let i = 0; i < 6; i++) await new Promise((resolve) => setImmediate(resolve))
}

test('LOG - what one turn brings is one commit; what comes meanwhile gathers for the next', async () => {
  const { log, commits, settled, ...desk } = makeDesk()
  assert.equal(log.append([keep('a')], 'message'), 1)
  assert.equal(log.append([keep('b'), keep('c')], 'state'), 1)
  await turn()
  assert.equal(log.append([keep('d')], 'message'), 2)
  assert.equal(log.append([keep('e')], 'message'), 2)
  await turn()
  assert.deepEqual(desk.keys(), [['a', 'b', 'c']])
  commits[0]?.resolve()
  await turn()
  assert.deepEqual(settled, ['committed 1'])
  assert.deepEqual(desk.keys()[1], ['d', 'e'])
})

test('LOG - of a refused batch the state is owed, and stands first in the next; its messages are gone', async () => {
  const { log, commits, settled, ...desk } = makeDesk()
  log.append([keep('said')], 'message')
  log.append([keep('joined')], 'state')
  await turn()
  commits[0]?.reject(new CommitRefused('full', 'no space left'))
  await turn()
  assert.deepEqual(settled, ['refused 1 full'])
  assert.deepEqual([log.figures().owed, log.figures().refusal], [1, 'no space left'])
  log.append([keep('next')], 'message')
  await turn()
  assert.deepEqual(desk.keys()[1], ['joined', 'next'])
  commits[1]?.resolve()
  await turn()
  assert.deepEqual([log.figures().owed, log.figures().refusal], [0, undefined])
})

test('LOG - what is owed is tried again when nobody says anything', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const { log, commits, settled, ...desk } = makeDesk()
  log.append([keep('joined')], 'state')
  await turn()
  commits[0]?.reject(new Error('the disk is on fire'))
  await turn()
  assert.deepEqual(settled, ['refused 1 failed'])
  context.mock.timers.tick(1000)
  assert.deepEqual(desk.keys()[1], ['joined'])
  commits[1]?.resolve()
  await turn()
  assert.deepEqual(settled, ['refused 1 failed', 'committed 2'])
})

test('LOG - settled: when all that was appended before is committed or refused, whatever comes after it', async () => {
  const { log, commits } = makeDesk()
  await log.settled()
  log.append([keep('a')], 'message')
  let isSettled = false
  void log.settled().then(() => (isSettled = true))
  await turn()
  log.append([keep('b')], 'message')
  let isLaterSettled = false
  void log.settled().then(() => (isLaterSettled = true))
  await turn()
  assert.equal(isSettled, false)
  commits[0]?.resolve()
  await turn()
  assert.deepEqual([isSettled, isLaterSettled], [true, false])
  commits[1]?.reject(new CommitRefused('full', 'no space left'))
  await turn()
  assert.equal(isLaterSettled, true)
})

test('LOG - closing commits what there is, what is owed as well', async () => {
  const { log, commits, ...desk } = makeDesk()
  log.append([keep('joined')], 'state')
  await turn()
  commits[0]?.reject(new CommitRefused('busy', 'locked'))
  await turn()
  const closed = log.close()
  await turn()
  assert.deepEqual(desk.keys()[1], ['joined'])
  commits[1]?.resolve()
  await closed
})

test('LOG - with too much waiting it says that it is full', async () => {
  const { log, commits } = makeDesk()
  log.append(
    Array.from({ length: 50_001 }, (_, i) => keep(String(i))),
    'message',
  )
  assert.equal(log.isFull, true)
  await turn()
  assert.equal(log.isFull, true)
  commits[0]?.resolve()
  await turn()
  assert.equal(log.isFull, false)
})

function makeDesk() {
  const desk = new Desk()
  return { log: desk.log, commits: desk.commits, settled: desk.settled, keys: () => desk.keys }
}
