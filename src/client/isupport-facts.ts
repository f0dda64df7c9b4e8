/** What ISUPPORT (005) says, as far as the client needs it. https://modern.ircdocs.horse/#rplisupport-parameters */
import type { ServerFacts, ServerLimits } from './model.ts'
import { MOST } from './most.ts'

export type Isupport = ReadonlyMap<string, string>

/** The tokens of one 005 added: `-TOKEN` takes one away. */
export function withTokens(known: Isupport, tokens: readonly string[]): Isupport {
  const next = new Map(known)
  for (const token of tokens) {
    const equals = token.indexOf('=')
    const name = equals < 0 ? token : token.slice(0, equals)
    if (name.startsWith('-')) next.delete(name.slice(1))
    else if (next.size < MOST.isupportTokens || next.has(name)) {
      next.set(name, equals < 0 ? '' : unescapeToken(token.slice(equals + 1)))
    }
  }
  return next
}

type Facts = Pick<ServerFacts, 'network' | 'icon' | 'limits' | 'ranks' | 'modes' | 'roomPrefixes'>

export function isupportFacts(isupport: Isupport, multiline: string | undefined): Facts {
  const icon = isupport.get('draft/ICON')
  return {
    network: isupport.get('NETWORK') ?? '',
    ...(icon === undefined ? {} : { icon }),
    limits: limitsOf(isupport, multiline),
    ranks: ranksOf(isupport.get('PREFIX') ?? '(ov)@+'),
    modes: modesOf(isupport.get('CHANMODES') ?? 'b,k,l,imnpst'),
    roomPrefixes: isupport.get('CHANTYPES') ?? '#&',
  }
}

function limitsOf(isupport: Isupport, multiline: string | undefined): ServerLimits {
  const number = (name: string, otherwise: number) => positive(isupport.get(name)) ?? otherwise
  const tokens = new Map((multiline ?? '').split(',').map((token) => pairOf(token)))
  const page = positive(isupport.get('CHATHISTORY'))
  return {
    nickLength: number('NICKLEN', 9),
    topicLength: number('TOPICLEN', 307),
    awayLength: number('AWAYLEN', 200),
    reasonLength: number('KICKLEN', 307),
    roomNameLength: number('CHANNELLEN', 50),
    historyPage: Math.min(page ?? 100, 100),
    multilineBytes: positive(tokens.get('max-bytes')) ?? 0,
    multilineLines: positive(tokens.get('max-lines')) ?? 0,
  }
}

function positive(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined
  const value = Number(text)
  return value > 0 ? value : undefined
}

function pairOf(token: string): readonly [string, string] {
  const equals = token.indexOf('=')
  return equals < 0 ? [token, ''] : [token.slice(0, equals), token.slice(equals + 1)]
}

function ranksOf(prefix: string): ServerFacts['ranks'] {
  const [, modes = '', prefixes = ''] = /^\(([^)]*)\)(.*)$/.exec(prefix) ?? []
  return Array.from(modes)
    .slice(0, 16)
    .flatMap((mode, i) => {
      const sign = prefixes.charAt(i)
      return sign === '' ? [] : [{ mode, prefix: sign }]
    })
}

function modesOf(chanmodes: string): ServerFacts['modes'] {
  const [lists = '', always = '', whenSet = '', flags = ''] = chanmodes.split(',')
  return [lists, always, whenSet, flags]
}

function unescapeToken(value: string): string {
  return value.replaceAll(/\\x([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
