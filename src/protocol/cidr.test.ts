import assert from 'node:assert/strict'
import { BlockList, isIP } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseAddress } from './address.ts'
import { formatCidr, matchCidr, networkOf, parseCidr } from './cidr.ts'

const v4 = fc.ipV4()
const v6 = fc.ipV6()

function bitsOf(text: string): bigint {
  const groups = parseAddress(text) ?? assert.fail(text)
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n)
}

function matches(network: string, address: string): boolean {
  const cidr = parseCidr(network) ?? assert.fail(network)
  return matchCidr(cidr, parseAddress(address) ?? assert.fail(address))
}

for (const [name, address, width] of [
  ['IPv4', v4, 32],
  ['IPv6', v6, 128],
] as const) {
  test(`CIDR - ${name}: an address is in a network when their first bits are equal`, () => {
    fc.assert(
      fc.property(address, address, fc.nat(width), fc.nat(width - 1), (a, b, prefix, flip) => {
        // An IPv4 address in an IPv6 form is narrower than the prefix; it has a test of its own.
        fc.pre(parseAddress(a)?.length === width / 16 && parseAddress(b)?.length === width / 16)
        const shift = BigInt(width - prefix)
        assert.equal(matches(`${a}/${prefix}`, b), bitsOf(a) >> shift === bitsOf(b) >> shift)
        const near = networkOf(
          (parseAddress(a) ?? []).map((group, index) =>
            index === flip >> 4 ? group ^ (0x8000 >> (flip & 15)) : group,
          ),
          width,
        )
        const cidr = parseCidr(`${a}/${prefix}`) ?? assert.fail(a)
        assert.equal(matchCidr(cidr, near.groups), flip >= prefix)
      }),
    )
  })

  test(`CIDR - ${name}: agrees with the block list of Node`, () => {
    fc.assert(
      fc.property(address, fc.nat(width), fc.nat(width - 1), (a, prefix, flip) => {
        fc.pre(parseAddress(a)?.length === width / 16)
        const groups = parseAddress(a) ?? []
        const near = groups.map((group, index) =>
          index === flip >> 4 ? group ^ (0x8000 >> (flip & 15)) : group,
        )
        const nearText = formatCidr({ groups: near, prefix: width })
        const list = new BlockList()
        const family = width === 32 ? 'ipv4' : 'ipv6'
        list.addSubnet(a, prefix, family)
        assert.equal(matches(`${a}/${prefix}`, nearText), list.check(nearText, family))
      }),
    )
  })
}

test('CIDR - accepts as an address exactly what Node does, but for zones', () => {
  const messy = fc.string({
    unit: fc.constantFrom(':', ':', '.', '0', '1', '25', 'f', 'F', '::', 'g', ' '),
  })
  fc.assert(
    fc.property(fc.oneof(v4, v6, messy), (text) => {
      assert.equal(parseAddress(text) !== undefined, isIP(text) !== 0, text)
    }),
    { numRuns: 3000 },
  )
})

test('CIDR - what is no address or network is undefined', () => {
  const bad = [
    '',
    '/',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4/33',
    '1.2.3.4/-1',
    '1.2.3.4/',
  ]
  bad.push(
    '1.2.3.4/08',
    '1.2.3.4/8/8',
    '1.2.3.*',
    ' 1.2.3.4',
    '::/129',
    ':::',
    '1::2::3',
    'fe80::1%eth0',
  )
  bad.push('::1.2.3', '1.2.3.4::', '12345::', '1:2:3:4:5:6:7:8::', '::ffff:1.2.3.4/', '[::1]')
  for (const text of bad) assert.equal(parseCidr(text), undefined, text)
})

test('CIDR - an IPv4 address is the same in its IPv6 form', () => {
  assert.equal(matches('1.2.3.0/24', '::ffff:1.2.3.4'), true)
  assert.equal(matches('::ffff:1.2.3.0/120', '1.2.3.4'), true)
  assert.equal(matches('::ffff:1.2.3.0/120', '1.2.4.4'), false)
  assert.equal(matches('::/0', '1.2.3.4'), false)
  assert.equal(matches('0.0.0.0/0', '::1'), false)
})

test('CIDR - one text for one network', () => {
  const text = (network: string) => formatCidr(parseCidr(network) ?? assert.fail(network))
  assert.equal(text('1.2.3.4/24'), '1.2.3.0/24')
  assert.equal(text('1.2.3.4/32'), '1.2.3.4')
  assert.equal(text('2001:DB8:0:0:1:0:0:1'), '2001:db8::1:0:0:1')
  assert.equal(text('2001:0db8:1:1:1:1:0:1/112'), '2001:db8:1:1:1:1::/112')
  assert.equal(text('1:0:2:3:4:5:6:7'), '1:0:2:3:4:5:6:7')
  assert.equal(text('::'), '::')
  assert.equal(text('::ffff:9.8.7.6'), '9.8.7.6')
  fc.assert(
    fc.property(v6, fc.nat(128), (address, prefix) => {
      const once = text(`${address}/${prefix}`)
      assert.equal(text(once), once)
    }),
  )
})
