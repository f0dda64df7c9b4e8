import assert from 'node:assert/strict'
import { BlockList } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { createNetworks } from './networks.ts'

test('NETWORKS - an address belongs to the networks that hold it', () => {
  const networks = createNetworks(['192.0.2.0/24', '198.51.100.7', '2001:db8::/32', '::1'])
  for (const text of [
    '192.0.2.255',
    '198.51.100.7',
    '2001:db8:ffff::1',
    '::1',
    '::ffff:192.0.2.3',
  ]) {
    assert.ok(networks.has(text), text)
  }
  for (const text of ['192.0.3.0', '198.51.100.8', '2001:db9::', '::2', '', 'unix:']) {
    assert.ok(!networks.has(text), text)
  }
})

test('NETWORKS - bits beyond the prefix do not count; /0 is everybody of that family', () => {
  assert.ok(createNetworks(['192.0.2.77/24']).has('192.0.2.1'))
  assert.ok(createNetworks(['0.0.0.0/0']).has('203.0.113.9'))
  assert.ok(!createNetworks(['0.0.0.0/0']).has('2001:db8::1'))
  assert.ok(createNetworks(['::ffff:192.0.2.0/120']).has('192.0.2.9'))
  assert.ok(!createNetworks([]).has('192.0.2.9'))
})

test('NETWORKS - an entry that is no network is refused by name', () => {
  for (const entry of [
    '',
    '1.2.3.4/33',
    '::/129',
    '1.2.3.4/',
    '1.2.3.4/-1',
    '::/1/2',
    'a/8',
    '1.2.3.4/08',
  ]) {
    assert.throws(() => createNetworks(['127.0.0.1', entry]), {
      message: `not an address or CIDR network: ${entry}`,
    })
  }
})

test('NETWORKS - agrees with the block list of Node', () => {
  const ipv4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
  fc.assert(
    fc.property(fc.array(ipv4, { maxLength: 5 }), fc.ipV4(), (entries, address) => {
      const list = new BlockList()
      for (const [base, length] of entries) list.addSubnet(base, length, 'ipv4')
      const networks = createNetworks(entries.map(([base, length]) => `${base}/${length}`))
      assert.equal(networks.has(address), list.check(address, 'ipv4'))
    }),
  )
})
