import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import {
  asked,
  HISTORY_CAPS,
  inBatch,
  msgidOf,
  textsOf,
  timeOf,
  twoInArt,
  withoutTags,
} from '../support/history-world.ts'
import { World } from '../support/world.ts'

const SUBCOMMANDS: readonly (readonly [query: string, expected: string])[] = [
  ['LATEST #art * 100', '0 1 2 3 4 5 6 7 8 9'],
  ['LATEST #art * 3', '7 8 9'],
  ['LATEST #ART * 1', '9'],
  ['LATEST #art @4 100', '5 6 7 8 9'],
  ['LATEST #art @4 2', '8 9'],
  ['BEFORE #art @6 100', '0 1 2 3 4 5'],
  ['BEFORE #art @6 2', '4 5'],
  ['AFTER #art @3 100', '4 5 6 7 8 9'],
  ['AFTER #art @3 3', '4 5 6'],
  ['AROUND #art @7 1', '7'],
  ['AROUND #art @7 3', '6 7 8'],
  ['BETWEEN #art @0 @9 100', '1 2 3 4 5 6 7 8'],
  ['BETWEEN #art @9 @0 100', '1 2 3 4 5 6 7 8'],
  ['BETWEEN #art @0 @9 3', '1 2 3'],
  ['BETWEEN #art @9 @0 3', '6 7 8'],
  ['BEFORE #art @0 10', ''],
]

test('CHATHISTORY - every subcommand, by msgid and by timestamp', async () => {
  const { world, bob, said } = await twoInArt()
  for (const [query, expected] of SUBCOMMANDS) {
    for (const type of ['msgid', 'timestamp'] as const) {
      const line = query.replaceAll(/@(\d)/g, (_, i: string) => reference(type, said[Number(i)]))
      const texts = textsOf(
        inBatch(await asked(world, bob, `CHATHISTORY ${line}`), 'chathistory #art'),
      )
      const wanted = expected === '' ? [] : expected.split(' ').map((i) => `m${i}`)
      assert.deepEqual(texts, wanted, line)
    }
  }
})

function reference(type: 'msgid' | 'timestamp', line = ''): string {
  return type === 'msgid' ? `msgid=${msgidOf(line)}` : `timestamp=${timeOf(line)}`
}

test('CHATHISTORY - a line is what it was live: msgid, time, source, client-only tags', async () => {
  const { world, alice, bob } = await twoInArt(0)
  const [echo = ''] = await asked(world, alice, '@+draft/reply=x PRIVMSG #art :안녕')
  world.passes(5000)
  assert.deepEqual(bob.read(), [echo])
  const answer = await asked(world, bob, 'CHATHISTORY LATEST #art * 10')
  const history = inBatch(answer, 'chathistory #art')
  assert.deepEqual(history, [echo])
})

test('CHATHISTORY - labelled, the label stands on the batch', async () => {
  const { world, bob } = await twoInArt(2)
  const lines = await asked(world, bob, '@label=L CHATHISTORY LATEST #art * 10')
  assert.match(lines[0] ?? '', /^@label=L;time=\S+ :irc\.test BATCH \+\S+ chathistory #art$/)
  assert.equal(lines.filter((line) => line.includes('label=')).length, 1)
})

test('CHATHISTORY - "the server SHOULD return an empty batch in order to avoid the client waiting"', async () => {
  const { world, alice } = await twoInArt(0)
  assert.deepEqual(
    inBatch(await asked(world, alice, 'CHATHISTORY LATEST bob * 10'), 'chathistory bob'),
    [],
  )
})

const FAULTS: readonly (readonly [line: string, answer: string])[] = [
  ['', 'INVALID_PARAMS * :Insufficient parameters'],
  ['NEWEST #art * 10', 'INVALID_PARAMS NEWEST :Unknown command'],
  ['latest #art *', 'INVALID_PARAMS LATEST :Insufficient parameters'],
  ['LATEST #art * 10 10', 'INVALID_PARAMS LATEST :Too many parameters'],
  ['LATEST #art * ten', 'INVALID_PARAMS LATEST ten :Invalid limit'],
  ['LATEST #art * 0', 'INVALID_PARAMS LATEST 0 :Invalid limit'],
  [
    'BEFORE #art timestamp=yesterday 1',
    'INVALID_PARAMS BEFORE timestamp=yesterday :Invalid timestamp or msgid',
  ],
  ['BEFORE #art * 1', 'INVALID_PARAMS BEFORE * :Invalid timestamp or msgid'],
  ['AFTER #art seq=1 1', 'INVALID_MSGREFTYPE AFTER #art seq=1 :msgid= and timestamp= are known'],
  ['AFTER #art msgid=none 1', 'MESSAGE_ERROR AFTER #art none :Messages could not be retrieved'],
  [
    'TARGETS msgid=1 timestamp=2026-01-01T00:00:00.000Z 1',
    'INVALID_PARAMS TARGETS msgid=1 :Invalid timestamp',
  ],
  ['LATEST nobody * 10', 'INVALID_TARGET LATEST nobody :Messages could not be retrieved'],
  ['LATEST #none * 10', 'INVALID_TARGET LATEST #none :Messages could not be retrieved'],
  ['LATEST @#art * 10', 'INVALID_TARGET LATEST @#art :Messages could not be retrieved'],
]

test('CHATHISTORY - what is wrong is said as the specification has it', async () => {
  const { world, bob } = await twoInArt(1)
  for (const [line, answer] of FAULTS) {
    const lines = await asked(world, bob, `CHATHISTORY ${line}`)
    assert.deepEqual(
      lines.map((each) => each.replace(/^@\S+ :irc\.test FAIL CHATHISTORY /, '')),
      [answer],
    )
  }
})

test('CHATHISTORY - a message of several lines is a batch in the batch, or lines for who knows none', async () => {
  const { world, bob } = await twoInArt(0)
  const carol = world.join('carol', ...HISTORY_CAPS, 'draft/multiline')
  await asked(world, carol, 'JOIN #art')
  const lines = ['@batch=1 PRIVMSG #art :one ', '@batch=1;draft/multiline-concat PRIVMSG #art :two']
  await asked(
    world,
    carol,
    'BATCH +1 draft/multiline #art',
    ...lines,
    'BATCH -1',
    'PRIVMSG #art :after',
  )
  bob.read()
  const nested = await asked(world, carol, '@label=x CHATHISTORY LATEST #art * 2')
  const outer = /BATCH \+(\S+) chathistory/.exec(nested[0] ?? '')?.[1] ?? ''
  const inner = /BATCH \+(\S+) draft\/multiline #art$/.exec(nested[1] ?? '')?.[1] ?? ''
  assert.deepEqual(
    nested.slice(1).map((line) => line.replace(/time=[^; ]+;?/, '').replace(/ :carol\S+/, '')),
    [
      `@batch=${outer};msgid=${inner} BATCH +${inner} draft/multiline #art`,
      `@batch=${inner}; PRIVMSG #art :one `,
      `@batch=${inner};draft/multiline-concat; PRIVMSG #art :two`,
      `@batch=${outer}; BATCH -${inner}`,
      nested[5]?.replace(/time=[^; ]+;?/, '').replace(/ :carol\S+/, ''),
      nested[6]?.replace(/time=[^; ]+;?/, ''),
    ],
  )
  assert.match(nested[5] ?? '', new RegExp(`^@batch=${outer};.* PRIVMSG #art :after$`))
  assert.deepEqual(textsOf(await asked(world, bob, 'CHATHISTORY LATEST #art * 2')), [
    'one ',
    'two',
    'after',
  ])
})

test('CHATHISTORY - "MUST NOT send any lines other than PRIVMSG and NOTICE" without draft/event-playback', async () => {
  const { world, alice, bob } = await twoInArt(0)
  const carol = world.join('carol', ...HISTORY_CAPS, 'draft/event-playback', 'extended-join')
  await asked(world, carol, 'JOIN #art')
  await asked(
    world,
    alice,
    'TOPIC #art :colours',
    '@+draft/react=👍 TAGMSG #art',
    'MODE #art +v bob',
  )
  await asked(world, alice, '@+typing=active TAGMSG #art', 'NICK alicia', 'NOTICE #art :done')
  await asked(world, bob, 'PART #art :bye')
  carol.read()
  const all = inBatch(
    await asked(world, carol, 'CHATHISTORY LATEST #art * 100'),
    'chathistory #art',
  )
  const ALICE = ':alice!~alice@192-0-2-1.cloak'
  assert.deepEqual(all.map(withoutTags), [
    `${ALICE} JOIN #art * :alice real`,
    ':bob!~bob@192-0-2-1.cloak JOIN #art * :bob real',
    ':carol!~carol@192-0-2-1.cloak JOIN #art * :carol real',
    `${ALICE} TOPIC #art :colours`,
    `${ALICE} TAGMSG #art`,
    `${ALICE} MODE #art +v bob`,
    `${ALICE} NICK alicia`,
    ':alicia!~alice@192-0-2-1.cloak NOTICE #art :done',
    ':bob!~bob@192-0-2-1.cloak PART #art :bye',
  ])
  assert.match(all[4] ?? '', /\+draft\/react=👍/)
  await asked(world, bob, 'JOIN #art')
  const messages = await asked(world, bob, 'CHATHISTORY LATEST #art * 100')
  assert.deepEqual(inBatch(messages, 'chathistory #art').map(withoutTags), [
    all.map(withoutTags)[7],
  ])
})

test('CHATHISTORY - a page that would be too big is cut where the limit cuts; paging on brings the rest', async () => {
  const limits = {
    ...DEFAULT_LIMITS,
    chat: { ...DEFAULT_LIMITS.chat, historyBytes: 8192, historyLines: 50 },
  }
  const world = new World({ history: 'strict', limits }, { log: true })
  const alice = world.join('alice', ...HISTORY_CAPS)
  await asked(world, alice, 'JOIN #art')
  for (let i = 0; i < 60; i++) {
    await asked(world, alice, `PRIVMSG #art :${i} ${'x'.repeat(i % 3 === 0 ? 380 : 3)}`)
  }
  const read: string[] = []
  let before = '*'
  for (let pages = 0; pages < 60; pages++) {
    const query = before === '*' ? 'LATEST #art * 1000' : `BEFORE #art msgid=${before} 1000`
    const lines = await asked(world, alice, `CHATHISTORY ${query}`)
    assert.ok(Buffer.byteLength(lines.join('\r\n')) <= 8192 + 512)
    const page = inBatch(lines, 'chathistory #art')
    if (page.length === 0) break
    assert.ok(page.length < 50)
    read.unshift(...textsOf(page).map((text) => text.split(' ', 1)[0] ?? ''))
    before = msgidOf(page[0])
  }
  assert.deepEqual(
    read,
    Array.from({ length: 60 }, (_, i) => String(i)),
  )
})

test("CHATHISTORY - what is said after one's JOIN comes live or by history, once", async () => {
  const { world, alice } = await twoInArt(1)
  const carol = world.join('carol', ...HISTORY_CAPS)
  alice.sends('PRIVMSG #art :before')
  carol.sends('JOIN #art')
  alice.sends('PRIVMSG #art :between')
  carol.sends('CHATHISTORY LATEST #art * 10')
  alice.sends('PRIVMSG #art :after')
  await world.settles()
  await world.settles()
  const lines = carol.read()
  const live = textsOf(lines.filter((line) => !line.includes('batch=')))
  const history = textsOf(lines.filter((line) => line.includes('batch=')))
  assert.deepEqual(live, ['between', 'after'])
  assert.deepEqual(history.slice(0, 3), ['m0', 'before', 'between'])
  // Each that is in both is the same message: its msgid says so.
  const ids = lines.filter((line) => line.includes(' PRIVMSG ')).map(msgidOf)
  assert.equal(new Set(ids).size, 4)
})

test('CHATHISTORY - a text that no longer fits its line is said in two, and nothing of it is lost', async () => {
  const { world, alice, bob } = await twoInArt(0)
  const frame = ':alice!~alice@192-0-2-1.cloak PRIVMSG #art :\r\n'.length
  const text = `${'가나 '.repeat(60)}${'x'.repeat(512 - frame - 420)}`
  assert.equal(textsOf(await asked(world, alice, `PRIVMSG #art :${text}`))[0], text)
  await asked(world, alice, `RENAME #art #${'long'.repeat(12)} :because`)
  bob.read()
  const lines = await asked(world, bob, `CHATHISTORY LATEST #${'long'.repeat(12)} * 10`)
  assert.equal(textsOf(lines).join(''), text)
  for (const line of lines) {
    assert.ok(Buffer.byteLength(`${withoutTags(line)}\r\n`) <= 512)
  }
})

test('CHATHISTORY - without a log there is no history, and nothing that speaks of it', () => {
  const world = new World()
  const actor = world.connect()
  assert.doesNotMatch(
    actor.asks('CAP LS 302').join(' '),
    /history|playback|read-marker|redaction|search/,
  )
  assert.match(actor.asks('CAP REQ draft/chathistory').join(), / NAK /)
  const alice = world.join('alice')
  for (const line of [
    'CHATHISTORY LATEST #a * 1',
    'HISTORY #a',
    'MARKREAD #a',
    'REDACT #a x',
    'FIND x',
  ]) {
    assert.match(alice.asks(line).join(), / 421 /, line)
  }
})
