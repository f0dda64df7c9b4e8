/** Message tags. https://ircv3.net/specs/extensions/message-tags */
export type Tags = ReadonlyMap<string, string>

/** `raw`: what stands between `@` and the first space. Of a key that comes twice the last value counts. */
export function parseTags(raw: string): Tags {
  const tags = new Map<string, string>()
  for (const tag of raw.split(';')) {
    const equals = tag.indexOf('=')
    const key = equals < 0 ? tag : tag.slice(0, equals)
    if (key !== '') tags.set(key, equals < 0 ? '' : unescapeTagValue(tag.slice(equals + 1)))
  }
  return tags
}

export function formatTags(tags: Iterable<readonly [string, string]>): string {
  let text = ''
  for (const [key, value] of tags) {
    if (text !== '') text += ';'
    text += value === '' ? key : `${key}=${escapeTagValue(value)}`
  }
  return text
}

const ESCAPES: Readonly<Record<string, string>> = {
  ';': '\\:',
  ' ': '\\s',
  '\\': '\\\\',
  '\r': '\\r',
  '\n': '\\n',
}

const UNESCAPES: Readonly<Record<string, string>> = { ':': ';', s: ' ', r: '\r', n: '\n' }

/** https://ircv3.net/specs/extensions/message-tags#escaping-values */
export function escapeTagValue(value: string): string {
  return value.replaceAll(/[; \\\r\n]/g, (character) => ESCAPES[character] ?? character)
}

/** A lone backslash at the end is dropped, one before any other character as well. */
export function unescapeTagValue(value: string): string {
  if (!value.includes('\\')) return value
  return value.replaceAll(/\\(.?)/gs, (_, character: string) => UNESCAPES[character] ?? character)
}

const CLIENT_ONLY_KEY = /^\+(?:[a-z0-9.-]+\/)?[a-z0-9-]+$/i

/** Whether it is a well-formed client-only tag, the only kind that a server relays. */
export function isClientOnlyTag(key: string): boolean {
  return CLIENT_ONLY_KEY.test(key)
}
