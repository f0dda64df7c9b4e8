/**
 * The user name for a client that asks for `raw`: what is neither a letter, a digit, `.`, `_` nor `-` is
 * left out, it starts with a letter, a digit or `_`, and is cut to `limitBytes`; `user` if nothing is left.
 *
 * Clients' words are never checked by an ident server, which the convention marks with `~` before the name.
 * `~` never survives here, so that one in front of a user name is the server's own; the caller who adds it
 * gives one byte less. https://modern.ircdocs.horse/#user-message
 */
export function userName(raw: string, limitBytes: number): string {
  const name = raw.replace(UNFIT, '').replace(UNFIT_START, '').slice(0, limitBytes)
  return name === '' ? 'user'.slice(0, limitBytes) : name
}

const UNFIT = /[^\w.-]+/g
const UNFIT_START = /^[.-]+/
