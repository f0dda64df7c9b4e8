/** Every command with parameters that nobody sane would send, from strangers, users and operators. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { commands } from '../../src/commands/index.ts'
import { utf8Length } from '../../src/protocol/utf8.ts'
import { assertInvariants, assertLine } from '../support/invariants.ts'
import { World, type Actor } from '../support/world.ts'

/** Names of people and rooms that are there, and what those have to fear who parse. */
const NAMES = [
  'alice',
  'ROOT',
  'canary',
  '#art',
  '#ART',
  '@#art',
  '~#art',
  '#nowhere',
  'alice,root',
  '#art,#x,,#y',
]
const NUMBERS = [
  '0',
  '-1',
  '1',
  '9007199254740992',
  '-9007199254740993',
  '1e309',
  'NaN',
  '0x10',
  '1h',
  '007',
]
const TEXTS = [
  '*',
  '?',
  '*!*@*',
  '*@*',
  '\\',
  '\\*',
  '$',
  '~a:x',
  '~m:~m:x',
  '~m:*',
  '$a',
  ',',
  ',,,',
  '=',
  ';',
  '!',
  '@',
]
const ODD = [
  '\u202e',
  '\u200b',
  '\ufeff',
  '\u0001ACTION\u0001',
  '\u0001',
  '😀',
  '한글',
  '각',
  'e\u0301',
  '\ud800',
  '\t',
  '\u2028',
]
const LONG = [
  'x'.repeat(300),
  '가'.repeat(100),
  `#${'y'.repeat(200)}`,
  'a,'.repeat(120),
  '*?'.repeat(80),
  '😀'.repeat(60),
]
const MODES = [
  '+o',
  '-o+v',
  '+b',
  '+beI',
  '+klf',
  '+l',
  '-k',
  '+qaohv',
  '+Zz',
  '+ntsimRCM',
  '-ntsimRCM',
  '+B-i+w',
]
const WORDS = [
  'LS',
  '302',
  'REQ',
  'END',
  'LIST',
  'S',
  'C',
  'L',
  'FORCE',
  'root',
  'secret',
  'user.test',
  'host',
  '%tcuihsnfdlaor,1',
]
const MASKS = [
  '192.0.2.0/24',
  '192.0.2.9',
  '::/0',
  '0.0.0.0/0',
  '*@192.0.2.9',
  'x@y',
  '*.cloak',
  '+r',
  'draft/multiline',
]

const middle = fc.oneof(
  fc.constantFrom(...NAMES, ...MODES, ...WORDS),
  fc.constantFrom(...NUMBERS, ...TEXTS, ...ODD, ...LONG, ...MASKS),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).map(asMiddle),
)
const last = fc.oneof(middle, fc.constantFrom('', ' ', ': :', '  two words ', '😀 '.repeat(50)))
const tags = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '@label=1 ',
      '@batch=r ',
      '@label=2;batch=r;+draft/reply=x;draft/multiline-concat ',
      '@=;;+;__proto__=1;+a/b/c=\\;+x=\\s\\:\\r\\n\\ ',
      `@label=${'l'.repeat(65)};+typing=active `,
      `@+x=${'\\s'.repeat(2000)} `,
    ),
  },
)
const params = fc
  .tuple(fc.array(middle, { maxLength: 20 }), fc.option(last))
  .map(([middles, end]) => [...middles, ...(end === null ? [] : [`:${end}`])].join(' '))

const STANDINGS = ['stranger', 'user', 'operator'] as const
const attack = fc.record({ who: fc.constantFrom(...STANDINGS), tags, params })

/** The engine hands over well-formed Unicode without NUL, CR and LF. */
function asMiddle(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what the engine keeps back
  return text.toWellFormed().replaceAll(/[\0\r\n ]|^:/g, '_')
}

const CAPS = [
  'batch',
  'labeled-response',
  'message-tags',
  'echo-message',
  'draft/multiline',
  'setname',
]

interface Stage {
  readonly world: World
  readonly actors: Map<(typeof STANDINGS)[number], Actor>
  canary: Actor
}

async function setUp(): Promise<Stage> {
  const gateways = [{ name: 'alice', passwordHash: 'secret', networks: ['192.0.2.0/24'] }]
  const world = new World({ gateways, name: `${'s'.repeat(59)}.org` })
  const canary = registered(world, 'canary', '2001:db8::1')
  const stage: Stage = { world, canary, actors: new Map() }
  for (const who of STANDINGS) await enter(stage, who)
  return stage
}

async function enter({ world, actors }: Stage, who: (typeof STANDINGS)[number]): Promise<void> {
  const address = `198.51.${world.engine.peers.size >> 8}.${world.engine.peers.size & 255}`
  const names = { stranger: undefined, user: 'alice', operator: 'root' } as const
  const nick = names[who]
  const actor = nick === undefined ? world.connect({ address }) : registered(world, nick, address)
  if (who === 'operator') actor.sends('OPER root secret')
  await world.settles()
  if (nick !== undefined) actor.sends('JOIN #art')
  actor.read()
  actors.set(who, actor)
}

function registered(world: World, nick: string, address: string): Actor {
  const actor = world.connect({ address })
  actor.sends(
    'CAP LS 302',
    `CAP REQ :${CAPS.join(' ')}`,
    `NICK ${nick}`,
    'USER u 0 * :r',
    'CAP END',
  )
  return actor
}

for (const command of commands.keys()) {
  test(`${command} - whatever its parameters: no bug, a sound state, and the others are served`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(attack, { minLength: 1, maxLength: 8 }), async (attacks) => {
        const stage = await setUp()
        for (const each of attacks) {
          const line = `${each.tags}${command} ${each.params}`
          await withstands(stage, each.who, line)
        }
      }),
      { numRuns: 25 },
    )
  })
}

async function withstands(stage: Stage, who: (typeof STANDINGS)[number], line: string) {
  const { world, actors, canary } = stage
  actors.get(who)?.sends(line.toWellFormed())
  await world.settles()
  for (const actor of [...actors.values(), canary]) for (const got of actor.read()) assertLine(got)
  const bugs = world.logged.filter(([event]) => event === 'command failed')
  assert.deepEqual(bugs, [], `${who}: ${line} (${utf8Length(line)} bytes)`)
  for (const [standing, actor] of actors) {
    if (actor.closedWith === undefined) continue
    actor.vanishes()
    await enter(stage, standing)
  }
  assertInvariants(world)
  if (canary.closedWith !== undefined) {
    // Nothing but a KILL by name can have done this.
    assert.match(line, /KILL/)
    canary.vanishes()
    stage.canary = registered(world, 'canary', '2001:db8::1')
  }
  stage.canary.read()
  assert.match(stage.canary.asks('PING x').join(), /^:\S+ PONG \S+ x$/, `after ${line}`)
}
