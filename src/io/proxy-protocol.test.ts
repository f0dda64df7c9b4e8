import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PROXY_HEADER_BYTES, readProxyHeader } from './proxy-protocol.ts'

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')

function version1(text: string) {
  return readProxyHeader(Buffer.from(text, 'latin1'))
}

function header(command: number, family: number, body: Buffer): Buffer {
  const fixed = Buffer.from([command, family, body.length >> 8, body.length & 0xff])
  return Buffer.concat([SIGNATURE, fixed, body])
}

function entry(type: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, value.length >> 8, value.length & 0xff]), value])
}

function kindOf(received: Buffer): string {
  return readProxyHeader(received).kind
}

const IPV4_BODY = Buffer.from('c0000201' + 'c6336401' + 'd903' + '1a0b', 'hex')
const IPV6_BODY = Buffer.from(`20010db8${'00'.repeat(11)}01${'00'.repeat(16)}d9031a0b`, 'hex')
const MAPPED_BODY = Buffer.from(`${'00'.repeat(10)}ffffc0000201${'00'.repeat(16)}d9031a0b`, 'hex')

test('PROXY - version 1 names the peer; what follows is not read', () => {
  const line = 'PROXY TCP4 192.0.2.1 198.51.100.1 55555 6667\r\n'
  const peer = { kind: 'peer', headerBytes: line.length, address: '192.0.2.1', port: 55555 }
  assert.deepEqual(version1(`${line}NICK a\r\n`), peer)
  const six = 'PROXY TCP6 2001:DB8::0:1 ::1 55555 6667\r\n'
  const peer6 = { kind: 'peer', headerBytes: six.length, address: '2001:db8::1', port: 55555 }
  assert.deepEqual(version1(six), peer6)
})

test('PROXY - version 1 UNKNOWN: "the receiver must ignore anything presented before the CRLF"', () => {
  assert.deepEqual(version1('PROXY UNKNOWN\r\nA'), { kind: 'proxy', headerBytes: 15 })
  assert.equal(version1(`PROXY UNKNOWN ${'f'.repeat(91)}\r\n`).kind, 'proxy')
})

test('PROXY - version 1 is 107 bytes at most', () => {
  assert.equal(version1(`PROXY UNKNOWN ${'f'.repeat(92)}\r\n`).kind, 'refused')
  assert.equal(version1(`PROXY UNKNOWN ${'f'.repeat(92)}`).kind, 'more')
  assert.equal(version1(`PROXY UNKNOWN ${'f'.repeat(93)}`).kind, 'refused')
})

test('PROXY - a malformed version 1 is refused', () => {
  const lines = [
    'PROXY TCP4 192.0.2.1 198.51.100.1 55555',
    'PROXY TCP4 192.0.2.1 198.51.100.1 55555 6667 ',
    'PROXY TCP4  192.0.2.1 198.51.100.1 55555 6667',
    'PROXY TCP4 192.0.2.1 198.51.100.1 65536 6667',
    'PROXY TCP4 192.0.2.1 198.51.100.1 055 6667',
    'PROXY TCP4 192.0.2.1 198.51.100.1 5\n5 6667',
    'PROXY TCP4 192.0.2.256 198.51.100.1 55555 6667',
    'PROXY TCP4 ::1 ::1 55555 6667',
    'PROXY TCP6 192.0.2.1 198.51.100.1 55555 6667',
    'PROXY TCP6 fe80::1%eth0 ::1 55555 6667',
    'PROXY TCP5 ::1 ::1 55555 6667',
    'PROXY ',
    'proxy TCP4 192.0.2.1 198.51.100.1 55555 6667',
    'NICK a',
  ]
  for (const line of lines) assert.equal(version1(`${line}\r\n`).kind, 'refused', line)
})

test('PROXY - version 2 names the peer; a mapped address is the IPv4 address', () => {
  const received = Buffer.concat([header(0x21, 0x11, IPV4_BODY), Buffer.from('NICK a\r\n')])
  const peer = { kind: 'peer', headerBytes: 28, address: '192.0.2.1', port: 0xd903 }
  assert.deepEqual(readProxyHeader(received), peer)
  const peer6 = { kind: 'peer', headerBytes: 52, address: '2001:db8::1', port: 0xd903 }
  assert.deepEqual(readProxyHeader(header(0x21, 0x21, IPV6_BODY)), peer6)
  const mapped = { kind: 'peer', headerBytes: 52, address: '192.0.2.1', port: 0xd903 }
  assert.deepEqual(readProxyHeader(header(0x21, 0x21, MAPPED_BODY)), mapped)
})

test('PROXY - version 2 LOCAL, UNSPEC and UNIX leave the address of the socket', () => {
  assert.deepEqual(readProxyHeader(header(0x20, 0x00, Buffer.alloc(0))), {
    kind: 'proxy',
    headerBytes: 16,
  })
  assert.equal(kindOf(header(0x20, 0x77, Buffer.alloc(3))), 'proxy')
  assert.equal(kindOf(header(0x21, 0x00, Buffer.alloc(9))), 'proxy')
  assert.equal(kindOf(header(0x21, 0x31, Buffer.alloc(216))), 'proxy')
  assert.equal(kindOf(header(0x21, 0x31, Buffer.alloc(215))), 'refused')
})

test('PROXY - version 2 tells whether the peer spoke TLS to the proxy', () => {
  const version = entry(0x21, Buffer.from('TLSv1.3'))
  const ssl = (flags: number) =>
    entry(0x20, Buffer.concat([Buffer.from([flags, 0, 0, 0, 0]), version]))
  const alpn = entry(0x01, Buffer.from('irc'))
  for (const [flags, tls] of [
    [0x01, true],
    [0x07, true],
    [0x00, false],
  ] as const) {
    const result = readProxyHeader(header(0x21, 0x11, Buffer.concat([IPV4_BODY, alpn, ssl(flags)])))
    assert.equal(result.kind === 'peer' && result.tls, tls)
  }
})

test('PROXY - a malformed version 2 is refused', () => {
  const bodies = [
    header(0x11, 0x11, IPV4_BODY),
    header(0x22, 0x11, IPV4_BODY),
    header(0x21, 0x12, IPV4_BODY),
    header(0x21, 0x41, IPV4_BODY),
    header(0x21, 0x11, IPV4_BODY.subarray(1)),
    header(0x21, 0x21, IPV4_BODY),
    header(0x21, 0x11, Buffer.concat([IPV4_BODY, Buffer.from([1, 0])])),
    header(0x21, 0x11, Buffer.concat([IPV4_BODY, Buffer.from([1, 0, 2, 0])])),
    header(0x21, 0x11, Buffer.concat([IPV4_BODY, entry(0x20, Buffer.alloc(4))])),
    Buffer.from('\r\nNICK a\r\n'),
  ]
  for (const [i, received] of bodies.entries()) assert.equal(kindOf(received), 'refused', String(i))
})

test('PROXY - a header of more than a few KiB is refused before it is gathered', () => {
  const most = PROXY_HEADER_BYTES - 16
  assert.equal(kindOf(header(0x20, 0, Buffer.alloc(most))), 'proxy')
  assert.equal(kindOf(header(0x20, 0, Buffer.alloc(most + 1)).subarray(0, 16)), 'refused')
})

test('PROXY - every beginning of a good header asks for more, and what follows changes nothing', () => {
  const headers = [
    Buffer.from('PROXY TCP4 192.0.2.1 198.51.100.1 55555 6667\r\n'),
    Buffer.from('PROXY UNKNOWN\r\n'),
    header(0x21, 0x21, Buffer.concat([IPV6_BODY, entry(0x20, Buffer.from([1, 0, 0, 0, 0]))])),
    header(0x20, 0, Buffer.alloc(0)),
  ]
  for (const whole of headers) {
    for (let length = 0; length < whole.length; length++) {
      assert.equal(kindOf(whole.subarray(0, length)), 'more')
    }
    const followed = Buffer.concat([whole, Buffer.from('\0\xff\r\nPROXY ', 'latin1')])
    assert.deepEqual(readProxyHeader(followed), readProxyHeader(whole))
  }
})

test('PROXY - no bytes throw, and none ask for more than the bound', () => {
  const start = fc.constantFrom(
    Buffer.from('PROXY TCP4 '),
    SIGNATURE,
    Buffer.concat([SIGNATURE, Buffer.from([0x21, 0x11])]),
    Buffer.alloc(0),
  )
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 200 }), (beginning, rest) => {
      const received = Buffer.concat([beginning, rest])
      const result = readProxyHeader(received)
      if ('headerBytes' in result) assert.ok(result.headerBytes <= received.length)
      const padded = Buffer.concat([received, Buffer.alloc(PROXY_HEADER_BYTES)])
      assert.notEqual(kindOf(padded), 'more')
    }),
    { numRuns: 500 },
  )
})
