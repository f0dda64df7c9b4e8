import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { banRow, connectionRow, roomRow } from '../support/terminal-facts.ts'
import { PtyProgram } from '../support/terminal-pty.ts'
import { FakeAdminServer, SECRET } from '../support/terminal-server.ts'

// A pseudo-terminal of Windows is another matter; what is drawn is the same.
const onPosix = { skip: process.platform === 'win32' }

async function opened(
  set: (server: FakeAdminServer) => void = () => {},
  more: { environment?: Record<string, string>; args?: string[] } = {},
) {
  const server = new FakeAdminServer()
  set(server)
  await server.start()
  const screen = new PtyProgram({
    args: ['monitor', server.url, ...(more.args ?? [])],
    environment: { MARU_TOKEN: SECRET, LANG: 'en_US.UTF-8', ...more.environment },
  })
  return {
    server,
    screen,
    async [Symbol.asyncDispose]() {
      await screen[Symbol.asyncDispose]()
      await server.stop()
    },
  }
}

const came = (connection: number, address: string) =>
  ({ connection, address, port: 5000, transport: 'tls', listener: 'tls' }) as const

const people = (count: number) => Array.from({ length: count }, (_, i) => connectionRow(i + 1))

test(
  'TERMINAL - the first screen says what an operator wants to know, in 80x24',
  onPosix,
  async () => {
    await using stage = await opened()
    const { server, screen } = stage
    await screen.until('mina (admin)')
    server.happen({ kind: 'connected', ...came(7, '192.0.2.7') })
    server.happen({
      kind: 'disconnected',
      ...came(7, '192.0.2.7'),
      nick: 'alice',
      reason: 'Ping timeout',
      openForMs: 65_000,
      linesIn: 1,
      bytesIn: 1,
      bytesOut: 1,
    })
    server.tick()
    await screen.until('- alice 192.0.2.7 gone after 1m 5s: Ping timeout')
    for (const fact of [
      /Studio \(irc\.example\.org\) .*● live {2}mina \(admin\)/,
      /Up since +2026-11-24 10:00:00, for 1d 2h/,
      /Listening on +plain 127\.0\.0\.1:6667, tls \[::\]:6697, admin 127\.0\.0\.1:8068/,
      /People +1,234 {2}peak 1,500 +Messages\/s +120 .*[▁▂▃▄▅▆▇█]{10}/,
      /Connections +1,240 {2}peak 1,600 +Accepted\/s +3, refused 0/,
      /Rooms +52 +Deliveries\/s +12\.4k/,
      /── Health {2}▲ warning: Worker loop, Held ──/,
      /Core loop +3\.2 ms ● +Worker loop +161 ms ▲ +Fan-out +8\.4 ms ●/,
      /Queues +1\.2 MiB ●/,
      /\+ 192\.0\.2\.7 #7 connected over tls from port 5000/,
      /1-6 screens {2}a announce {2}\? keys {2}q quit/,
    ]) {
      assert.ok(screen.rowOf(fact) >= 0, `${fact}\n${screen.lines().join('\n')}`)
    }
  },
)

test('TERMINAL - a table is filtered as one types, sorted, and opened', onPosix, async () => {
  await using stage = await opened((server) => {
    server.tables = { connections: people(300), rooms: [], bans: [] }
  })
  const { server, screen } = stage
  await screen.until('mina (admin)')
  screen.type('2')
  await screen.until('300 in all')
  screen.type('/user29')
  await screen.until('11 of 300')
  const isWatched = (more: object) => {
    const last = server.feedRequests.findLast(({ type }) => type === 'watch')
    assert.partialDeepStrictEqual(last, { type: 'watch', query: more })
  }
  isWatched({ of: 'connections', filter: 'user29' })
  screen.type('\r')
  await screen.until('/ filter')
  screen.type('s')
  await screen.until('sorted by idle ▲')
  isWatched({ sort: 'idleMs' })
  screen.type('S')
  await screen.until('sorted by idle ▼')
  isWatched({ sort: 'idleMs', descending: true })
  await screen.until(/› user299 /)
  screen.type('\x1b[B')
  await screen.until(/› user298 /)
  screen.type('\r')
  await screen.until(/── Connection 298 ─/)
  assert.ok(screen.rowOf(/realName|User 298/) > 0)
  screen.type('\x1b')
  await screen.until(/› user298 /)
})

test('TERMINAL - a ban asks for how long and why, and sends just that', onPosix, async () => {
  await using stage = await opened((server) => {
    server.tables = { connections: people(3), rooms: [], bans: [] }
  })
  const { server, screen } = stage
  await screen.until('mina (admin)')
  screen.type('2')
  await screen.until(/› user3 /)
  screen.type('b')
  await screen.until('── Ban the address of user3 (192.0.2.3)')
  screen.type('\x15' + '1d12x\r')
  await screen.until('! Write it like')
  screen.type('\x7fh\r')
  await screen.until('Why:')
  screen.type('\r')
  await screen.until('! This is needed.')
  screen.type('광고, spam\r')
  await screen.until('Ban 192.0.2.3 for 1d 12h: 광고, spam?')
  assert.equal(server.seen('POST', '/connections/3/ban'), undefined)
  screen.type('\r')
  await screen.until('✓ Banned 192.0.2.3.')
  assert.deepEqual(server.seen('POST', '/connections/3/ban'), {
    method: 'POST',
    path: '/connections/3/ban',
    body: { kind: 'dline', durationMs: 129_600_000, reason: '광고, spam' },
    authorization: `Bearer ${SECRET}`,
  })
})

test('TERMINAL - Esc cancels, and what was asked is not done', onPosix, async () => {
  await using stage = await opened((server) => {
    server.tables = { connections: people(3), rooms: [], bans: [] }
  })
  const { server, screen } = stage
  await screen.until('mina (admin)')
  screen.type('2')
  await screen.until(/› user3 /)
  for (const key of ['m', 'k', 'd', 'b', 'x', 'a']) {
    screen.type(key)
    await screen.until('Esc cancels')
    screen.type('\x1b')
    await screen.until('/ filter')
  }
  assert.deepEqual(
    server.requests.filter(({ method }) => method !== 'GET'),
    [],
  )
})

test('TERMINAL - a kick asks from which room; a ban is undone', onPosix, async () => {
  await using stage = await opened((server) => {
    server.tables = {
      connections: people(1),
      rooms: [],
      bans: [banRow('b/1', '203.0.113.0/24'), banRow('b2', '*@bad', { setAtMs: 5 })],
    }
  })
  const { server, screen } = stage
  await screen.until('mina (admin)')
  screen.type('2')
  await screen.until(/› user1 /)
  screen.type('k')
  await screen.until('From which room (Tab goes through all 2): #general')
  screen.type('\t')
  await screen.until('all 2): #art')
  screen.type('\rrude\r\r')
  await screen.until('✓ Kicked user1 from #art.')
  const kick = server.seen('POST', '/rooms/%23art/kick')
  assert.deepEqual(kick?.body, { nick: 'user1', reason: 'rude' })
  screen.type('5')
  await screen.until(/› address {7}203\.0\.113\.0\/24/)
  screen.type('u')
  await screen.until('Undo the ban of 203.0.113.0/24 (spam)?')
  screen.type('y')
  await screen.until('✓ The ban of 203.0.113.0/24 is undone.')
  assert.ok(server.seen('DELETE', '/bans/b%2F1'))
})

test('TERMINAL - limits are shown in units that people know', onPosix, async () => {
  await using stage = await opened()
  const { screen } = stage
  await screen.until('mina (admin)')
  screen.type('5l')
  await screen.until(/sendQueueBytes +1,048,576 {2}1\.0 MiB/)
  await screen.until(/pingAfterMs +60,000 {2}1m /)
  await screen.until(/queuesShareOfHeap +25 %/)
  await screen.until(/admission\.connections +no limit/)
})

test('TERMINAL - who may only watch is offered nothing else', onPosix, async () => {
  await using stage = await opened((server) => {
    server.role = 'watch'
    server.tables = { connections: people(3), rooms: [], bans: [] }
  })
  const { screen } = stage
  await screen.until('mina (watch)')
  screen.type('2')
  await screen.until(/› user3 /)
  await screen.until('/ filter  s sort  Enter details  ? keys  q quit')
  screen.type('b')
  screen.type('a')
  screen.type('?')
  await screen.until('── Keys')
  assert.equal(screen.rowOf('announce'), -1)
  assert.equal(screen.rowOf('disconnect'), -1)
})

test('TERMINAL - hostile names are text, and the columns stay straight', onPosix, async () => {
  const names = [
    '\x1b[2J\x1b[31mred',
    '\x1b]0;title\x07x',
    '\u202ereversed',
    'zero\u200bwidth',
    '마루바닥',
    'tea🍵cup❤\ufe0f',
    'c\u0301\u0301\u0301\u0301combi',
  ]
  await using stage = await opened((server) => {
    const connections = names.map((nick, i) => connectionRow(i + 1, { nick, client: nick }))
    server.tables = { connections, rooms: [roomRow('#\x1b[1m방', 3)], bans: [] }
  })
  const { server, screen } = stage
  await screen.until('mina (admin)')
  server.happen({ kind: 'connected', ...came(1, '192.0.2.1'), client: '\x1b[5;5Hmoved\r\nnew' })
  await screen.until('^[[5;5Hmoved^M^Jnew')
  screen.type('2')
  await screen.until('^[[2J^[[31mred')
  for (const shown of ['^[]0;title^Gx', '<U+202E>', 'zero<U+200B>', '마루바닥', 'tea']) {
    assert.ok(screen.rowOf(shown) > 0, `${shown}\n${screen.lines().join('\n')}`)
  }
  const column = screen.columnOf('address', 3)
  assert.ok(column > 10)
  for (let i = 1; i <= names.length; i++) {
    assert.equal(screen.columnOf(`192.0.2.${i}`, 4 + names.length - i), column, names[i - 1])
  }
  screen.type('3')
  await screen.until('#^[[1m방')
  for (const bytes of ['\x1b[2J\x1b[31m', '\x1b]0;', '\u202e', '\u200b', '\x1b[5;5H']) {
    assert.ok(!screen.raw.includes(bytes), JSON.stringify(bytes))
  }
})

test(
  'TERMINAL - it follows a resize to 120x40 and back, and says when there is too little room',
  onPosix,
  async () => {
    await using stage = await opened((server) => {
      server.tables = { connections: people(100), rooms: [], bans: [] }
    })
    const { screen } = stage
    await screen.until('mina (admin)')
    screen.type('2')
    await screen.until('100 in all')
    assert.equal(screen.rowOf(/ out\/s /), -1)
    screen.resize(120, 40)
    await screen.until(/ out\/s /)
    await screen.until((it) => it.lines()[39]?.includes('/ filter') === true)
    assert.equal(screen.lines().filter((line) => / user\d+ /.test(line)).length, 34)
    screen.resize(60, 20)
    await screen.until('The terminal is too small: 60x20.')
    screen.resize(80, 24)
    await screen.until((it) => it.lines()[23]?.includes('/ filter') === true)
    assert.equal(screen.rowOf(/ out\/s /), -1)
  },
)

test(
  'TERMINAL - while the server is away it says so, and it comes back by itself',
  onPosix,
  async () => {
    await using stage = await opened()
    const { server, screen } = stage
    await screen.until('mina (admin)')
    server.happen({ kind: 'connected', ...came(1, '192.0.2.1') })
    await screen.until('192.0.2.1 #1 connected')
    await server.stop()
    await screen.until('■ server away')
    await screen.until(/! Away for \d+s \(.+\), trying again; this is from 12:03:04\./)
    await server.startAnew()
    await screen.until('● live')
    server.happen({ kind: 'connected', ...came(1, '192.0.2.99') })
    await screen.until('192.0.2.99 #1 connected')
    assert.ok(screen.rowOf('The server started anew.') > 0)
    assert.ok(screen.rowOf('192.0.2.1 #1 connected') > 0)
    assert.equal(screen.rowOf('Away for'), -1)
  },
)

test('TERMINAL - after a short break it goes on where it was, without a gap', onPosix, async () => {
  await using stage = await opened()
  const { server, screen } = stage
  await screen.until('mina (admin)')
  server.happen({ kind: 'connected', ...came(1, '192.0.2.1') })
  await screen.until('192.0.2.1 #1 connected')
  await server.stop()
  server.happen({ kind: 'connected', ...came(2, '192.0.2.2') })
  await screen.until('■ server away')
  await server.start()
  await screen.until('192.0.2.2 #2 connected')
  const resumed = server.feedRequests.findLast(({ type }) => type === 'resume')
  assert.deepEqual(resumed, { type: 'resume', epoch: 'epoch-1', seq: 1 })
  assert.equal(screen.lines().filter((line) => line.includes('#1 connected')).length, 1)
  assert.equal(screen.rowOf('missed here'), -1)
})

test(
  'TERMINAL - however fast things happen, it draws some ten frames a second, and all is there',
  onPosix,
  async () => {
    await using stage = await opened()
    const { server, screen } = stage
    await screen.until('mina (admin)')
    screen.type('4')
    await screen.until('following')
    const framesOf = (raw: string) => raw.split('\x1b[?2026h').length - 1
    const before = framesOf(screen.raw)
    const startMs = performance.now()
    for (let batch = 0; batch < 100; batch++) {
      const ids = Array.from({ length: 40 }, (_, i) => batch * 40 + i + 1)
      server.happen(...ids.map((id) => ({ kind: 'connected', ...came(id, '192.0.2.1') }) as const))
      await delay(10)
    }
    await screen.until('#4000 connected')
    const seconds = (performance.now() - startMs) / 1000
    const frames = framesOf(screen.raw) - before
    assert.ok(frames <= seconds * 12 + 2, `${frames} frames in ${seconds} s`)
    screen.type('\x1b[H')
    await screen.until('192.0.2.1 #1 connected')
  },
)

test('TERMINAL - the log pauses, goes on, and is searched', onPosix, async () => {
  await using stage = await opened()
  const { server, screen } = stage
  await screen.until('mina (admin)')
  screen.type('4')
  await screen.until('following')
  server.happen({ kind: 'connected', ...came(1, '192.0.2.1') })
  await screen.until('#1 connected')
  screen.type('p')
  await screen.until('paused')
  server.happen({ kind: 'connected', ...came(2, '192.0.2.2') })
  await screen.until('paused, 1 new')
  assert.equal(screen.rowOf('#2 connected'), -1)
  screen.type('p')
  await screen.until('#2 connected')
  screen.type('/0.2.1')
  await screen.until((it) => it.rowOf('#2 connected') < 0 && it.rowOf('#1 connected') > 0)
})

test('TERMINAL - the mouse chooses a tab, a row, a column to sort by', onPosix, async () => {
  await using stage = await opened((server) => {
    server.tables = { connections: people(100), rooms: [], bans: [] }
  })
  const { screen } = stage
  await screen.until('mina (admin)')
  const click = (x: number, y: number) =>
    screen.type(`\x1b[<0;${x + 1};${y + 1}M\x1b[<0;${x + 1};${y + 1}m`)
  click(screen.columnOf('Connections', 1), 1)
  await screen.until(/› user100 /)
  click(10, 6)
  await screen.until(/› user98 /)
  screen.type('\x1b[<65;5;5M')
  await screen.until(/› user95 /)
  click(screen.columnOf('idle', 3), 3)
  await screen.until('sorted by idle ▲')
  await screen.until(/› user1 /)
  click(10, 5)
  await screen.until(/› user2 /)
  click(10, 5)
  await screen.until('── Connection 2 ')
})

test('TERMINAL - Korean, and no colour where none is wanted', onPosix, async () => {
  await using stage = await opened(() => {}, {
    environment: { LANG: 'ko_KR.UTF-8', NO_COLOR: '1' },
  })
  const { screen } = stage
  await screen.until('mina (최고 관리자)')
  await screen.until('▲ 주의: 워커 루프, 멈춘 접속')
  assert.equal(screen.columnOf('● 실시간', 0), 51)
  assert.doesNotMatch(screen.raw, /\[(?:3[0-7]|9[0-7]|38|4[0-7])[;m]/)
  assert.ok(screen.cell(1, 1).isInverse)
})
