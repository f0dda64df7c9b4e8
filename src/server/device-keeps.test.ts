import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Loaded } from '../history/store.ts'
import { createNetwork } from '../state/network.ts'
import { createAccountAsks } from './account-side.ts'
import { deviceRecord, restoreDevices } from './device-keeps.ts'

const HOME = { network: '192.0.2.1', lastLoginMs: 5 }
const LAB = { network: '2001:db8:1:2::/64', lastLoginMs: 7 }

function loaded(rows: Readonly<Record<string, string>>): Pick<Loaded, 'kept'> {
  return {
    kept: Object.entries(rows).map(([key, value]) => ({ table: 'device', key, value })),
  }
}

test('DEVICES - what is kept of an account is what is read again', () => {
  const record = deviceRecord('anna', [HOME, LAB])
  assert.ok(record.kind === 'keep')
  const devices = restoreDevices(loaded({ [record.key]: record.value }), assert.fail)
  assert.deepEqual([...devices], [['anna', [HOME, LAB]]])
  assert.deepEqual(deviceRecord('anna', []), { kind: 'forget', table: 'device', key: 'anna' })
})

test('DEVICES - what can not be read is left out, and named', () => {
  const skipped: string[] = []
  const rows = {
    ben: '[["192.0.2.1"]]',
    carl: '{}',
    dora: '[["192.0.2.1",1.5]]',
    eve: 'nonsense',
    anna: '[["192.0.2.1",5]]',
  }
  const devices = restoreDevices(loaded(rows), (what) => skipped.push(what))
  assert.deepEqual([...devices], [['anna', [HOME]]])
  assert.deepEqual(skipped, ['device ben', 'device carl', 'device dora', 'device eve'])
})

test('DEVICES - an account whose devices are forgotten is told of, so that they are kept no longer', () => {
  const changes: unknown[] = []
  const asks = createAccountAsks(createNetwork(), {
    fakeSaltKey: new Uint8Array(32),
    now: () => 0,
    devices: {
      before: new Map([['anna', [HOME]]]),
      changed: (account, devices) => changes.push([account, devices]),
    },
  })
  asks.forgetDevices('ben')
  asks.forgetDevices('anna')
  assert.deepEqual(changes, [['anna', []]])
})
