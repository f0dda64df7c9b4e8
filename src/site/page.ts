import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export interface PageAnswer {
  readonly status: 200 | 304 | 503
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The built page, in memory: nothing but what was in its folder at the start can be asked for. */
export interface Page {
  /** Undefined: there is no such file. `path` as it came, without a query. */
  answer(path: string, headers: IncomingHttpHeaders): Promise<PageAnswer> | undefined
}

export interface PageOptions {
  /** Where the page was built, with an `index.html`; without one, `/` says `notBuilt`. */
  readonly folder: string | undefined
  /** Content-Security-Policy of every file. */
  readonly policy: string
  readonly notBuilt: { readonly status: 200 | 503; readonly text: string }
  /** Paths that begin so are the page's own business: they get `index.html`. */
  readonly ownPaths?: readonly string[]
  /** What the page is told: `<meta name="maru-NAME" content="VALUE">` in its `index.html`, for each. */
  readonly facts?: Readonly<Record<string, string>>
}

export function readPage(options: PageOptions): Page {
  const { folder, policy, notBuilt, ownPaths = [], facts = {} } = options
  if (folder === undefined || !existsSync(join(folder, 'index.html'))) return noPage(notBuilt)
  const files = new Map<string, PageFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(folder, file).split(sep).join('/')}`
    const plain = readFileSync(file)
    if (path === '/index.html') files.set('/', fileOf(path, withFacts(plain, facts), policy))
    else files.set(path, fileOf(path, plain, policy))
  }
  return {
    answer(path, headers) {
      const isOwn = ownPaths.some((own) => path.startsWith(own))
      const file = files.get(isOwn ? '/' : path)
      return file === undefined ? undefined : answerWith(file, headers)
    },
  }
}

function withFacts(html: Buffer, facts: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(facts).map(
    ([name, value]) => `<meta name="maru-${name}" content="${escapeHtml(value)}" />\n`,
  )
  return Buffer.from(html.toString('utf8').replace('</head>', () => `${lines.join('')}</head>`))
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)
}

function noPage({ status, text }: PageOptions['notBuilt']): Page {
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  const answer = { status, headers, body: Buffer.from(text) }
  return { answer: (path) => (path === '/' ? Promise.resolve(answer) : undefined) }
}

/** The name of such a file changes with what is in it. */
const HASHED_FILE_CACHE = 'public, max-age=31536000, immutable'

interface PageFile {
  readonly headers: Readonly<Record<string, string>>
  readonly hash: string
  readonly plain: Buffer
  /** Made when they are first asked for. */
  readonly packed: Map<Packing, Promise<Buffer>>
}

type Packing = 'br' | 'gzip'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** What is packed already gains nothing. */
const IS_PACKED = /^(?:image\/(?:png|x-icon)|font\/|application\/octet-stream)/

function fileOf(path: string, plain: Buffer, policy: string): PageFile {
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  return {
    headers: {
      'content-type': type,
      'content-security-policy': policy,
      ...(path.startsWith('/assets/') ? { 'cache-control': HASHED_FILE_CACHE } : {}),
      ...(IS_PACKED.test(type) ? {} : { vary: 'Accept-Encoding' }),
    },
    hash: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    plain,
    packed: new Map(),
  }
}

async function answerWith(file: PageFile, asked: IncomingHttpHeaders): Promise<PageAnswer> {
  const packing = packingFor(file, asked)
  const etag = packing === undefined ? `"${file.hash}"` : `"${file.hash}-${packing}"`
  const headers = {
    ...file.headers,
    etag,
    ...(packing === undefined ? {} : { 'content-encoding': packing }),
  }
  const known = asked['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (known?.includes(etag) === true) return { status: 304, headers, body: Buffer.alloc(0) }
  const body = packing === undefined ? file.plain : await packed(file, packing)
  return { status: 200, headers, body }
}

function packingFor(file: PageFile, asked: IncomingHttpHeaders): Packing | undefined {
  if (!('vary' in file.headers)) return undefined
  const accepted = String(asked['accept-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !/;\s*q=0(?:\.0*)?$/.test(one))
    .map((one) => one.split(';')[0]?.trim())
  return (['br', 'gzip'] as const).find((packing) => accepted.includes(packing))
}

/** Off the thread, which has the chat to serve. */
async function packed({ packed: kept, plain }: PageFile, packing: Packing): Promise<Buffer> {
  const known = kept.get(packing)
  if (known !== undefined) return known
  const made =
    packing === 'br'
      ? promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
      : promisify(gzip)(plain, { level: 9 })
  kept.set(packing, made)
  return made
}
