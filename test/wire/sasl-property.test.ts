import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { plain, register } from '../support/account-people.ts'
import { assertInvariants } from '../support/invariants.ts'
import { World } from '../support/world.ts'

const LINES = [
  'CAP LS 302',
  'CAP END',
  'NICK painter',
  'NICK anna',
  'USER p 0 * :p',
  'AUTHENTICATE PLAIN',
  'AUTHENTICATE SCRAM-SHA-256',
  'AUTHENTICATE EXTERNAL',
  `AUTHENTICATE ${plain('anna', 'sesame')}`,
  `AUTHENTICATE ${plain('anna', 'millet')}`,
  `AUTHENTICATE ${plain('nobody', 'sesame')}`,
  'AUTHENTICATE +',
  'AUTHENTICATE *',
  `AUTHENTICATE ${'A'.repeat(400)}`,
  `AUTHENTICATE ${'A'.repeat(401)}`,
  'NS IDENTIFY anna sesame',
  'NS IDENTIFY anna millet',
  'NS LOGOUT',
  'JOIN #floor',
  'QUIT',
  '',
  // What clients really say, more often than chance would have it.
  `AUTHENTICATE PLAIN\nAUTHENTICATE ${plain('anna', 'sesame')}`,
  `AUTHENTICATE PLAIN\nAUTHENTICATE ${plain('anna', 'millet')}`,
  'CAP LS 302\nNICK painter\nUSER p 0 * :p',
  'NICK anna\nUSER p 0 * :p\nCAP END',
] as const

const MECHANISMS: Readonly<Record<string, 'plain' | 'other'>> = {
  PLAIN: 'plain',
  'SCRAM-SHA-256': 'other',
}

/** What a connection should be, by the rules alone. */
class Model {
  isNegotiating = false
  isRegistered = false
  isClosed = false
  account: string | undefined = undefined
  nick: string | undefined = undefined
  #hasUser = false
  #failures = 0
  #open: 'no' | 'plain' | 'other' = 'no'
  #heard = ''

  hear(line: string): void {
    if (this.isClosed) return
    const [command = '', param = '', ...rest] = line.split(' ')
    if (command === 'AUTHENTICATE') return this.#authenticate(param)
    this.#obey(command, param, rest)
    this.#finish()
  }

  #obey(command: string, param: string, rest: string[]): void {
    if (command === 'CAP') this.isNegotiating = param === 'LS' && !this.isRegistered
    if (command === 'USER') this.#hasUser = true
    if (command === 'NICK') this.#call(param)
    if (command === 'NS' && this.isRegistered) this.#ask(param, rest)
    if (command === 'QUIT') this.isClosed = true
  }

  /** The nick of an account may be said as long as one may yet log in to it. */
  #call(nick: string): void {
    if (this.isRegistered) return
    if (nick === 'anna' && this.account === undefined && !this.isNegotiating) return
    this.nick = nick
  }

  #authenticate(param: string): void {
    const open = this.#open
    if (param === '*' || param.length > 400) return this.#end()
    if (open === 'no') {
      this.#open = MECHANISMS[param] ?? 'no'
      return
    }
    if (param !== '+') this.#heard += param
    if (param.length === 400 && this.#heard.length <= 4096) return
    const said = Buffer.from(this.#heard, 'base64').toString()
    const isRight = this.#heard === plain('anna', 'sesame')
    this.#end()
    if (open === 'plain' && isRight) this.account = 'anna'
    else if (open === 'plain' && /^\0(?:anna|nobody)\0\w+$/.test(said)) this.#fail()
  }

  #end(): void {
    this.#open = 'no'
    this.#heard = ''
  }

  #fail(): void {
    this.#failures++
    if (this.#failures >= 5) this.isClosed = true
  }

  #ask(verb: string, [, password]: string[]): void {
    if (verb === 'LOGOUT') this.account = undefined
    else if (password === 'sesame') this.account = 'anna'
    else this.#fail()
  }

  #finish(): void {
    if (this.isRegistered || this.isNegotiating || this.nick === undefined || !this.#hasUser) return
    this.#end()
    // The nick of an account is for who is logged in to it.
    if (this.nick === 'anna' && this.account === undefined) {
      this.nick = undefined
      return
    }
    this.isRegistered = true
  }
}

interface Step {
  readonly lines: string
  readonly waits: boolean
}

test('SASL - in any order of lines, however fast they come: logged in is who has shown the password', async () => {
  const step = fc.record({ lines: fc.constantFrom(...LINES), waits: fc.boolean() })
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 30 }), play), { numRuns: 300 })
})

async function play(steps: readonly Step[]): Promise<void> {
  const world = new World()
  await register(world, 'anna')
  const actor = world.connect()
  const session = world.core.network.sessions.get(actor.connection)
  const account = () => session?.user?.account ?? session?.account
  const model = new Model()
  for (const { lines, waits } of steps) {
    for (const line of lines.split('\n').filter(Boolean)) {
      actor.sends(line)
      model.hear(line)
    }
    if (waits) await world.settles()
    // Never before, and never without.
    const isGuest = model.account === undefined && !model.isClosed
    if (waits && isGuest) assert.equal(account(), undefined)
  }
  for (let i = 0; i < 5; i++) await world.settles()
  assert.equal(actor.closedWith !== undefined, model.isClosed)
  assertInvariants(world)
  if (model.isClosed) return
  assert.equal(session?.user !== undefined, model.isRegistered)
  assert.equal(account(), model.account)
}
