import { isVisible } from '../protocol/visible.ts'

const MOST_NAME_CHARACTERS = 32
const FEWEST_PASSWORD_CHARACTERS = 10
const MOST_PASSWORD_BYTES = 1024
/** The audit calls the server and its console so. */
const TAKEN = ['console', 'maru']

/** The form in which two spellings of a name are one. Of a name that nobody can have it keeps the beginning. */
export function nameKey(name: string): string {
  return name
    .slice(0, 4 * MOST_NAME_CHARACTERS)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
}

/** Why an operator or a token can't be called that, fit to be shown; undefined: it can. */
export function nameProblem(name: string): string | undefined {
  const { length } = Array.from(name)
  if (length === 0) return 'the name is empty'
  if (length > MOST_NAME_CHARACTERS) {
    return `the name has ${length} characters, and may have ${MOST_NAME_CHARACTERS}`
  }
  if (name !== name.normalize('NFC')) return 'the name is not in NFC'
  if (!isVisible(name)) return 'the name has spaces or characters that nobody sees'
  return TAKEN.includes(nameKey(name))
    ? `the name ${name} is taken by the server itself`
    : undefined
}

/** Why that can't be the password of `name`, fit to be shown; undefined: it can. */
export function passwordProblem(password: string, name: string): string | undefined {
  const { length } = Array.from(password.normalize('NFC'))
  if (length < FEWEST_PASSWORD_CHARACTERS) {
    return `the password must have at least ${FEWEST_PASSWORD_CHARACTERS} characters`
  }
  if (isTooLong(password)) return `the password may have at most ${MOST_PASSWORD_BYTES} bytes`
  const isName = nameKey(password) === nameKey(name)
  return isName ? 'the password must not be the name' : undefined
}

export function isTooLong(password: string): boolean {
  return password.length > MOST_PASSWORD_BYTES || Buffer.byteLength(password) > MOST_PASSWORD_BYTES
}
