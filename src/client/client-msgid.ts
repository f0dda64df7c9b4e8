/** A random name for a message, which nobody else gives to one: 128 bits. docs/client-msgid.md */
export function newClientMsgid(random: () => number): string {
  let name = ''
  while (name.length < 32)
    name += Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0')
  return name
}
