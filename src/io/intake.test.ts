import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_LIMITS, type EdgeLimits } from '../protocol/limits.ts'
import { Connection } from './connection.ts'
import type { Transport } from './engine.ts'
import { Intake } from './intake.ts'
import type { Price } from './line-cost.ts'
import { cutLines } from './line-splitter.ts'

const LIMITS: EdgeLimits = {
  ...DEFAULT_LIMITS.edge,
  lineBurst: 10,
  linesPerSecond: 2,
  byteBurst: 16 * 1024,
  bytesPerSecond: 4096,
}
const PRICES = new Map<string, Price>([
  ['LIST', { points: 4 }],
  ['PONG', { points: 0 }],
  ['WHO', { points: 2, isWelcome: true }],
])

class Stage {
  readonly intake: Intake
  /** Lines and faults in the order in which they were handed over. */
  readonly taken: string[] = []
  readonly connection: Connection
  nowMs = 0
  isFull = false
  /** How often it was said that the connection is over its budget. */
  slowings = 0
  isPaused = false

  constructor(limits: Partial<EdgeLimits> = {}, transport: Transport = 'tcp') {
    this.intake = new Intake({
      limits: { ...LIMITS, ...limits },
      prices: PRICES,
      monotonicMs: () => this.nowMs,
      lines: (_, block) =>
        void cutLines(block, { line: (text) => this.taken.push(text) > 0, blank: () => true }),
      malformed: (_, fault) => this.taken.push(fault),
      slowed: () => this.slowings++,
      isFull: () => this.isFull,
      close: (connection, reason) => {
        connection.reason = reason
        this.intake.forget(connection)
      },
    })
    const where = { address: '192.0.2.1', port: 1, listener: 'plain' }
    const wire = {
      framing: 'lines',
      pause: () => void (this.isPaused = true),
      resume: () => void (this.isPaused = false),
      end: () => {},
    } as const
    this.connection = new Connection({ kind: 'opened', connection: 1, transport, ...where }, 0, {
      socket: {} as Socket,
      wire,
      nowMs: 0,
    })
  }

  /** No longer a stranger. */
  registered(): this {
    this.connection.deliveryClass = 1
    return this
  }

  sends(text: string, encoding: BufferEncoding = 'utf8'): void {
    this.intake.take(this.connection, Buffer.from(text, encoding))
  }

  passes(ms: number): void {
    this.nowMs += ms
    this.intake.resume()
  }
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `PING ${i}`)
}

test('INTAKE - over its line budget a connection is not read, and loses nothing', () => {
  const stage = new Stage().registered()
  const lines = numbered(16)
  stage.sends(lines.map((each) => `${each}\r\n`).join(''))
  assert.deepEqual(stage.taken, lines.slice(0, 10))
  assert.deepEqual([stage.isPaused, stage.intake.hasHeld], [true, true])
  stage.passes(0)
  assert.equal(stage.taken.length, 10)
  // The next one may leave a debt, which the one after it waits for.
  stage.passes(400)
  stage.passes(50)
  assert.equal(stage.taken.length, 11)
  assert.equal(stage.isPaused, true)
  for (let i = 0; i < 4; i++) stage.passes(500)
  assert.equal(stage.taken.length, 15)
  stage.passes(500)
  assert.deepEqual(stage.taken, lines)
  assert.deepEqual([stage.isPaused, stage.intake.hasHeld], [false, false])
  assert.equal(stage.connection.linesIn, 16)
})

test('INTAKE - a connection that is held is slowed once, until it has been read again', () => {
  const stage = new Stage().registered()
  stage.sends('PING\r\n'.repeat(14))
  stage.passes(500)
  stage.sends('PING\r\n')
  assert.deepEqual([stage.slowings, stage.intake.slowed, stage.intake.heldConnections], [1, 1, 1])
  stage.passes(10_000)
  assert.equal(stage.intake.heldConnections, 0)
  stage.sends('PING\r\n'.repeat(14))
  assert.deepEqual([stage.slowings, stage.intake.slowed, stage.intake.heldConnections], [2, 2, 1])
  assert.deepEqual([stage.intake.linesIn, stage.intake.bytesIn], [stage.taken.length, 29 * 6])
  stage.intake.forget(stage.connection)
  assert.equal(stage.intake.heldConnections, 0)
})

test('INTAKE - who waits for the core is not slowed, unless the budget is used up as well', () => {
  const stage = new Stage().registered()
  stage.isFull = true
  stage.sends('PING\r\n'.repeat(14))
  assert.deepEqual(
    [stage.isPaused, stage.intake.slowed, stage.intake.heldConnections],
    [true, 0, 0],
  )
  stage.isFull = false
  stage.passes(0)
  assert.deepEqual(
    [stage.isPaused, stage.intake.slowed, stage.intake.heldConnections],
    [true, 1, 1],
  )
})

test('INTAKE - who has come in is welcome to ask, and has to wait with what it says', () => {
  const stage = new Stage({ lineWelcome: 40 }).registered()
  stage.sends('PRIVMSG a :b\r\n'.repeat(10) + 'WHO #a\r\n'.repeat(20))
  assert.deepEqual([stage.taken.length, stage.isPaused], [30, false])
  stage.sends('WHO #a\r\nPRIVMSG a :b\r\n')
  assert.deepEqual([stage.taken.length, stage.isPaused], [30, true])
})

test('INTAKE - the budget of bytes holds as well', () => {
  const stage = new Stage({ lineBurst: 1000 }).registered()
  const line = `${'x'.repeat(998)}\r\n`
  stage.sends(line.repeat(20))
  assert.equal(stage.taken.length, 17)
  stage.passes(250)
  assert.equal(stage.taken.length, 18)
  stage.passes(10_000)
  assert.equal(stage.taken.length, 20)
  assert.equal(stage.isPaused, false)
})

test('INTAKE - a dear command takes more of the budget, a free one nothing, whatever its case', () => {
  for (const [command, taken] of [
    ['LIST', 3],
    ['list', 3],
    ['@a=b :source List', 3],
    ['PING', 10],
    ['PONG', 50],
  ] as const) {
    const stage = new Stage().registered()
    stage.sends(`${command}\n`.repeat(50))
    assert.equal(stage.taken.length, taken, command)
  }
})

test('INTAKE - what yields nothing is paid for too: empty lines, faults, the rest of a long line', () => {
  for (const input of ['\r\n', '\n', 'a\0b\n', '\u00ff\n', 'x'.repeat(9000) + '\n']) {
    const stage = new Stage({ byteBurst: 1024 ** 2 }).registered()
    for (let i = 0; i < 30; i++) stage.sends(input, 'latin1')
    assert.equal(stage.isPaused, true, JSON.stringify(input.slice(0, 10)))
    assert.ok(stage.taken.length <= 10)
  }
})

test('INTAKE - what comes while a connection is held waits behind the rest', () => {
  const stage = new Stage().registered()
  const lines = numbered(30)
  for (const line of lines) stage.sends(`${line}\r\n`)
  assert.equal(stage.taken.length, 10)
  for (let i = 0; i < 20; i++) stage.passes(500)
  assert.deepEqual(stage.taken, lines)
  assert.equal(stage.isPaused, false)
})

test('INTAKE - however the bytes come, the budget gives the same lines at the same time', () => {
  const chunks = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(chunks, (sizes) => {
      const stage = new Stage().registered()
      const lines = numbered(25)
      const input = lines.map((each) => `${each}\n`).join('')
      let at = 0
      for (let i = 0; at < input.length; i++) {
        const size = sizes[i % sizes.length] ?? 1
        stage.sends(input.slice(at, at + size))
        at += size
      }
      assert.deepEqual(stage.taken, lines.slice(0, 10))
      for (let count = 11; count <= 25; count++) {
        stage.passes(500)
        // The debt is never more than a line.
        assert.ok(Math.abs(stage.taken.length - count) <= 1)
      }
      stage.passes(500)
      assert.deepEqual(stage.taken, lines)
    }),
  )
})

test('INTAKE - while the core has no room nothing is handed over, and everything after', () => {
  for (const limits of [{}, { lineBurst: 2 ** 31 - 1, byteBurst: 2 ** 31 - 1 }]) {
    const stage = new Stage(limits).registered()
    stage.isFull = true
    stage.sends('PING a\r\nPING b\r\na\0b\r\n')
    assert.deepEqual([stage.taken, stage.isPaused], [[], true])
    stage.passes(1000)
    assert.deepEqual([stage.taken, stage.isPaused], [[], true])
    stage.isFull = false
    stage.passes(0)
    assert.deepEqual(stage.taken, ['PING a', 'PING b', 'forbiddenByte'])
    assert.equal(stage.isPaused, false)
  }
})

test('INTAKE - without limits nobody is held, and lines are counted', () => {
  const most = 2 ** 31 - 1
  const stage = new Stage({ lineBurst: most, byteBurst: most }).registered()
  stage.sends('LIST\r\n'.repeat(5000))
  assert.deepEqual([stage.taken.length, stage.isPaused], [5000, false])
  assert.equal(stage.connection.linesIn, 5000)
})

test('INTAKE - a stranger may send all of its registration at once, and not a line more', () => {
  const stage = new Stage()
  const lines = numbered(64)
  stage.sends(lines.map((each) => `${each}\r\n`).join(''))
  assert.deepEqual([stage.taken, stage.isPaused], [lines, false])
  stage.sends('PING 64\r\n')
  assert.deepEqual(stage.taken, lines)
  assert.equal(stage.connection.reason, 'Too much input before registration')
})

test('INTAKE - a stranger may send 8 KiB, whatever they are, and not a byte more', () => {
  for (const input of ['x', '\n', '\0', 'PING x\r\n']) {
    const stage = new Stage({ registrationLines: 1_000_000 })
    for (let at = 0; at < 8192; at += input.length) stage.sends(input)
    assert.equal(stage.connection.reason, undefined, JSON.stringify(input))
    stage.sends('x')
    assert.equal(stage.connection.reason, 'Too much input before registration')
  }
})

test('INTAKE - whoever has registered has the whole budget from then on', () => {
  const stage = new Stage()
  stage.sends('PING x\r\n'.repeat(60))
  stage.registered()
  stage.sends('PING x\r\n'.repeat(60))
  assert.equal(stage.taken.length, 70)
})

test('INTAKE - a TLS hello on a plain port is named; on other transports it is a byte like others', () => {
  const plain = new Stage()
  plain.sends('\u0016\u0003\u0001')
  assert.equal(plain.connection.reason, 'TLS handshake on a plain port')
  const later = new Stage()
  later.sends('N')
  later.sends('\u0016')
  assert.equal(later.connection.reason, undefined)
  const secured = new Stage({}, 'tls')
  secured.sends('\u0016')
  assert.equal(secured.connection.reason, undefined)
})

test('INTAKE - 16 KiB without a line end is the end, and not a byte before', () => {
  const stage = new Stage({ byteBurst: 1024 ** 2 }).registered()
  stage.sends('x'.repeat(16 * 1024))
  assert.equal(stage.connection.reason, undefined)
  stage.sends('x')
  assert.equal(stage.connection.reason, 'Too much input without a line end')
  assert.deepEqual(stage.taken, ['lineTooLong'])
})

test('INTAKE - nothing more comes of a connection that is closing, held or not', () => {
  const stage = new Stage().registered()
  stage.sends('PING x\r\n'.repeat(20))
  assert.equal(stage.intake.hasHeld, true)
  stage.connection.reason = 'Client quit'
  stage.intake.forget(stage.connection)
  assert.equal(stage.intake.hasHeld, false)
  stage.sends('PING x\r\n')
  stage.passes(60_000)
  assert.equal(stage.taken.length, 10)
})

test('INTAKE - an idle connection keeps nothing', () => {
  const stage = new Stage().registered()
  stage.sends('PING x\r\nPIN')
  assert.notEqual(stage.connection.splitter, undefined)
  stage.sends('G y\r\n')
  assert.equal(stage.connection.splitter, undefined)
  assert.deepEqual(stage.taken, ['PING x', 'PING y'])
})
