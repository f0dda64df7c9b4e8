import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siblingModule } from './sibling-module.ts'

test('BASE - a sibling module has the extension of the module that asks', () => {
  assert.equal(siblingModule('worker', 'file:///a/src/io/pool.ts'), 'file:///a/src/io/worker.ts')
  assert.equal(siblingModule('worker', 'file:///a/dist/io/pool.js'), 'file:///a/dist/io/worker.js')
})

test('BASE - a query or fragment of the asking module is not taken along', () => {
  assert.equal(siblingModule('worker', 'file:///a/pool.ts?v=1.2/3#x'), 'file:///a/worker.ts')
})
