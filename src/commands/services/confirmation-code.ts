/**
 * What somebody has to say again before something is gone for good. It keeps people from accidents, not
 * from each other: only who may do the thing is told the code. `about` says which thing, and when it began.
 */
export function confirmationCode(...about: readonly (string | number)[]): string {
  let hash = 0x811c9dc5
  for (const character of about.join('\n')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return (hash >>> 0).toString(36).padStart(7, '0')
}
