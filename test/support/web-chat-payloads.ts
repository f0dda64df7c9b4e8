import { PAYLOADS } from './web-monitor-payloads.ts'

const ELEMENTS = [
  'img',
  'svg',
  'video',
  'audio',
  'body',
  'iframe',
  'details',
  'input',
  'marquee',
  'object',
]
const EVENTS = [
  'onerror',
  'onload',
  'onfocus',
  'ontoggle',
  'onbegin',
  'onmouseover',
  'onanimationstart',
]
const OPENINGS = [
  '<',
  '&lt;',
  '\\x3c',
  '%3C',
  '\u003c\u2028',
  '\u202e<',
  '"><',
  "'><",
  '`><',
  '--><',
]
const SCHEMES = [
  'javascript:',
  'JaVaScRiPt:',
  'java\tscript:',
  ' javascript:',
  'data:text/html,',
  'vbscript:',
]
const WAYS = [
  (call: string) => `[x](${call})`,
  (call: string) => `<a href="${call}">x</a>`,
  (call: string) => `https://example.org/"onmouseover=${call}//`,
  (call: string) => `\`\`\`${call}\n${call}\`\`\``,
  (call: string) => `\u0003${call}\u0002<b>${call}`,
  (call: string) => `http://${call}`,
]

/** Texts that would run something if a page ever took them for anything but text; `pwned` says that it ran. */
export function chatPayloads(count: number): readonly string[] {
  const made: string[] = [...PAYLOADS]
  for (let index = 0; made.length < count; index++) {
    const call = `pwned(${1000 + index})`
    made.push(index % 2 === 0 ? elementOf(index, call) : linkOf(index, call))
  }
  return made.slice(0, count)
}

function elementOf(index: number, call: string): string {
  const opening = OPENINGS[index % OPENINGS.length] ?? '<'
  const element = ELEMENTS[(index >> 1) % ELEMENTS.length] ?? 'img'
  const event = EVENTS[(index >> 2) % EVENTS.length] ?? 'onerror'
  return `${opening}${element} src=x ${event}=${call} autofocus tabindex=1 open>`
}

function linkOf(index: number, call: string): string {
  const scheme = SCHEMES[index % SCHEMES.length] ?? 'javascript:'
  const way = WAYS[(index >> 1) % WAYS.length]
  return way === undefined ? `${scheme}${call}` : way(`${scheme}${call}`)
}
