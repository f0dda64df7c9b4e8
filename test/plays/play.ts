/** Plays: what people promise each other of this server, told as stories. The format is in `plays.test.ts`. */
import assert from 'node:assert/strict'
import { assertInvariants, assertLine } from '../support/invariants.ts'
import { World, type Actor } from '../support/world.ts'

export interface Play {
  readonly title: string
  readonly lines: readonly { readonly number: number; readonly text: string }[]
}

interface Role {
  readonly actor: Actor
  readonly unread: string[]
  /** After a `…`: lines may be passed over until one fits. */
  isSkipping: boolean
}

interface Stage {
  readonly world: World
  readonly roles: Map<string, Role>
  /** What `<name>` stands for. */
  readonly things: Map<string, string>
}

export function readPlay(text: string): Play {
  const all = spelledOut(text)
    .split('\n')
    .map((line, i) => ({ number: i + 1, text: line.trim() }))
  const title = all[0]?.text.replace(/^#\s*/, '') ?? ''
  return { title, lines: all.filter((line) => line.text !== '' && !line.text.startsWith('#')) }
}

/** What can't be seen, or told from something else, is written `\u{200b}`. */
function spelledOut(text: string): string {
  return text.replaceAll(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  )
}

/** Rejects with the line of the play that didn't come true. */
export async function perform({ lines }: Play): Promise<void> {
  const stage: Stage = { world: new World(), roles: new Map(), things: new Map() }
  for (const { number, text } of lines) {
    try {
      await happen(stage, text)
    } catch (failure) {
      const why = failure instanceof Error ? failure.message : String(failure)
      throw new Error(`line ${number}: ${text}\n${why}`, { cause: failure })
    }
  }
  for (const [name, { unread }] of stage.roles) {
    assert.deepEqual(unread, [], `at the end ${name} has heard what the play doesn't tell`)
  }
}

type Direction = (stage: Stage, words: readonly string[]) => void | Promise<void>

/** The first that fits is what happens. */
const DIRECTIONS: readonly (readonly [pattern: RegExp, direction: Direction])[] = [
  [/^(\w+) arrives(?: as (\S+))?(?: from (\S+))?(?: with (.+))?$/, arrives],
  [/^(\w+) connects(?: from (\S+))?$/, connects],
  [/^(\w+) sends: (.*)$/, sends],
  [/^(\w+) joins (#\S+)$/, joins],
  [/^(\w+) receives nothing$/, receivesNothing],
  [/^([\w, ]+) receives?: (.*)$/, receive],
  [/^(\w+) vanishes$/, vanishes],
  [/^(\w+) is disconnected: (.*)$/, isDisconnected],
  [/^(\d+) seconds pass$/, pass],
]

async function happen(stage: Stage, text: string): Promise<void> {
  for (const [pattern, direction] of DIRECTIONS) {
    const [found, ...words] = pattern.exec(text) ?? []
    if (found === undefined) continue
    await direction(stage, words)
    listen(stage)
    assertInvariants(stage.world)
    return
  }
  throw new Error('this is no stage direction')
}

function connects(stage: Stage, [name = '', address = addressOf(stage)]: readonly string[]): void {
  const actor = stage.world.connect({ address })
  stage.roles.set(name, { actor, unread: [], isSkipping: false })
}

/** Each from elsewhere. */
function addressOf({ roles }: Stage): string {
  return `192.0.2.${roles.size + 1}`
}

function arrives(stage: Stage, [name = '', nick = name, address, caps]: readonly string[]): void {
  connects(stage, [name, ...(address === undefined ? [] : [address])])
  const { actor, unread } = roleOf(stage, name)
  const list = caps?.replaceAll(/, | and /g, ' ')
  if (list !== undefined) actor.sends('CAP LS 302', `CAP REQ :${list}`)
  actor.sends(`NICK ${nick}`, `USER ${name.toLowerCase()} 0 * :${name}`)
  if (list !== undefined) actor.sends('CAP END')
  listen(stage)
  assert.ok(
    unread.some((line) => line.includes(' 001 ')),
    `${name} is not let in: ${unread.join()}`,
  )
  unread.length = 0
}

async function sends(stage: Stage, [name = '', line = '']: readonly string[]): Promise<void> {
  const { actor } = roleOf(stage, name)
  actor.sends(line.replaceAll(/<([a-z]+)>/g, (_, thing: string) => thingOf(stage, thing)))
  await stage.world.settles()
}

/** The own JOIN and the names that come with it are not worth telling. */
function joins(stage: Stage, [name = '', channel = '']: readonly string[]): void {
  const { actor, unread } = roleOf(stage, name)
  assert.deepEqual(unread, [])
  actor.sends(`JOIN ${channel}`)
  listen(stage)
  assert.match(unread.at(-1) ?? '', / 366 /)
  unread.length = 0
}

function receive(stage: Stage, [names = '', pattern = '']: readonly string[]): void {
  for (const name of names.split(/, | and /)) receiveOne(stage, name, pattern)
}

function receiveOne(stage: Stage, name: string, pattern: string): void {
  const role = roleOf(stage, name)
  if (pattern === '…') {
    role.isSkipping = true
    return
  }
  const expected = patternOf(stage, pattern)
  const at = role.unread.findIndex((line) => expected.test(line))
  const heard = role.unread.map((line) => `\n  ${line}`).join('') || '\n  nothing'
  if (at < 0 || (at > 0 && !role.isSkipping)) throw new Error(`${name} received:${heard}`)
  const { groups = {} } = expected.exec(role.unread[at] ?? '') ?? {}
  for (const [thing, text] of Object.entries(groups)) stage.things.set(thing, text ?? '')
  role.unread.splice(0, at + 1)
  role.isSkipping = false
}

/** `*`: anything without a space. `…`: anything. `<name>`: the same thing wherever it comes. */
function patternOf({ things }: Stage, text: string): RegExp {
  const met = new Set<string>()
  const source = text.split(/(\*|…|<[a-z]+>)/).map((part) => {
    const thing = /^<([a-z]+)>$/.exec(part)?.[1]
    if (thing === undefined) return WILDCARDS[part] ?? literal(part)
    const known = things.get(thing)
    if (known !== undefined) return literal(known)
    if (met.has(thing)) return `\\k<${thing}>`
    met.add(thing)
    return `(?<${thing}>[^\\s;]+)`
  })
  return new RegExp(`^${source.join('')}$`, 'u')
}

const WILDCARDS: Readonly<Record<string, string>> = { '*': '\\S*', '…': '.*' }

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function receivesNothing(stage: Stage, [name = '']: readonly string[]): void {
  assert.deepEqual(roleOf(stage, name).unread, [])
}

function vanishes(stage: Stage, [name = '']: readonly string[]): void {
  roleOf(stage, name).actor.vanishes()
  stage.roles.delete(name)
}

function isDisconnected(stage: Stage, [name = '', reason = '']: readonly string[]): void {
  const { actor, unread } = roleOf(stage, name)
  assert.match(actor.closedWith ?? 'still connected', patternOf(stage, reason))
  assert.deepEqual(unread, [])
  vanishes(stage, [name])
}

function pass({ world }: Stage, [seconds = '']: readonly string[]): void {
  world.passes(Number(seconds) * 1000)
}

function listen({ roles }: Stage): void {
  for (const { actor, unread } of roles.values()) {
    for (const line of actor.read()) {
      assertLine(line)
      unread.push(line)
    }
  }
}

function roleOf({ roles }: Stage, name: string): Role {
  const role = roles.get(name)
  if (role === undefined) throw new Error(`${name} is not on the stage`)
  return role
}

function thingOf({ things }: Stage, thing: string): string {
  const text = things.get(thing)
  if (text === undefined) throw new Error(`nothing is known as <${thing}>`)
  return text
}
