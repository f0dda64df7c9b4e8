import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

export interface ScramClientParts {
  readonly name: string
  readonly password: string
  readonly nonce: string
  /** `n,,` unless it is given. */
  readonly gs2Header?: string
}

/** A client of SCRAM-SHA-256 that does what RFC 5802 says, and the messages as they are on the wire. */
export interface ScramClient {
  readonly first: string
  /** The answer to the server's first message. */
  final(serverFirst: string): string
  /** What the server must say in the end if it knows the password. */
  verifier(): string
}

export function scramClient(parts: ScramClientParts): ScramClient {
  const { name, password, nonce, gs2Header = 'n,,' } = parts
  const escaped = name.replaceAll('=', '=3D').replaceAll(',', '=2C')
  const bare = `n=${escaped},r=${nonce}`
  let verifier = ''
  return {
    first: gs2Header + bare,
    verifier: () => verifier,
    final(serverFirst) {
      const { r = '', s = '', i = '' } = attributes(serverFirst)
      const salted = saltedPassword(password, s, Number(i))
      const unproved = `c=${Buffer.from(gs2Header).toString('base64')},r=${r}`
      const authMessage = `${bare},${serverFirst},${unproved}`
      const clientKey = hmac(salted, 'Client Key')
      const signature = hmac(createHash('sha256').update(clientKey).digest(), authMessage)
      const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))
      verifier = `v=${hmac(hmac(salted, 'Server Key'), authMessage).toString('base64')}`
      return `${unproved},p=${Buffer.from(proof).toString('base64')}`
    },
  }
}

/** As clients do, it keeps what took so long to make. */
const made = new Map<string, Buffer>()

function saltedPassword(password: string, salt: string, iterations: number): Buffer {
  const key = `${iterations} ${salt} ${password}`
  const known = made.get(key)
  if (known !== undefined) return known
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), iterations, 32, 'sha256')
  made.set(key, salted)
  return salted
}

function attributes(message: string): Record<string, string> {
  return Object.fromEntries(
    message.split(',').map((attribute) => [attribute.slice(0, 1), attribute.slice(2)]),
  )
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
