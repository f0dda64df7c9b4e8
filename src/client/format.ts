/**
 * What people wrote as tokens: IRC formatting, links, code, mentions. One pass over the text, whatever it
 * holds. https://modern.ircdocs.horse/formatting
 */
export interface Style {
  readonly bold?: true
  readonly italic?: true
  readonly underline?: true
  readonly strikethrough?: true
  readonly monospace?: true
  readonly reverse?: true
  /** 0 to 98, or `#rrggbb`. */
  readonly color?: number | string
  readonly background?: number | string
}

export type Token =
  | { readonly kind: 'text'; readonly text: string; readonly style: Style }
  /** `href` is http, https, irc, ircs or mailto; nothing else is a link. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string; readonly style: Style }
  | { readonly kind: 'mention'; readonly text: string; readonly key: string; readonly style: Style }
  | { readonly kind: 'room'; readonly text: string; readonly style: Style }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'codeBlock'; readonly text: string; readonly language: string }
  | { readonly kind: 'break' }

export interface FormatContext {
  /** The key of somebody who is called so, or undefined. */
  readonly personKey: (word: string) => string | undefined
  readonly roomPrefixes: string
}

export function formatText(text: string, context: FormatContext): Token[] {
  const tokens: Token[] = []
  for (const part of codeParts(text)) {
    if (part.kind === 'plain') addStyled(tokens, part.text, context)
    else tokens.push(part)
  }
  return tokens
}

type CodePart =
  | { readonly kind: 'plain'; readonly text: string }
  | Extract<Token, { kind: 'code' | 'codeBlock' }>

const FENCE = '```'

/** Code first: nothing in it is formatting. What has no end is no code. */
function codeParts(text: string): CodePart[] {
  const parts: CodePart[] = []
  let plainFrom = 0
  let at = text.indexOf('`')
  let hasFence = true
  while (at >= 0) {
    const isFence = hasFence && text.startsWith(FENCE, at)
    const mark = isFence ? FENCE : '`'
    const end = isFence ? text.indexOf(FENCE, at + 3) : inlineEnd(text, at + 1)
    // No later fence has an end either: looking again and again would take too long.
    if (isFence && end < 0) hasFence = false
    const next = end + mark.length
    if (end > at + mark.length) {
      parts.push({ kind: 'plain', text: text.slice(plainFrom, at) })
      const inner = text.slice(at + mark.length, end)
      parts.push(isFence ? blockOf(inner) : { kind: 'code', text: stripFormatting(inner) })
      plainFrom = next
      at = text.indexOf('`', next)
    } else {
      at = text.indexOf('`', at + (isFence ? 3 : 1))
    }
  }
  parts.push({ kind: 'plain', text: text.slice(plainFrom) })
  return parts.filter((part) => part.kind !== 'plain' || part.text !== '')
}

/** On the same line. */
function inlineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '`') return at
    if (character === '\n') return -1
  }
  return -1
}

function blockOf(inner: string): CodePart {
  const [, language = '', rest] = /^([\w+#.-]{0,20})\n([^]*)$/.exec(inner) ?? []
  const text = stripFormatting(rest ?? inner).replace(/\n$/, '')
  return { kind: 'codeBlock', text, language }
}

const TOGGLES: Readonly<Record<string, keyof Style>> = {
  '\x02': 'bold',
  '\x1d': 'italic',
  '\x1f': 'underline',
  '\x1e': 'strikethrough',
  '\x11': 'monospace',
  '\x16': 'reverse',
}

function addStyled(tokens: Token[], text: string, context: FormatContext): void {
  let style: Style = {}
  let from = 0
  let at = 0
  const flush = () => {
    if (at > from) addWords(tokens, text.slice(from, at), style, context)
  }
  while (at < text.length) {
    const step = controlAt(text, at, style)
    if (step === undefined) {
      at++
      continue
    }
    flush()
    if (text.charAt(at) === '\n') tokens.push({ kind: 'break' })
    at = step.next
    from = at
    style = step.style
  }
  flush()
}

/** The formatting at a place: the style from there on, and where the text goes on. */
function controlAt(
  text: string,
  at: number,
  style: Style,
): { readonly style: Style; readonly next: number } | undefined {
  const code = text.charCodeAt(at)
  if (code >= 0x20 && code !== 0x7f) return undefined
  const character = text.charAt(at)
  const toggle = TOGGLES[character]
  if (toggle !== undefined) return { style: toggled(style, toggle), next: at + 1 }
  if (character === '\x0f') return { style: {}, next: at + 1 }
  if (character === '\x03') return colored(text, at, style, DECIMAL)
  if (character === '\x04') return colored(text, at, style, HEX)
  if (character === '\t') return undefined
  return { style, next: at + 1 }
}

const DECIMAL = /^(\d{1,2})(?:,(\d{1,2}))?/
const HEX = /^([0-9a-f]{6})(?:,([0-9a-f]{6}))?/i

function colored(text: string, at: number, style: Style, pattern: RegExp) {
  const found = pattern.exec(text.slice(at + 1, at + 14))
  const { color: _color, background: _background, ...rest } = style
  if (found === null) return { style: rest, next: at + 1 }
  const [all, color, background] = found
  const kept = style.background === undefined ? {} : { background: style.background }
  const under = background === undefined ? kept : colorPart('background', background, pattern)
  return {
    style: { ...rest, ...under, ...colorPart('color', color ?? '', pattern) },
    next: at + 1 + all.length,
  }
}

function colorPart(key: 'color' | 'background', text: string, pattern: RegExp): Style {
  if (pattern === HEX) return { [key]: `#${text.toLowerCase()}` }
  // 99: the default.
  return text === '99' ? {} : { [key]: Number(text) }
}

function toggled(style: Style, key: keyof Style): Style {
  if (style[key] === undefined) return { ...style, [key]: true }
  const { [key]: _, ...rest } = style
  return rest
}

const WORD = /\S+/g

function addWords(tokens: Token[], text: string, style: Style, context: FormatContext): void {
  let plainFrom = 0
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const special = specialOf(word, style, context)
    if (special === undefined) continue
    const start = index + special.offset
    if (start > plainFrom) tokens.push({ kind: 'text', text: text.slice(plainFrom, start), style })
    tokens.push(special.token)
    plainFrom = start + special.token.text.length
  }
  if (plainFrom < text.length) tokens.push({ kind: 'text', text: text.slice(plainFrom), style })
}

type SpecialToken = Extract<Token, { kind: 'link' | 'mention' | 'room' }>

const OPENING = /^[([{<"'“‘「『]+/
const NAME_END = /[,:;.!?)\]}>"'”’」』…~]*$/

function specialOf(
  word: string,
  style: Style,
  { personKey, roomPrefixes }: FormatContext,
): { readonly token: SpecialToken; readonly offset: number } | undefined {
  if (word.length > 2048) return undefined
  const offset = OPENING.exec(word)?.[0].length ?? 0
  const rest = word.slice(offset)
  const link = linkOf(rest)
  if (link !== undefined) return { token: { kind: 'link', ...link, style }, offset }
  const token = nameOf(rest, style, { personKey, roomPrefixes })
  return token === undefined ? undefined : { token, offset }
}

/** Names are shorter than this everywhere. */
const MOST_OF_NAME = 128

function nameOf(
  word: string,
  style: Style,
  { personKey, roomPrefixes }: FormatContext,
): SpecialToken | undefined {
  if (word.length > MOST_OF_NAME) return undefined
  const name = word.slice(0, word.length - (NAME_END.exec(word)?.[0].length ?? 0))
  if (name.length > 1 && roomPrefixes.includes(name.charAt(0))) {
    return { kind: 'room', text: name, style }
  }
  const bare = name.startsWith('@') ? name.slice(1) : name
  const key = bare === '' ? undefined : personKey(bare)
  return key === undefined ? undefined : { kind: 'mention', text: name, key, style }
}

const LINK = /^(?:https?:\/\/|ircs?:\/\/|mailto:)[^\s<>"'`]+/i
const BARE = /^www\.[^\s<>"'`]+\.[^\s<>"'`]+/i

function linkOf(word: string): { readonly text: string; readonly href: string } | undefined {
  const found = LINK.exec(word)?.[0] ?? BARE.exec(word)?.[0]
  if (found === undefined) return undefined
  const text = withoutTail(found)
  const href = text.toLowerCase().startsWith('www.') ? `https://${text}` : text
  return /:\/*$/.test(text) ? undefined : { text, href }
}

/** What ends a sentence is no part of a link, nor is a bracket that it doesn't open. */
function withoutTail(link: string): string {
  let end = link.length
  const opened = link.split('(').length - 1
  let closed = link.split(')').length - 1
  while (end > 0) {
    const last = link.charAt(end - 1)
    const isExtra = last === ')' && closed > opened
    if (!isExtra && !'.,:;!?]}…'.includes(last)) break
    if (isExtra) closed--
    end--
  }
  return link.slice(0, end)
}

/** The text alone. */
export function stripFormatting(text: string): string {
  return text
    .replaceAll(/\x03(?:\d{1,2}(?:,\d{1,2})?)?/g, '') // oxlint-disable-line no-control-regex -- formatting
    .replaceAll(/\x04(?:[0-9a-f]{6}(?:,[0-9a-f]{6})?)?/gi, '') // oxlint-disable-line no-control-regex -- formatting
    .replaceAll(/[\x00-\x08\x0b-\x1f\x7f]/g, '') // oxlint-disable-line no-control-regex -- formatting
}
