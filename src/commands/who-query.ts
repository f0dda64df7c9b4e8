/** The second parameter of WHO. */
export interface WhoQuery {
  readonly operatorsOnly: boolean
  /** Absent: the plain form. */
  readonly fields?: WhoXFields
}

export interface WhoXFields {
  /** The letters that were asked for, in any order. */
  readonly letters: ReadonlySet<string>
  readonly token: string
}

/**
 * `[o][%<fields>[,<token>]]`; other flags before the `%` and unknown fields are ignored, as the
 * specification says. A text tells what is wrong. https://ircv3.net/specs/extensions/whox
 */
export function parseWhoQuery(text: string): WhoQuery | string {
  const percent = text.indexOf('%')
  const operatorsOnly = (percent < 0 ? text : text.slice(0, percent)).includes('o')
  if (percent < 0) return { operatorsOnly }
  const comma = text.indexOf(',', percent)
  const letters = new Set(text.slice(percent + 1, comma < 0 ? undefined : comma))
  const token = comma < 0 ? '' : text.slice(comma + 1)
  if (comma >= 0 && !TOKEN.test(token)) return 'A token has one to three digits'
  // "Clients MUST NOT include 't' in <fields> without specifying a token."
  if (letters.has('t') && token === '') return 'The field t needs a token'
  return { operatorsOnly, fields: { letters, token } }
}

const TOKEN = /^\d{1,3}$/
