import { createHmac, createSecretKey } from 'node:crypto'
import { IPV4_GROUPS, parseAddress, type Address } from '../protocol/address.ts'
import { networkOf } from '../protocol/cidr.ts'

/**
 * Makes the function that hides hosts: what others see is a hash with a secret key, so that the same host is
 * always the same cloak, and a ban of it works, but nobody can go back from it. Parts stand for networks
 * from narrow to wide, so that a ban can take in a /24 or a /48 as well: `*.wide.mid.ip`.
 */
export function createCloak(key: Uint8Array): Cloak {
  const secret = createSecretKey(key)
  const part = (text: string): string => {
    const hash = createHmac('sha256', secret).update(text).digest()
    let letters = ''
    for (let i = 0; i < PART_LETTERS; i++) letters += ALPHABET[(hash[i] ?? 0) % ALPHABET.length]
    return letters
  }
  const cloakOf = (host: string, address: string): string => {
    const parsed = parseAddress(address)
    if (host !== address) return cloakName(host, part)
    if (parsed === undefined) return `${part(host)}.ip`
    const prefixes = parsed.length === IPV4_GROUPS ? IPV4_PREFIXES : IPV6_PREFIXES
    const parts = prefixes.map((prefix) => part(networkText(parsed, prefix)))
    return `${parts.join('.')}.ip`
  }
  return remembering(cloakOf)
}

type Cloak = (host: string, address: string) => string

/** Reconnects come in storms, and from the same places. */
function remembering(cloak: Cloak): Cloak {
  const known = new Map<string, string>()
  return (host, address) => {
    const key = `${host} ${address}`
    let text = known.get(key)
    if (text === undefined) {
      text = cloak(host, address)
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(key, text)
    }
    return text
  }
}

const MOST_KNOWN = 10_000
/** Every message carries its sender's host, so it is short; together the parts have 60 bits. */
const PART_LETTERS = 4
/** 32 of them, none that looks like another. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
/** Narrow to wide. */
const IPV4_PREFIXES = [32, 24, 16]
const IPV6_PREFIXES = [64, 48, 32]

function networkText(address: Address, prefix: number): string {
  const { groups } = networkOf(address, prefix)
  return `${groups.join(':')}/${prefix}`
}

/** The domain stays readable, so that a ban of it can be written by hand. */
function cloakName(host: string, part: (text: string) => string): string {
  const labels = host.split('.')
  const domain = labels.slice(labels.length > 2 ? 1 : 0).join('.')
  return `${part(host)}.${domain}`
}
