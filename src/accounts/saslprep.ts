/**
 * SASLprep, by which client and server write one password the same way: what can't be seen is dropped,
 * every space is the plain one, and letters take their NFKC form, by the Unicode of this Node.
 * https://www.rfc-editor.org/rfc/rfc4013
 *
 * Left out: the refusal of what it prohibits (control characters, private use, letters newer than
 * Unicode 3.2, text in both directions). Such a password is taken as it comes out, where the rule would
 * leave its owner without one; clients that refuse it can still say it with PLAIN.
 */
export function saslprep(text: string): string {
  return text.replace(MAPPED_TO_NOTHING, '').replace(SPACES, ' ').normalize('NFKC')
}

/** https://www.rfc-editor.org/rfc/rfc3454#appendix-B.1 */
const MAPPED_TO_NOTHING =
  /\u00AD|\u034F|\u1806|[\u180B-\u180D]|[\u200B-\u200D]|\u2060|[\uFE00-\uFE0F]|\uFEFF/g
/** https://www.rfc-editor.org/rfc/rfc3454#appendix-C.1.2 */
const SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g
