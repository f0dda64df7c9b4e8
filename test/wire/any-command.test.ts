import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { commands } from '../../src/commands/index.ts'
import { utf8Length } from '../../src/protocol/utf8.ts'
import { World, type Actor } from '../support/world.ts'

const LONGEST_NICK = '가'.repeat(21)
const LONGEST_NAME = `${'s'.repeat(59)}.org`

const WORDS = `alice #art @#art * @ ! a@b *@* ~a:x $a - +o +k 1h 0 999999999999 0::1 192.0.2.1 1.2.3.4/8 / \\ ?
  k l m u LS 302 REQ FORCE root secret \u202e`
const param = fc.constantFrom(
  ...WORDS.split(/\s+/),
  LONGEST_NICK,
  '😀'.repeat(30),
  'x'.repeat(200),
  'y'.repeat(450),
)
const command = fc.constantFrom(...commands.keys(), 'NOSUCH')
const line = fc
  .tuple(command, fc.array(param, { maxLength: 20 }), fc.boolean())
  .map(([name, params, isTrailing]) => {
    const last = params.length - 1
    return [name, ...params.map((each, i) => (isTrailing && i === last ? `:${each}` : each))].join(
      ' ',
    )
  })
  .filter((text) => utf8Length(text) <= 510)

async function people(): Promise<{ world: World; actors: Actor[] }> {
  const gateways = [{ name: 'alice', passwordHash: 'secret', networks: ['0.0.0.0/0'] }]
  const world = new World({ name: LONGEST_NAME, gateways })
  const actors = [
    world.connect(),
    world.join('alice', 'batch', 'labeled-response', 'standard-replies'),
    await world.joinAsOperator(LONGEST_NICK),
  ]
  for (const actor of actors) actor.sends('JOIN #art')
  for (const actor of actors) actor.read()
  return { world, actors }
}

test('COMMANDS - whatever the parameters of whichever command: no bug, and every line fits', async () => {
  const says = fc.tuple(fc.nat({ max: 2 }), line)
  await fc.assert(
    fc.asyncProperty(fc.array(says, { minLength: 10, maxLength: 30 }), async (lines) => {
      const { world, actors } = await people()
      for (const [who, text] of lines) {
        actors[who]?.sends(text)
        await world.settles()
        for (const got of actors.flatMap((actor) => actor.read())) {
          assert.ok(
            !got.includes('INTERNAL_ERROR'),
            `${text}: ${JSON.stringify(world.logged.at(-1))}`,
          )
          assert.ok(utf8Length(got.replace(/^@\S+ /, '')) <= 510, `${text} → ${got}`)
        }
      }
    }),
    { numRuns: 150 },
  )
})
