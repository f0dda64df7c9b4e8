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

export interface Scene {
  readonly world: World
  readonly alice: Actor
  readonly bob: Actor
  /** What alice said in #art, 1 s apart, as she heard it. */
  readonly said: readonly string[]
}

/** Alice and bob in #art, and what alice said there; both have read it. */
export async function twoInArt(count = 10): Promise<Scene> {
  const world = historyWorld()
  const alice = world.join('alice', ...HISTORY_CAPS)
  const bob = world.join('bob', ...HISTORY_CAPS)
  for (const each of [alice, bob]) await asked(world, each, 'JOIN #art')
  const said: string[] = []
  for (let i = 0; i < count; i++) {
    world.passes(1000)
    alice.read()
    said.push(...(await asked(world, alice, `PRIVMSG #art :m${i}`)))
  }
  alice.read()
  bob.read()
  return { world, alice, bob, said }
}

export function timeOf(line: string | undefined): string {
  return /[@;]time=([^; ]+)/.exec(line ?? '')?.[1] ?? ''
}

export function withoutTags(line: string): string {
  return line.replace(/^@\S+ /, '')
}
