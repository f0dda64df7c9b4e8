import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FULL_FIGURES } from '../../test/support/monitor-source.ts'
import { World } from '../../test/support/world.ts'
import type { AlertChange } from '../monitor/alerts.ts'
import { createAlertRoom } from './alert-room.ts'
import type { AlertSettings } from './settings.ts'

const SETTINGS: AlertSettings = {
  enabled: true,
  room: '#Ops',
  loopDelayMs: 200,
  commitMs: 500,
  refusedPerSecond: 10,
  diskFreePercent: 10,
  certificateDays: 14,
}

/** A server of which a test says how late its core is. */
class Scene {
  readonly world = new World()
  readonly told: AlertChange[] = []
  settings = SETTINGS
  lateMs = 0
  readonly #room = createAlertRoom({
    core: this.world.core,
    settings: () => this.settings,
    facts: () => ({ figures: this.#figures(), certificateEndsAtMs: undefined, disk: undefined }),
    onAlert: (change) => this.told.push(change),
  })

  /** So many seconds go by. */
  passes(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this.world.passes(1000)
      this.#room.tick()
    }
  }

  #figures(): typeof FULL_FIGURES {
    const loopDelayMs = { p50: 0, p99: this.lateMs, max: this.lateMs }
    const perSecond = { ...FULL_FIGURES.perSecond, refused: 0 }
    const { commitMs: _, ...figures } = FULL_FIGURES
    return { ...figures, perSecond, threads: [{ name: 'core', heapBytes: 0, loopDelayMs }] }
  }
}

const RAISED =
  ':irc.test NOTICE #ops :ALERT (loop delay): The thread core is late by 300 ms (p99, the limit is 200 ms)'
const CLEARED = ':irc.test NOTICE #ops :OK (loop delay): All threads are on time again'

function notices(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.includes(' NOTICE '))
}

test('ALERT ROOM - those who are in it hear what is wrong and when it is over, and nobody else does', () => {
  const scene = new Scene()
  const [mina, other] = [scene.world.join('mina'), scene.world.join('other')]
  mina.sends('JOIN #ops', 'MODE #ops +is')
  scene.lateMs = 300
  scene.passes(10)
  assert.deepEqual(notices(mina.read()), [RAISED])
  scene.lateMs = 1
  scene.passes(60)
  assert.deepEqual(notices(mina.read()), [CLEARED])
  assert.deepEqual(notices(other.read()), [])
  assert.deepEqual(
    scene.told.map(({ name, raised }) => [name, raised]),
    [
      ['loop delay', true],
      ['loop delay', false],
    ],
  )
})

test('ALERT ROOM - the same alert is said once a minute at the most: the end waits, and what is over is not said', () => {
  const scene = new Scene()
  const mina = scene.world.join('mina')
  mina.sends('JOIN #ops')
  scene.lateMs = 300
  scene.passes(7)
  assert.deepEqual(notices(mina.read()), [RAISED])
  scene.lateMs = 1
  scene.passes(40)
  assert.equal(scene.told.length, 2)
  assert.deepEqual(notices(mina.read()), [])
  // Raised again before its end was said: the room knows of nothing else.
  scene.lateMs = 300
  scene.passes(40)
  assert.equal(scene.told.length, 3)
  assert.deepEqual(notices(mina.read()), [])
  scene.lateMs = 1
  scene.passes(40)
  assert.deepEqual(notices(mina.read()), [CLEARED])
})

test('ALERT ROOM - it is not made for this; who comes later hears what is still wrong', () => {
  const scene = new Scene()
  const mina = scene.world.join('mina')
  scene.lateMs = 300
  scene.passes(10)
  assert.equal(scene.world.core.network.channels.size, 0)
  assert.equal(scene.told.length, 1)
  mina.sends('JOIN #ops')
  scene.passes(1)
  assert.deepEqual(notices(mina.read()), [RAISED])
})

test('ALERT ROOM - off until it is turned on, by a reload as well; the monitor hears in any case', () => {
  const scene = new Scene()
  const mina = scene.world.join('mina')
  mina.sends('JOIN #ops,#alerts')
  scene.settings = { ...SETTINGS, enabled: false }
  scene.lateMs = 300
  scene.passes(10)
  assert.deepEqual(notices(mina.read()), [])
  assert.equal(scene.told.length, 1)
  scene.settings = { ...SETTINGS, room: '#alerts' }
  scene.passes(1)
  assert.deepEqual(notices(mina.read()), [RAISED.replace('#ops', '#alerts')])
})
