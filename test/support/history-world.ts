import { World, type Actor } from './world.ts'

/** What a client asks for that can show history as it was. */
export const HISTORY_CAPS = [
  'batch',
  'message-tags',
  'server-time',
  'echo-message',
  'labeled-response',
  'standard-replies',
  'draft/chathistory',
] as const

/** A world whose log is kept. */
export function historyWorld(): World {
  return new World({ history: 'strict' }, { log: true })
}

/** Sends, and reads what there is when all has settled. */
export async function asked(world: World, actor: Actor, ...lines: string[]): Promise<string[]> {
  actor.sends(...lines)
  await world.settles()
  await world.settles()
  return actor.read()
}

/** What is in the batch that `lines` are: of this type, with these parameters. */
export function inBatch(lines: readonly string[], head: string): string[] {
  const [first = '', ...rest] = lines
  const last = rest.pop() ?? ''
  const opened = /BATCH \+(\S+) (.*)$/.exec(first)
  if (opened?.[2] !== head || !last.endsWith(`BATCH -${opened[1]}`)) {
    throw new Error(`no batch "${head}":\n${lines.join('\n')}`)
  }
  return rest.map((line) =>
    line.replace(`batch=${opened[1]};`, '').replace(`@batch=${opened[1]} `, ''),
  )
}

/** The texts of messages, without anything around them. */
export function textsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => / (?:PRIVMSG|NOTICE) \S+ :(.*)$/.exec(line)?.[1] ?? [])
}

export function msgidOf(line: string | undefined): string {
  return /[@;]msgid=([^; ]+)/.exec(line ?? '')?.[1] ?? ''
}
