import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'node:test'
import {
  chooseLast,
  comeIn,
  control,
  countOf,
  isIn,
  KEY,
  numbersOn,
  onPosix,
  openChat,
  paste,
  startQuickServer,
  upTo,
} from '../support/terminal-chat.ts'

test(
  'CHAT - two terminals talk; what one says is on both, once, with who said it',
  onPosix,
  async () => {
    await using server = await startQuickServer()
    const port = server.portOf('plain')
    await using minji = openChat({ port, nick: 'minji' })
    await isIn(minji)
    await using jun = openChat({ port, nick: '준호', columns: 80, rows: 24 })
    await isIn(jun)
    await minji.until('2 here')
    minji.type('shall we begin?\r')
    await jun.until(/minji[ ▌]shall we begin\?/)
    jun.type('네, ')
    await minji.until('준호 is typing')
    jun.type('시작합시다 minji\r')
    await minji.until(/준호▌네, 시작합시다 minji/)
    await minji.until(() => countOf(minji, '…') === 0)
    // A frame may be half drawn.
    await minji.until(() => countOf(minji, 'shall we begin?') === 1)
    await jun.until(() => countOf(jun, '시작합시다') === 1)
    // At 100 columns there is room for the members; at 80 they make place.
    assert.ok(minji.rowOf(/│ *@minji *$/) >= 0)
    assert.ok(jun.rowOf(/│.*│/) < 0)
    minji.type(control('c'))
    await minji.until('Leave Maru chat?')
    minji.type('y')
    assert.equal((await minji.ended).exitCode, 0)
    assert.ok(!minji.isOnOtherScreen)
    await jun.until('minji went offline')
  },
)

test(
  'CHAT - Korean stands in its cells, and the cursor where the next letter is composed',
  onPosix,
  async () => {
    await using server = await startQuickServer()
    await using minji = openChat({
      port: server.portOf('plain'),
      nick: '민지',
      columns: 80,
      rows: 24,
    })
    await isIn(minji)
    const composerY = 22
    const start = minji.columnOf('›', composerY) + 2
    minji.type('한글ab')
    await minji.until('한글ab')
    await minji.until(({ cursor }) => cursor.x === start + 6 && cursor.y === composerY)
    assert.deepEqual(
      [0, 2, 4, 5].map((x) => minji.cell(start + x, composerY).text),
      ['한', '글', 'a', 'b'],
    )
    // Two letters back, and one that is typed in between.
    minji.type('\x1b[D\x1b[D\x1b[D')
    await minji.until(({ cursor }) => cursor.x === start + 2)
    minji.type('국')
    await minji.until('한국글ab')
    assert.deepEqual(minji.cursor, { x: start + 4, y: composerY })
    // A line that is longer than the screen is wrapped between letters, never within one.
    minji.type(`${control('e')}${'가'.repeat(40)}`)
    const above = () => minji.lines()[composerY - 1] ?? ''
    await minji.until(() => countOf(minji, '가') === 40)
    assert.match(above(), /› 한국글ab가+ *$/)
    const rest = minji.lines()[composerY]?.trim() ?? ''
    assert.deepEqual(minji.cursor, { x: start + 2 * rest.length, y: composerY })
    minji.type('\r')
    await minji.until(/민지 한국글ab가/)
  },
)

test('CHAT - answers, reactions, edits and removals are seen by both', onPosix, async () => {
  await using server = await startQuickServer()
  const port = server.portOf('plain')
  await using minji = openChat({ port, nick: 'minji' })
  await isIn(minji)
  await using jun = openChat({ port, nick: 'jun' })
  await isIn(jun)
  minji.type('who draws the map?\r')
  await jun.until('who draws the map?')
  await chooseLast(jun)
  jun.type('r')
  await jun.until('answering minji: who draws the map?')
  jun.type('I do\r')
  await minji.until(/╭ minji: who draws the map\?/)
  await minji.until('I do')
  await chooseLast(minji)
  minji.type('+')
  await minji.until('React')
  minji.type('tada\r')
  await jun.until(/🎉 +1/)
  await chooseLast(jun)
  jun.type('e')
  await jun.until('saying a message anew')
  jun.type(' it\r')
  await minji.until(/I do it \(edited\)/)
  await minji.until('said anew below')
  await chooseLast(jun)
  jun.type('d')
  await jun.until('Remove this message for everybody?')
  jun.type('too soon\r')
  await minji.until('removed by jun: too soon')
  assert.equal(countOf(minji, 'I do it'), 0)
})

test('CHAT - a paste of many lines asks first, and is one message', onPosix, async () => {
  await using server = await startQuickServer()
  const port = server.portOf('plain')
  await using minji = openChat({ port, nick: 'minji' })
  await isIn(minji)
  await using jun = openChat({ port, nick: 'jun' })
  await isIn(jun)
  paste(minji, 'rm -rf /\r\n/quit\r\nnever sent\r\n')
  await minji.until('Pasted 3 lines')
  minji.type('n')
  await minji.until(() => minji.rowOf('Pasted') < 0)
  paste(minji, '/first line\nsecond\x1b[31m line\n  third')
  await minji.until('Pasted 3 lines')
  minji.type('y')
  await jun.until('  third')
  const from = jun.rowOf('/first line')
  assert.match(jun.lines()[from + 1] ?? '', /second.* line/)
  assert.ok(!jun.raw.includes('second\x1b[31m'))
  assert.equal(countOf(jun, 'never sent'), 0)
  // One line is only written.
  paste(minji, 'just this')
  await minji.until('› just this')
  assert.equal(minji.rowOf('Pasted'), -1)
})

test('CHAT - it follows a resize, and says when there is too little room', onPosix, async () => {
  await using server = await startQuickServer()
  await using minji = openChat({
    port: server.portOf('plain'),
    nick: 'minji',
    columns: 80,
    rows: 24,
  })
  await isIn(minji)
  minji.type('here to stay\r')
  await minji.until(/minji here to stay/)
  minji.resize(140, 44)
  await minji.until(() => minji.lines()[43]?.includes('F1 help') === true)
  await minji.until(/│ *@minji/)
  assert.ok(minji.rowOf('here to stay') > 30)
  minji.resize(30, 8)
  await minji.until('The terminal is too small')
  minji.resize(50, 12)
  await minji.until('here to stay')
  assert.ok(minji.lines().every((line) => !line.includes('#lobby   ') || line.includes('here')))
  minji.resize(80, 24)
  await minji.until(/ #lobby +│/)
})

test('CHAT - what is new is counted, told apart, and read once it is seen', onPosix, async () => {
  await using server = await startQuickServer()
  const port = server.portOf('plain')
  await using minji = openChat({ port, nick: 'minji' })
  await isIn(minji)
  await using jun = openChat({ port, nick: 'jun' })
  await isIn(jun)
  jun.type('something before\r')
  await minji.until('something before')
  minji.type('/join #art\r')
  await minji.until(/^.*│ #art/)
  jun.type('one\r')
  jun.type('minji: two\r')
  await minji.until(/#lobby +@1/)
  await minji.until('1 for you (F2)')
  assert.equal(minji.bells, 1)
  minji.type('\x1ba')
  await minji.until('─── new ──')
  const line = minji.rowOf('─── new ──')
  assert.ok(minji.rowOf('something before') < line)
  assert.match(minji.lines()[line + 1] ?? '', /jun.one/)
  await minji.until(() => minji.rowOf(/#lobby +@/) < 0)
  // Somebody looks elsewhere: it isn't read.
  minji.type('\x1b\x1b[O')
  await delay(100)
  jun.type('three\r')
  await minji.until(/#lobby +1/)
  minji.type('\x1b[I')
  await minji.until(() => minji.rowOf(/#lobby +1/) < 0)
  minji.type('\x1bOQ')
  await minji.until(/jun +minji: two/)
  // Whoever reads along needs no bell.
  minji.type(KEY.escape)
  await minji.until(() => minji.rowOf('Said to you') < 0)
  jun.type('minji: four\r')
  await minji.until(/minji: four/)
  await minji.until(() => minji.rowOf('1 for you') < 0)
  assert.equal(minji.bells, 1)
})

test('CHAT - history comes as one scrolls, without a gap or a repeat', onPosix, async () => {
  await using server = await startQuickServer()
  const port = server.portOf('plain')
  const talker = await comeIn(server, 'talker', '#lobby')
  const count = 450
  for (let i = 1; i <= count; i++) talker.send(`PRIVMSG #lobby :line <${i}>`)
  await talker.settled()
  await using minji = openChat({ port, nick: 'minji', columns: 80, rows: 24 })
  await isIn(minji)
  const seen = new Set<number>()
  const look = (): number[] => {
    const numbers = numbersOn(minji)
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    )
    numbers.slice(1).forEach((one, i) => assert.equal(one, (numbers[i] ?? 0) + 1))
    for (const one of numbers) seen.add(one)
    return numbers
  }
  await minji.until(`<${count}>`)
  for (let i = 0; !seen.has(1); i++) {
    const [first = 0] = look()
    minji.type(i % 2 === 0 ? KEY.pageUp : '\x1b[<64;40;10M'.repeat(3))
    await minji.until(() => (look()[0] ?? 0) < first)
  }
  await minji.until('the beginning')
  look()
  assert.deepEqual(
    upTo(count).filter((one) => !seen.has(one)),
    [],
  )
  minji.type(KEY.controlEnd)
  await minji.until(`<${count}>`)
})
