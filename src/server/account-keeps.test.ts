import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNetwork } from '../state/network.ts'
import { restoreAccounts } from './account-keeps.ts'

test('ACCOUNT KEEPS - an account that cannot be read is nobody else’s: its name stays taken', () => {
  const network = createNetwork()
  const skipped: string[] = []
  const loaded = {
    kept: [{ table: 'account', key: 'ayu', value: '{"name":' }],
    damaged: [
      { table: 'account', key: 'mina' },
      { table: 'room', key: '1' },
    ],
  } as const
  restoreAccounts(network, loaded, (what) => skipped.push(what))
  assert.deepEqual([...network.droppedAccounts].toSorted(), ['ayu', 'mina'])
  assert.deepEqual([...network.accounts.keys()], [])
  assert.deepEqual(skipped, ['account ayu'])
})
