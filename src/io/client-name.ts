const MOST_CHARACTERS = 200

/**
 * What a web client calls itself, fit to be shown: shortened, and without the characters that would
 * move a cursor or turn the text around. `undefined`: it doesn't say. Node reads headers as Latin-1,
 * so that a character is one unit. https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5
 */
export function clientName(userAgent: string | undefined): string | undefined {
  const name = userAgent?.replaceAll(/\p{C}/gu, '').slice(0, MOST_CHARACTERS)
  return name === '' ? undefined : name
}
