import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** N = 2^15, r = 8, p = 3: 32 MiB, one of OWASP's choices. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const COST: Cost = { ln: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const HASH_BYTES = 32
/** A hash in the configuration may not cost more memory than this. */
const MOST_MEMORY_BYTES = 256 * 1024 * 1024
/** libuv's pool has four threads, which files and names need too; and each hash holds 32 MiB. */
const AT_ONCE = 2

interface Cost {
  readonly ln: number
  readonly r: number
  readonly p: number
}

interface PasswordHash extends Cost {
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

/** `$scrypt$ln=15,r=8,p=3$salt$hash`. https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md */
export async function hashPassword(password: string, cost: Cost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, { ...cost, salt, hash: new Uint8Array(HASH_BYTES) })
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${base64(salt)}$${base64(hash)}`
}

/**
 * `kept` is a hash, or plain text if it does not begin with `$scrypt$`. Undefined (there is no such
 * account) is false after the time that a wrong password takes, so that names can't be probed.
 */
export async function verifyPassword(password: string, kept: string | undefined): Promise<boolean> {
  const parsed = kept === undefined ? undefined : parsePasswordHash(kept)
  if (kept !== undefined && !kept.startsWith('$scrypt$')) return sameText(password, kept)
  const against = parsed ?? NOBODY
  const derived = await derive(password, against)
  return timingSafeEqual(derived, against.hash) && parsed !== undefined
}

export function isPasswordHash(text: string): boolean {
  return parsePasswordHash(text) !== undefined
}

/** It costs less than a hash that is made now, or is none: whoever has the password may make it anew. */
export function needsRehash(text: string): boolean {
  const kept = parsePasswordHash(text)
  if (kept === undefined) return true
  return kept.ln < COST.ln || kept.r < COST.r || kept.p < COST.p || kept.hash.length < HASH_BYTES
}

const NOBODY: PasswordHash = {
  ...COST,
  salt: new Uint8Array(SALT_BYTES),
  hash: new Uint8Array(HASH_BYTES),
}

function parsePasswordHash(text: string): PasswordHash | undefined {
  const match =
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
      text,
    )
  if (match === null) return undefined
  const [, ln, r, p, salt = '', hash = ''] = match
  const parsed = {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
  const { length } = parsed.hash
  const sane = parsed.ln >= 1 && parsed.r >= 1 && parsed.p >= 1 && length >= 16 && length <= 64
  return sane && memoryBytes(parsed) <= MOST_MEMORY_BYTES ? parsed : undefined
}

let running = 0
const waiting: (() => void)[] = []

async function derive(password: string, { ln, r, p, salt, hash }: PasswordHash): Promise<Buffer> {
  if (running === AT_ONCE) await new Promise<void>((resume) => waiting.push(resume))
  else running += 1
  try {
    const options = { N: 2 ** ln, r, p, maxmem: 2 * memoryBytes({ ln, r, p }) }
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(canonical(password), salt, hash.length, options, (error, key) => {
        if (error === null) resolve(key)
        else reject(error)
      })
    })
  } finally {
    // The place passes on to the next in line without becoming free in between.
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}

function memoryBytes({ ln, r, p }: Cost): number {
  return 128 * r * (2 ** ln + p)
}

/** Keyboards differ in how they compose letters. https://www.rfc-editor.org/rfc/rfc8265#section-4.2.2 */
function canonical(password: string): string {
  return password.normalize('NFC')
}

/** Both sides become hashes of equal length, so that the time says nothing about either. */
function sameText(given: string, kept: string): boolean {
  return timingSafeEqual(digest(given), digest(kept))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(canonical(text)).digest()
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}
