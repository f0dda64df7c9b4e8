/** WEBIRC: a gateway says whom it speaks for. https://ircv3.net/specs/extensions/webirc */
import { canonicalAddress, parseAddress } from '../protocol/address.ts'
import { matchCidr, parseCidr } from '../protocol/cidr.ts'
import { isHostName } from '../protocol/host-name.ts'
import { unescapeTagValue } from '../protocol/tags.ts'
import type { Origin, Session } from '../state/session.ts'
import type { CommandContext, CommandGroup, Gateway } from './command.ts'
import { passwordCheck, type Effect } from './effect.ts'

export const webircCommands: CommandGroup = {
  WEBIRC: {
    when: 'before',
    minParams: 4,
    cost: 1,
    syntax: 'WEBIRC <password> <gateway> <host> <address> [:<options>]',
    summary: 'Lets a gateway that the server trusts say where its client comes from.',
    spec: 'https://ircv3.net/specs/extensions/webirc',
    run: webirc,
  },
}

function* webirc(context: CommandContext): Iterable<Effect> {
  const { session, params, server } = context
  const [password = '', name = '', , address = ''] = params
  if (hasBegun(session)) return yield* refuse(context, 'WEBIRC must be the first command')
  const gateway = server.gateways.find((each) => mayBe(each, name, session.origin.address))
  // Somebody from elsewhere doesn't even get a password checked: checks are dear.
  if (gateway === undefined) return yield* refuse(context, 'WEBIRC is not for you')
  if (parseAddress(address) === undefined) return yield* refuse(context, 'Invalid WEBIRC address')
  yield passwordCheck(gateway.passwordHash, password, (isRight) =>
    isRight ? speakFor(context, gateway) : refuse(context, 'Invalid WEBIRC password'),
  )
}

/** "MUST be the first command sent"; CAP and PASS are harmless, and some gateways send them first. */
function hasBegun({ nick, userName, gateway }: Session): boolean {
  return nick !== undefined || userName !== undefined || gateway !== undefined
}

function mayBe({ name, networks }: Gateway, given: string, from: string): boolean {
  const address = parseAddress(from)
  if (name !== given || address === undefined) return false
  return networks.some((text) => {
    const network = parseCidr(text)
    return network !== undefined && matchCidr(network, address)
  })
}

function* speakFor({ session, params }: CommandContext, { name }: Gateway): Iterable<Effect> {
  const [, , host = '', address = '', ...options] = params
  const canonical = canonicalAddress(address)
  session.origin = originOf(session.origin, canonical, readOptions(options))
  session.realHost = isHostName(host) && parseAddress(host) === undefined ? host : canonical
  session.gateway = name
  yield { kind: 'readmit', session }
}

type Options = ReadonlyMap<string, string>

function readOptions(params: readonly string[]): Options {
  const words = params.join(' ').split(' ').filter(Boolean)
  return new Map(
    words.map((word) => {
      const equals = word.indexOf('=')
      if (equals < 0) return [word, '']
      return [word.slice(0, equals), unescapeTagValue(word.slice(equals + 1))]
    }),
  )
}

const PORT = /^[1-9]\d{0,4}$/
const FINGERPRINT = /^[\da-f]{64}$/i

/**
 * "Servers MUST ONLY treat the connection as secure if this flag is sent and the connection from the
 * gateway to the server is also secure with TLS."
 */
function originOf(gateway: Origin, address: string, options: Options): Origin {
  const { transport, tls, listener } = gateway
  const isSecure = options.has('secure') && (transport === 'tls' || transport === 'wss')
  const remotePort = options.get('remote-port') ?? ''
  const port = PORT.test(remotePort) ? Number(remotePort) : 0
  const plain = transport === 'ws' || transport === 'wss' ? 'ws' : 'tcp'
  if (!isSecure || tls === undefined) {
    return { transport: isSecure ? transport : plain, address, port, listener }
  }
  const fingerprint = options.get('certfp-sha-256') ?? ''
  const { version, cipher } = tls
  const certificate = FINGERPRINT.test(fingerprint)
    ? { certificateFingerprint: fingerprint.toLowerCase() }
    : {}
  return { transport, address, port, listener, tls: { version, cipher, ...certificate } }
}

function* refuse({ session, params }: CommandContext, reason: string): Iterable<Effect> {
  const fields = { from: session.origin.address, gateway: params[1] ?? '', reason }
  yield { kind: 'audit', level: 'warn', action: 'gateway refused', fields }
  yield { kind: 'close', session, reason }
}
