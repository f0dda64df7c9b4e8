import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readArguments } from './arguments.ts'

function planOf(line: string) {
  const asked = readArguments(line === '' ? [] : line.split(' '), 4)
  assert.equal(asked.kind, 'load', JSON.stringify(asked))
  return asked.kind === 'load' ? asked.plan : assert.fail()
}

test('BENCH - without arguments it is the load that the peers were measured with', () => {
  const { clients, rooms, senders, window, textBytes, durationMs, threads } = planOf('')
  assert.deepEqual(
    { clients, rooms, senders, window, textBytes, durationMs, threads },
    {
      clients: 1000,
      rooms: 10,
      senders: 5,
      window: 16,
      textBytes: 64,
      durationMs: 5000,
      threads: 4,
    },
  )
})

test('BENCH - the default port is the one of the transport', () => {
  assert.equal(planOf('').port, 6667)
  assert.equal(planOf('--tls').port, 6697)
  assert.equal(planOf('--websocket').port, 8080)
  assert.equal(planOf('--websocket --tls --port 443').port, 443)
})

test('BENCH - options reach the plan', () => {
  const plan = planOf('--tls --insecure --caps --storm join --spread --seconds 0.5 --host ::1')
  assert.equal(plan.tls, 'unverified')
  assert.equal(plan.lines, 'tagged')
  assert.equal(plan.storm, 'join')
  assert.equal(plan.rooms, 1)
  assert.equal(plan.sources, 'many')
  assert.equal(plan.durationMs, 500)
  assert.equal(plan.host, '::1')
})

test('BENCH - each thread that shares a room has two of its clients', () => {
  assert.equal(planOf('--clients 2 --rooms 1').threads, 1)
  assert.equal(planOf('--clients 5 --rooms 1').threads, 2)
  assert.equal(planOf('--clients 8 --rooms 4 --threads 3').threads, 3)
})

test('BENCH - few clients have as many rooms as they can fill', () => {
  assert.equal(planOf('--clients 6').rooms, 3)
  assert.equal(planOf('--clients 1 --senders 0').rooms, 1)
})

for (const [line, problem] of [
  ['--clients 0', /--clients is a whole number from 1/],
  ['--clients 1e3', /not '1e3'/],
  ['--port 65536', /--port .* to 65535/],
  ['--bytes 15', /--bytes .* from 16/],
  ['--seconds soon', /--seconds is a number/],
  ['--rooms 11 --clients 10', /--rooms .* to 10/],
  ['--rooms 6 --clients 10', /each room needs one that sends and one that observes/],
  ['--storm rain', /'join' or 'reconnect', not 'rain'/],
  ['--insecure', /--insecure needs --tls/],
  ['--path /x', /--path needs --websocket/],
  ['--websocket --path x', /begins with '\/'/],
  ['--bogus', /--bogus/],
  ['now', /now/],
] as const) {
  test(`BENCH - '${line}' is refused with the reason`, () => {
    const asked = readArguments(line.split(' '), 2)
    assert.equal(asked.kind, 'wrong')
    assert.match(asked.kind === 'wrong' ? asked.problem : '', problem)
  })
}
