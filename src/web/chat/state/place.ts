/** Where in the page somebody is: a conversation by its name, and perhaps one message in it. */
export interface Place {
  readonly name: string
  readonly msgid?: string
}

/** Of a `#/…` of the address; undefined: nowhere yet. */
export function placeOf(hash: string): Place | undefined {
  const [start, name, word, msgid] = hash.split('/').map(decoded)
  if (start !== '#' || name === undefined || name === '') return undefined
  return word === 'message' && msgid !== undefined && msgid !== '' ? { name, msgid } : { name }
}

export function hashOf({ name, msgid }: Place): string {
  const place = `#/${encodeURIComponent(name)}`
  return msgid === undefined ? place : `${place}/message/${encodeURIComponent(msgid)}`
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The code of an invitation link, `/invite/<code>`. */
export function invitationIn(path: string): string | undefined {
  return /^\/invite\/([\w-]{4,64})\/?$/.exec(path)?.[1]
}
