import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commands } from '../../src/commands/index.ts'
import { nextTurn, type Peer, withMaru } from '../support/hostile.ts'

/** Every command, with no, some and too many parameters. What ends the connection or the server stays out. */
function everyCommand(): string[] {
  const names = [...commands.keys()].filter((name) => !['QUIT', 'DIE', 'RESTART'].includes(name))
  const arguments_ = ['', ' #room', ' alice', ' #room alice :and more', ' * * * * *']
  return names.flatMap((name) => arguments_.map((each) => `${name}${each}`))
}

/** What differs between two servers that were asked the same. */
function withoutTimes(line: string): string {
  return line
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*Z?/g, '<time>')
    .replaceAll(/\b\d{10,}\b/g, '<time>')
    .replaceAll(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, '<time>')
    .replace(/ 391 .*/, ' 391 <time>')
    .replace(/ 317 .*/, ' 317 <idle>')
    .replace(/msgid=[^; ]+/, 'msgid=<id>')
    .replaceAll(/127\.0\.0\.1[: ]\d+/g, '127.0.0.1 <port>')
}

type Send = (peer: Peer, input: Buffer) => Promise<void>

const sendTogether: Send = (peer, input) => {
  peer.send(input)
  return nextTurn()
}

const sendEachByte: Send = async (peer, input) => {
  for (let at = 0; at < input.length; at++) {
    peer.send(input.subarray(at, at + 1))
    await nextTurn()
  }
}

const sendAcrossLines: Send = async (peer, input) => {
  for (let at = 0; at < input.length; at += 13) {
    peer.send(input.subarray(at, at + 13))
    await nextTurn()
  }
}

const sendLineByLine: Send = async (peer, input) => {
  for (const line of input.toString().split('\n').slice(0, -1)) {
    peer.send(Buffer.from(`${line}\n`))
    await nextTurn()
  }
}

async function answersTo(send: Send, lineEnd: string): Promise<string[]> {
  let answers: string[] = []
  await withMaru({}, async (maru) => {
    const peer = await maru.join('alice', 'echo-message', 'server-time')
    const input = everyCommand().map((line) => line + lineEnd)
    await send(peer, Buffer.from(input.join('')))
    answers = await peer.settled()
  })
  return answers.map(withoutTimes)
}

test('HOSTILE - every command has the same answer however its bytes come', async () => {
  const expected = await answersTo(sendLineByLine, '\r\n')
  assert.ok(expected.length > everyCommand().length)
  for (const [send, lineEnd] of [
    [sendTogether, '\r\n'],
    [sendTogether, '\n'],
    [sendAcrossLines, '\r\n'],
    [sendEachByte, '\n'],
  ] as const) {
    assert.deepEqual(await answersTo(send, lineEnd), expected)
  }
})

test('HOSTILE - a lone CR and a NUL are refused, and the lines around them are not', async () => {
  await withMaru({}, async (maru) => {
    const alice = await maru.join('alice')
    const bob = await maru.join('bob', 'standard-replies')
    alice.send('JOIN #room')
    bob.send('JOIN #room')
    await alice.until(/bob.* JOIN /)
    await bob.settled()
    for (const bad of ['a\rQUIT :b', 'a\0b', '\r', '\0']) {
      bob.send(`PRIVMSG #room :before\r\nPRIVMSG #room :${bad}\r\nPRIVMSG #room :after`)
      const answers = await bob.settled()
      assert.equal(answers.length, 1)
      assert.match(answers[0] ?? '', /^:irc\.test FAIL \* INVALID_MESSAGE :/)
      const heard = await alice.until(/after$/)
      assert.deepEqual(heard.map(textOf), ['before', 'after'])
    }
  })
})

const NOT_UTF8: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['Latin-1', [0xe9]],
  ['a lone continuation byte', [0x80]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ['half a letter', [0xea, 0xb0]],
  ['a byte that never occurs', [0xff]],
]

test('HOSTILE - invalid UTF-8 has FAIL INVALID_UTF8 for an answer, and nothing of it is relayed', async () => {
  await withMaru({}, async (maru) => {
    const alice = await maru.join('alice')
    const bob = await maru.join('bob', 'standard-replies')
    alice.send('JOIN #room')
    bob.send('JOIN #room')
    await alice.until(/bob.* JOIN /)
    await bob.settled()
    for (const [name, bytes] of NOT_UTF8) {
      for (const command of [
        'PRIVMSG #room',
        'TOPIC #room',
        'NOTICE alice',
        'NICK',
        'KICK #room',
      ]) {
        const front = Buffer.from(`${command} :a`)
        bob.send(Buffer.concat([front, Buffer.from(bytes), Buffer.from('b\r\n')]))
        const answers = await bob.settled()
        assert.equal(answers.length, 1, `${name} in ${command}`)
        assert.match(answers[0] ?? '', /^:irc\.test FAIL \* INVALID_UTF8 :/)
      }
    }
    assert.deepEqual(await alice.settled(), [])
  })
})

test('HOSTILE - a letter that is split between two packets is one letter', async () => {
  await withMaru({}, async (maru) => {
    const bob = await maru.join('bob')
    await sendEachByte(bob, Buffer.from('PRIVMSG bob :마루 🌳\r\n'))
    assert.deepEqual((await bob.until(/PRIVMSG/)).map(textOf), ['마루 🌳'])
  })
})

test('HOSTILE - a line of 512 bytes with its line end is heard, and one more byte has 417 for an answer', async () => {
  await withMaru({}, async (maru) => {
    const bob = await maru.join('bob')
    bob.send(padded('PING ', 510))
    assert.equal((await bob.until(/ (PONG|417) /)).length, 1)
    bob.send(padded('PRIVMSG bob :', 511))
    const [answer = '', ...others] = await bob.settled()
    assert.match(answer, /^:irc\.test 417 bob :/)
    assert.deepEqual(others, [])
    // Counted in bytes: the same number of letters, but more than the limit.
    bob.send(`PRIVMSG bob :${'가'.repeat(170)}`)
    assert.match((await bob.settled()).join(), /^:irc\.test 417 bob :[^,]*$/)
  })
})

test('HOSTILE - a message that others could not get whole is refused whole', async () => {
  await withMaru({}, async (maru) => {
    const alice = await maru.join('alice')
    const bob = await maru.join('bob')
    const frame = ':bob!~bob@127.0.0.1 PRIVMSG alice :\r\n'.length
    for (let bytes = 512 - frame - 3; bytes < 512 - frame + 3; bytes++) {
      const text = 'x'.repeat(bytes)
      bob.send(`PRIVMSG alice :${text}`)
      const refused = (await bob.settled()).map((line) => line.split(' ')[1])
      const heard = (await alice.settled()).map(textOf)
      assert.deepEqual([refused, heard], refused.length > 0 ? [['417'], []] : [[], [text]])
      if (bytes + frame > 512) assert.deepEqual(refused, ['417'])
    }
  })
})

test('HOSTILE - 4,096 bytes of client tags are relayed, and one more byte has 417 for an answer', async () => {
  await withMaru({}, async (maru) => {
    const alice = await maru.join('alice', 'message-tags')
    const bob = await maru.join('bob', 'message-tags')
    const tags = padded('@+draft/x=', 4095)
    bob.send(`${tags} PRIVMSG alice :whole`)
    const [line = ''] = await alice.until(/whole$/)
    assert.equal(tagsOf(line).get('+draft/x')?.length, 4095 - '@+draft/x='.length)
    bob.send(`${tags}y PRIVMSG alice :too much`)
    assert.match((await bob.settled()).join(), /^(@\S+ )?:irc\.test 417 bob :[^,]*$/)
    assert.deepEqual(await alice.settled(), [])
  })
})

test('HOSTILE - a line over 8,191 bytes has one 417 for an answer, and the next line is heard', async () => {
  await withMaru({}, async (maru) => {
    const bob = await maru.join('bob')
    for (const length of [8190, 8191, 8192, 9000, 16_000]) {
      await sendInPieces(bob, `${padded('PRIVMSG bob :', length)}\r\n`, 1000)
      bob.send('PRIVMSG bob :next')
      const [answer = '', ...heard] = await bob.until(/next$/)
      assert.match(answer, /^:irc\.test 417 bob :/, String(length))
      assert.deepEqual(heard.map(textOf), ['next'])
    }
  })
})

test('HOSTILE - 16 KiB without a line end is the end, with its reason', async () => {
  await withMaru({}, async (maru) => {
    const watcher = await maru.join('watcher')
    const bob = await maru.join('bob')
    watcher.send('JOIN #room')
    bob.send('JOIN #room')
    await bob.settled()
    await sendInPieces(bob, 'x'.repeat(16 * 1024 + 1), 1024)
    const last = await bob.closed()
    assert.match(last[0] ?? '', /^:irc\.test 417 bob :/)
    assert.deepEqual(last.slice(1), ['ERROR :Too much input without a line end'])
    const quit = (await watcher.until(/ QUIT /)).at(-1)
    assert.equal(quit, ':bob!~bob@127.0.0.1 QUIT :Too much input without a line end')
  })
})

test('HOSTILE - a thousand tags hurt nobody, and those that are not for clients are not relayed', async () => {
  await withMaru({}, async (maru) => {
    const alice = await maru.join('alice', 'message-tags')
    const bob = await maru.join('bob', 'message-tags')
    const names = Array.from({ length: 1000 }, (_, i) => i.toString(36))
    bob.send(`@${names.join(';')};+ok PRIVMSG alice :many`)
    const [many = ''] = await alice.until(/PRIVMSG/)
    assert.deepEqual([...tagsOf(many).keys()].sort(), ['+ok', 'msgid'])
  })
})

test('HOSTILE - a client can not forge what only the server may say of a message', async () => {
  await withMaru({}, async (maru) => {
    const alice = await maru.join('alice', 'message-tags', 'server-time', 'account-tag')
    const bob = await maru.join('bob', 'message-tags')
    const forged =
      'msgid=forged;time=1999-01-01T00:00:00.000Z;account=root;bot;msgid=again;__proto__=x;constructor=x;' +
      'toString;draft/reply=x;+__proto__=x;+constructor=x;+ok=1;+ok=2'
    bob.send(`@${forged} PRIVMSG alice :forged`)
    const [line = ''] = await alice.until(/forged$/)
    const tags = tagsOf(line)
    assert.deepEqual([...tags.keys()].sort(), ['+constructor', '+ok', 'msgid', 'time'])
    assert.notEqual(tags.get('msgid'), 'forged')
    assert.notEqual(tags.get('time')?.slice(0, 4), '1999')
    // "Implementations receiving messages with more than one occurrence of a tag key name SHOULD
    // disregard all but the final occurrence." https://ircv3.net/specs/extensions/message-tags
    assert.equal(tags.get('+ok'), '2')
    assert.equal(({} as Record<string, unknown>)['x'], undefined)
  })
})

function textOf(line: string): string {
  return line.replace(/^.*? :(?=[^ ]*[^]*$)/, '')
}

function padded(front: string, bytes: number): string {
  return front + 'x'.repeat(bytes - front.length)
}

async function sendInPieces(peer: Peer, text: string, size: number): Promise<void> {
  const input = Buffer.from(text)
  for (let at = 0; at < input.length; at += size) {
    peer.send(input.subarray(at, at + size))
    await nextTurn()
  }
}

function tagsOf(line: string): Map<string, string> {
  const tags = line.startsWith('@') ? line.slice(1, line.indexOf(' ')).split(';') : []
  return new Map(
    tags.map((tag) => {
      const [key = '', value = ''] = tag.split('=', 2)
      return [key, value]
    }),
  )
}
