import { canonicalAddress, formatAddress, parseAddress } from '../protocol/address.ts'

/**
 * `more`: the header isn't complete. `peer`: who is behind the proxy. `proxy`: the proxy speaks for itself
 * (a health check) or doesn't know; the address of the socket counts. `refused`: no such header; close.
 * What follows the first `headerBytes` is the connection's own.
 */
export type ProxyHeader =
  | { readonly kind: 'more' }
  | {
      readonly kind: 'peer'
      readonly headerBytes: number
      readonly address: string
      readonly port: number
      /** Whether the peer spoke TLS to the proxy, if the header says. */
      readonly tls?: boolean
    }
  | { readonly kind: 'proxy'; readonly headerBytes: number }
  | { readonly kind: 'refused'; readonly reason: string }

/** No header is longer, so that a caller who gathers bytes while `more` holds no more than this. */
export const PROXY_HEADER_BYTES = 4096

/**
 * Reads the header, version 1 or 2, from all that the connection has received so far.
 * https://www.haproxy.org/download/1.8/doc/proxy-protocol.txt
 */
export function readProxyHeader(received: Buffer): ProxyHeader {
  if (received.length === 0) return MORE
  if (received[0] === V2_SIGNATURE[0]) return readVersion2(received)
  return readVersion1(received)
}

const MORE: ProxyHeader = { kind: 'more' }

/** With its line end. */
const V1_BYTES = 107
const V1_START = 'PROXY '
const PORT = /^(?:0|[1-9][0-9]{0,4})$/

const V2_SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1')
const V2_FIXED_BYTES = 16
const V2_LOCAL = 0x20
const V2_PROXY = 0x21
const UNSPECIFIED = 0x00
const UNIX_STREAM = 0x31
/** By family and transport: the bytes of one address. */
const IP_BYTES = new Map([
  [0x11, 4],
  [0x21, 16],
])
const UNIX_BYTES = 216
const TYPE_SSL = 0x20
/** Flags (1) and the result of the verification (4) stand before its own entries. */
const SSL_FIXED_BYTES = 5
const CLIENT_SSL = 0x01

function readVersion1(received: Buffer): ProxyHeader {
  const text = received.toString('latin1', 0, V1_BYTES)
  if (!text.startsWith(V1_START.slice(0, text.length))) return refused('no PROXY header')
  const end = text.indexOf('\r\n')
  if (end < 0) return text.length < V1_BYTES ? MORE : refused('PROXY line too long')
  return readLine(text.slice(V1_START.length, end).split(' '), end + 2)
}

function readLine(words: readonly string[], headerBytes: number): ProxyHeader {
  const [family, source = '', target = '', ...ports] = words
  if (family === 'UNKNOWN') return { kind: 'proxy', headerBytes }
  if (family !== 'TCP4' && family !== 'TCP6') return refused('PROXY line of an unknown family')
  for (const address of [source, target]) {
    const isIpv6 = address.includes(':')
    if (isIpv6 !== (family === 'TCP6') || parseAddress(address) === undefined) {
      return refused('PROXY line with a bad address')
    }
  }
  if (ports.length !== 2 || !ports.every(isPort)) return refused('PROXY line with a bad port')
  return { kind: 'peer', headerBytes, address: canonicalAddress(source), port: Number(ports[0]) }
}

function isPort(text: string): boolean {
  return PORT.test(text) && Number(text) <= 0xffff
}

function readVersion2(received: Buffer): ProxyHeader {
  const signature = received.subarray(0, V2_SIGNATURE.length)
  if (!V2_SIGNATURE.subarray(0, signature.length).equals(signature)) {
    return refused('no PROXY header')
  }
  if (received.length < V2_FIXED_BYTES) return MORE
  const command = received.readUInt8(12)
  const family = received.readUInt8(13)
  const headerBytes = V2_FIXED_BYTES + received.readUInt16BE(14)
  if (command !== V2_LOCAL && command !== V2_PROXY)
    return refused('PROXY header of an unknown kind')
  if (headerBytes > PROXY_HEADER_BYTES) return refused('PROXY header too long')
  if (received.length < headerBytes) return MORE
  // https://www.haproxy.org/download/1.8/doc/proxy-protocol.txt 2.2: LOCAL discards the family too.
  if (command === V2_LOCAL || family === UNSPECIFIED) return { kind: 'proxy', headerBytes }
  const body = received.subarray(V2_FIXED_BYTES, headerBytes)
  if (family !== UNIX_STREAM) return readIp(body, family, headerBytes)
  return body.length < UNIX_BYTES ? tooShort() : { kind: 'proxy', headerBytes }
}

function readIp(body: Buffer, family: number, headerBytes: number): ProxyHeader {
  const size = IP_BYTES.get(family)
  if (size === undefined) return refused('PROXY header of an unknown family')
  const addressBytes = 2 * size + 4
  if (body.length < addressBytes) return tooShort()
  const groups = Array.from({ length: size / 2 }, (_, group) => body.readUInt16BE(2 * group))
  // Canonical, since an address in the form of IPv6 may be one of IPv4.
  const address = canonicalAddress(formatAddress(groups))
  const port = body.readUInt16BE(2 * size)
  const tls = readTls(body.subarray(addressBytes))
  if (tls === 'malformed') return refused('PROXY header with malformed entries')
  if (tls === 'unsaid') return { kind: 'peer', headerBytes, address, port }
  return { kind: 'peer', headerBytes, address, port, tls: tls === 'yes' }
}

/** Walks the entries (type, length, value) to the end, so that a malformed one is noticed wherever it is. */
function readTls(entries: Buffer): 'yes' | 'no' | 'unsaid' | 'malformed' {
  let said: 'yes' | 'no' | 'unsaid' = 'unsaid'
  let at = 0
  while (at < entries.length) {
    if (at + 3 > entries.length) return 'malformed'
    const value = at + 3
    const end = value + entries.readUInt16BE(at + 1)
    if (end > entries.length) return 'malformed'
    if (entries[at] === TYPE_SSL) {
      if (end - value < SSL_FIXED_BYTES) return 'malformed'
      said = (entries.readUInt8(value) & CLIENT_SSL) === 0 ? 'no' : 'yes'
    }
    at = end
  }
  return said
}

function tooShort(): ProxyHeader {
  return refused('PROXY header too short for its family')
}

function refused(reason: string): ProxyHeader {
  return { kind: 'refused', reason }
}
