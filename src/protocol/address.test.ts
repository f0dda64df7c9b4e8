import assert from 'node:assert/strict'
import { isIP, SocketAddress } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalAddress, isLoopback, parseAddress } from './address.ts'

test('ADDRESS - IPv6 is written as RFC 5952 says', () => {
  const pairs = [
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ] as const
  for (const [text, canonical] of pairs) assert.equal(canonicalAddress(text), canonical)
})

test('ADDRESS - an IPv4-mapped IPv6 address is the IPv4 address', () => {
  assert.equal(canonicalAddress('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(canonicalAddress('::FFFF:c000:0201'), '192.0.2.1')
})

test('ADDRESS - what is no address is none', () => {
  const texts = [
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.4 ',
    '0x1.2.3.4',
    ':',
  ]
  const more = [':::', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1::2::3', '12345::', 'g::', '::1%lo']
  const odd = [
    '1:2:3:4:5:6:7::8:9',
    '1.2.3.4::',
    '::1.2.3.4:5',
    ':1::',
    '[::1]',
    '::1/64',
    'fe80::1%eth0',
  ]
  for (const text of [...texts, ...more, ...odd]) assert.equal(parseAddress(text), undefined, text)
})

test('ADDRESS - agrees with Node about what an address is, and how it is written', () => {
  const part = fc.constantFrom(
    '::',
    ':',
    '0',
    '1',
    '255',
    '256',
    'ffff',
    '.',
    'db8',
    '1.2.3.4',
    'A',
  )
  const text = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.array(part, { maxLength: 17 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, (address) => {
      const version = isIP(address)
      assert.equal(parseAddress(address) !== undefined, version !== 0)
      if (version === 0) return
      const canonical = canonicalAddress(address)
      assert.equal(canonicalAddress(canonical), canonical)
      if (version === 4) assert.equal(canonical, address)
      const native = new SocketAddress({ address, family: version === 4 ? 'ipv4' : 'ipv6' }).address
      if (!native.includes('.')) assert.equal(canonical, native)
    }),
    { numRuns: 1000 },
  )
})

test('ADDRESS - loopback is 127.0.0.0/8 and ::1, mapped or not', () => {
  for (const text of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
    assert.ok(isLoopback(text))
  for (const text of ['128.0.0.1', '::2', '::', '1::1', 'localhost']) assert.ok(!isLoopback(text))
})
