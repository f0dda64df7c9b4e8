import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { test } from 'node:test'
import type { FeedEntry, FeedEvent, Snapshot } from '../../src/feed/feed.ts'
import type { View } from '../../src/feed/view.ts'
import { signInFirst } from '../support/monitor-reader.ts'
import { startServer, type ServerProcess } from '../support/server.ts'

type Of<Kind extends FeedEvent['kind']> = Extract<FeedEvent, { kind: Kind }>

const CROWD = 2000

for (const workers of [0, 2]) {
  test(`MONITOR - every connect and disconnect of ${CROWD} clients in a storm is told once and in order, with ${workers} workers`, async () => {
    await using server = await startServer({
      doors: ['plain', 'admin'],
      config: '[limits]\npreset = "off"\n',
      keys: '',
      workers,
    })
    const monitor = await signInFirst(server)
    using reader = await monitor.read()
    await reader.until(({ frames }) => frames.length > 0)

    const crowd = await Promise.all(Array.from({ length: CROWD }, (_, i) => join(server, i)))
    await reader.until(({ head }) => head?.people === CROWD)
    // What is seen at once is seen on every surface.
    const { head } = await monitor.get<Snapshot>('/status')
    assert.deepEqual([head.connections, head.people, head.rooms], [CROWD, CROWD, 1])
    assert.match(await monitor.text('/metrics'), new RegExp(`^maru_connections ${CROWD}$`, 'm'))

    // One who loses the feed in the middle of it and comes back has missed nothing.
    const half = reader.entries.at(-1)?.seq ?? 0
    const { epoch } = await monitor.get<Snapshot>('/status')
    // The state is ahead of what is shown, which waits for the log.
    await Promise.all(crowd.map(hasHeard))
    for (const [i, socket] of crowd.entries()) socket.end(i % 2 === 0 ? 'QUIT :bye\r\n' : '')
    await reader.until(({ entries }) => of(entries, 'disconnected').length === CROWD)
    using late = await monitor.read({ epoch, seq: half })
    await late.until(({ entries }) => of(entries, 'disconnected').length === CROWD)
    assert.ok(late.frames.every(({ type }) => type !== 'gap' && type !== 'snapshot'))

    assertInOrder(late.entries)
    assertWhole(reader.entries)

    const end = await monitor.get<Snapshot>('/status')
    assert.deepEqual(
      [end.head.connections, end.head.people, end.head.rooms, end.head.peakConnections],
      [0, 0, 0, CROWD],
    )
    await reader.until(({ frames }) => {
      const tick = frames.findLast(({ type }) => type === 'tick')
      return tick?.type === 'tick' && tick.figures.totals.closed === CROWD
    })
    assert.equal(reader.head?.connections, 0)
  })
}

test('MONITOR - a row says all of a connection, and what is done from it lands in feed and audit', async () => {
  await using server = await startServer({ doors: ['plain', 'admin'] })
  const monitor = await signInFirst(server)
  using reader = await monitor.read()
  const [minji, troll] = [await server.connect('plain'), await server.connect('plain')]
  for (const [client, nick] of [
    [minji, '민지'],
    [troll, 'troll'],
  ] as const) {
    client.send(
      `NICK ${nick}`,
      `USER ${nick === '민지' ? 'minji' : nick} 0 * :<b>real</b>`,
      'JOIN #방',
    )
    await client.until(/ 366 /)
  }
  reader.send({ type: 'watch', query: { of: 'connections', filter: 'troll', sort: 'nick' } })
  await reader.until(({ frames }) => frames.some(({ type }) => type === 'view'))
  const view = reader.frames.find(({ type }) => type === 'view') as Extract<
    View,
    { of: 'connections' }
  >
  assert.deepEqual([view.total, view.matching], [2, 1])
  const [row] = view.rows
  assert.ok(row !== undefined)
  assert.deepEqual(
    [row.nick, row.realName, row.rooms, row.transport, row.isRegistered, row.isSilenced],
    ['troll', '<b>real</b>', ['#방'], 'tcp', true, false],
  )
  assert.ok(row.linesIn >= 3 && row.bytesOut > 0)

  const room = encodeURIComponent('#방')
  const [kicked] = await monitor.ask('POST', `/rooms/${room}/kick`, {
    nick: 'troll',
    reason: '그만',
  })
  assert.equal(kicked, 200)
  await minji.until(/ KICK #방 troll :?그만/)
  const muting = { kind: 'mute', durationMs: 60_000, reason: 'calm down' }
  assert.equal((await monitor.ask('POST', `/connections/${row.connection}/ban`, muting))[0], 200)
  assert.equal(
    (await monitor.get<{ isSilenced: boolean }>(`/connections/${row.connection}`)).isSilenced,
    true,
  )
  const bans = await monitor.get<Extract<View, { of: 'bans' }>>('/bans')
  assert.deepEqual([bans.total, bans.rows[0]?.kind, bans.rows[0]?.setBy], [1, 'mute', 'mina'])
  const undone = await monitor.ask('DELETE', `/bans/${encodeURIComponent(bans.rows[0]?.id ?? '')}`)
  assert.equal(undone[0], 200)
  assert.equal((await monitor.get<View>('/bans')).total, 0)
  const ending = { reason: 'go home' }
  assert.equal(
    (await monitor.ask('POST', `/connections/${row.connection}/disconnect`, ending))[0],
    200,
  )
  await troll.until(/^ERROR .*go home/)

  await reader.until(({ entries }) => of(entries, 'disconnected').length === 1)
  const acts = of(reader.entries, 'operator').map(({ by, action }) => [by, action])
  const audit =
    await monitor.get<{ who: string; action: string; reason?: string }[]>('/audit?count=20')
  assert.deepEqual(acts.length, 5)
  for (const [by, action] of acts) {
    assert.equal(by, 'mina')
    assert.ok(
      audit.some((record) => record.action === action),
      action,
    )
  }
  assert.ok(audit.some(({ reason }) => reason === '그만'))
})

/** A crowd that came, joined, left and went, each of them once. */
function assertWhole(entries: readonly FeedEntry[]): void {
  assertInOrder(entries)
  const came = of(entries, 'connected')
  const gone = of(entries, 'disconnected')
  assert.equal(new Set(came.map(({ connection }) => connection)).size, CROWD)
  assert.equal(came.length, CROWD)
  assert.deepEqual(numbersOf(gone), numbersOf(came))
  assert.equal(of(entries, 'registered').length, CROWD)
  assert.equal(of(entries, 'joined').length, CROWD)
  assert.equal(of(entries, 'left').length, CROWD)
  for (const { address, openForMs, reason, nick, linesIn, bytesIn, bytesOut } of gone) {
    assert.equal(address, '127.0.0.1')
    assert.match(nick ?? '', /^crowd\d+$/)
    assert.match(reason, /^(Quit: bye|Connection closed)$/)
    assert.ok(openForMs > 0 && linesIn >= 3 && bytesIn > 0 && bytesOut > 0)
  }
  assert.deepEqual(of(entries, 'joined').at(-1)?.members, CROWD)
  assert.deepEqual(of(entries, 'left').at(-1)?.members, 0)
}

async function hasHeard(socket: Socket): Promise<void> {
  while (socket.bytesRead === 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function join(server: ServerProcess, number: number): Promise<Socket> {
  const socket = connect(server.portOf('plain'), '127.0.0.1')
  socket.on('error', () => {})
  const nick = `crowd${number}`
  socket.write(`NICK ${nick}\r\nUSER c 0 * :c\r\nJOIN #storm\r\n`)
  socket.resume()
  await once(socket, 'connect')
  return socket
}

function of<Kind extends FeedEvent['kind']>(entries: readonly FeedEntry[], kind: Kind): Of<Kind>[] {
  return entries.flatMap(({ event }) => (event.kind === kind ? [event as Of<Kind>] : []))
}

function assertInOrder(entries: readonly FeedEntry[]): void {
  for (const [i, { seq }] of entries.entries()) assert.equal(seq, (entries[0]?.seq ?? 0) + i)
}

function numbersOf(events: readonly { readonly connection: number }[]): number[] {
  return events.map(({ connection }) => connection).sort((a, b) => a - b)
}
