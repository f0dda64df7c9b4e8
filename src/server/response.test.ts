import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAP } from '../protocol/capabilities.ts'
import type { Line } from '../state/line.ts'
import { createSession } from '../state/session.ts'
import { formatResponse, openResponse } from './response.ts'

const TIME = '2026-01-01T12:00:00.000Z'
const LABELS = CAP.labeledResponse | CAP.batch
const origin = { transport: 'tcp', address: '192.0.2.1', port: 1, listener: 'plain' } as const

function answer(lines: readonly Line[], caps: number, label?: string): string[] {
  const session = { ...createSession(1, origin, 0, 0), caps }
  const response = openResponse(session, label)
  response.lines.push(...lines)
  const text = formatResponse(response, { serverName: 's', time: TIME, reference: () => 'ref' })
  return text.split('\r\n').slice(0, -1)
}

const line = (command: string, ...params: readonly string[]): Line => ({
  source: 's',
  command,
  params,
  time: TIME,
})
const ONE = line('PONG', 's', 'x')
const BATCH: readonly Line[] = [
  line('BATCH', '+in', 'draft/isupport'),
  { ...line('005', 'a', 'X'), batch: 'in' },
  line('BATCH', '-in'),
]

test('labeled-response - nothing to say: "a labeled ACK message"', () => {
  assert.deepEqual(answer([], LABELS, '1'), ['@label=1 :s ACK'])
  assert.deepEqual(answer([], LABELS), [])
})

test('labeled-response - one line carries the label itself', () => {
  assert.deepEqual(answer([ONE], LABELS, 'a b'), ['@label=a\\sb :s PONG s x'])
  assert.deepEqual(answer([ONE], CAP.labeledResponse, '1'), ['@label=1 :s PONG s x'])
})

test('labeled-response - several lines are a batch, labelled at its start alone', () => {
  assert.deepEqual(answer([ONE, ONE], LABELS, '1'), [
    '@label=1 :s BATCH +ref labeled-response',
    '@batch=ref :s PONG s x',
    '@batch=ref :s PONG s x',
    ':s BATCH -ref',
  ])
})

test('labeled-response - an answer that is one batch already needs no other', () => {
  assert.deepEqual(answer(BATCH, LABELS, '1'), [
    '@label=1 :s BATCH +in draft/isupport',
    '@batch=in :s 005 a X',
    ':s BATCH -in',
  ])
})

test('labeled-response - a batch among other lines is nested', () => {
  assert.deepEqual(answer([ONE, ...BATCH], LABELS, '1'), [
    '@label=1 :s BATCH +ref labeled-response',
    '@batch=ref :s PONG s x',
    '@batch=ref :s BATCH +in draft/isupport',
    '@batch=in :s 005 a X',
    '@batch=ref :s BATCH -in',
    ':s BATCH -ref',
  ])
})

test('labeled-response - two batches one after the other are not one', () => {
  const lines = answer([...BATCH, ...BATCH], LABELS, '1')
  assert.equal(lines[0], '@label=1 :s BATCH +ref labeled-response')
  assert.equal(lines.length, 8)
})

test('labeled-response - without a label lines are as they are', () => {
  assert.deepEqual(answer([ONE, ONE], LABELS), [':s PONG s x', ':s PONG s x'])
})
