import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Cable } from '../support/terminal-chat-cable.ts'
import {
  comeIn,
  control,
  isIn,
  numbersOn,
  onPosix,
  openChat,
  startQuickServer,
  upTo,
} from '../support/terminal-chat.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-chat-connection-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test(
  'CHAT - the server is killed and comes back: nothing is lost, nothing is twice, and one sees how it is',
  onPosix,
  async () => {
    const data = mkdtempSync(join(folder, 'data-'))
    await using cable = new Cable(0)
    await cable.begin()
    {
      await using server = await startQuickServer({ folder: data })
      cable.mend(server.portOf('plain'))
      await using minji = openChat({ port: cable.port, nick: 'minji' })
      await isIn(minji)
      await using jun = openChat({ port: cable.port, nick: 'jun' })
      await isIn(jun)
      for (const i of [1, 2, 3]) minji.type(`said <${i}>\r`)
      await jun.until('<3>')

      server.signal('SIGKILL')
      await server.exited
      await minji.until(/ ▲ connection lost .*next try in \d+ s/)
      for (const i of [4, 5, 6]) minji.type(`said <${i}>\r`)
      await minji.until(/<6>.*waits for the connection/)
      await minji.until('3 waiting to be sent')
      assert.deepEqual(numbersOn(jun), [1, 2, 3])

      await using again = await startQuickServer({ folder: data })
      cable.cut()
      cable.mend(again.portOf('plain'))
      const talker = await comeIn(again, 'talker', '#lobby')
      talker.send('PRIVMSG #lobby :meanwhile')
      await talker.settled()
      for (const screen of [jun, minji]) screen.type(control('t'))
      await minji.until(/ ● online/)
      await jun.until('<6>')
      await jun.until('meanwhile')
      await minji.until('meanwhile')
      await minji.until(() => minji.rowOf('waits for the connection') < 0)
      for (const screen of [minji, jun]) {
        assert.deepEqual(numbersOn(screen), [1, 2, 3, 4, 5, 6])
        assert.equal(screen.lines().filter((line) => line.includes('meanwhile')).length, 1)
      }
    }
  },
)

test('CHAT - what waits to be sent outlives the chat itself', onPosix, async () => {
  const home = mkdtempSync(join(folder, 'home-'))
  await using server = await startQuickServer()
  await using cable = new Cable(server.portOf('plain'))
  await cable.begin()
  const reader = await comeIn(server, 'reader', '#lobby')
  {
    await using minji = openChat({ port: cable.port, nick: 'minji', home })
    await isIn(minji)
    cable.cut()
    await minji.until('connection lost')
    minji.type('later <1>\r')
    await minji.until('waits for the connection')
    minji.type('half a thou')
    await minji.until('› half a thou')
    const kept = join(home, '.local', 'state', 'maru', `chat-127.0.0.1_${cable.port}-minji.json`)
    await minji.until(() => readFileSync(kept, 'utf8').includes('half a thou'))
    minji.kill('SIGKILL')
    await minji.ended
  }
  cable.mend(server.portOf('plain'))
  await using again = openChat({ port: cable.port, nick: 'minji', home })
  await reader.until(/later <1>/)
  await again.until(/› half a thou/)
  await again.until(/minji later <1>/)
  assert.deepEqual(numbersOn(again), [1])
})

test(
  'CHAT - of two chats of one person each keeps what it has to send; the next one says it all',
  onPosix,
  async () => {
    const home = mkdtempSync(join(folder, 'home-'))
    await using server = await startQuickServer()
    await using cable = new Cable(server.portOf('plain'))
    await cable.begin()
    const { port } = cable
    {
      await using one = openChat({ port, nick: 'minji', home })
      await isIn(one)
      await using other = openChat({ port, nick: 'minji', home })
      await other.until('minji can not be yours')
      other.type('2\r')
      await isIn(other)
      cable.cut()
      for (const [screen, text] of [
        [one, 'from one <1>'],
        [other, 'from the other <2>'],
      ] as const) {
        await screen.until('connection lost')
        screen.type(`${text}\r`)
        await screen.until(`${text} ◷ waits for the connection`)
      }
      for (const screen of [one, other]) screen.kill('SIGKILL')
      await Promise.all([one.ended, other.ended])
    }
    cable.mend(server.portOf('plain'))
    await using again = openChat({ port, nick: 'minji', home })
    await again.until(/minji from one <1> *│/)
    await again.until(/from the other <2> *│/)
    assert.deepEqual(numbersOn(again), [1, 2])
  },
)

test(
  'CHAT - who says no name is asked for one; a password comes from a file',
  onPosix,
  async () => {
    await using server = await startQuickServer({
      config: '[limits]\npreset = "off"\n[accounts]\nregistration = "open"\n',
    })
    const port = server.portOf('plain')
    await using asked = openChat({ port })
    await asked.until('Your name: ')
    asked.type('mina\r')
    await isIn(asked)
    asked.type('/register correct-horse-battery\r')
    await asked.until(/as mina/)
    assert.equal(asked.rowOf('correct-horse'), -1)
    // What may hold a password is not brought back.
    asked.type('\x1b[1;3A')
    asked.type('x')
    await asked.until(/› x *$/)
    asked.type(control('c'))

    const file = join(folder, 'password')
    writeFileSync(file, 'correct-horse-battery\n')
    await using again = openChat({
      port,
      nick: 'mina',
      args: ['--account', 'mina', '--password-file', file],
    })
    await again.until(/as mina/)
    await isIn(again)

    writeFileSync(file, 'wrong\n')
    await using wrong = openChat({
      port,
      nick: 'mina2',
      args: ['--account', 'mina', '--password-file', file],
    })
    await wrong.until('The login was refused')
    wrong.type('correct-horse-battery')
    await wrong.until('Password: •••••')
    wrong.type('\r')
    await wrong.until(/as mina/)
  },
)

test('CHAT - a name that is taken is asked for again', onPosix, async () => {
  await using server = await startQuickServer()
  const port = server.portOf('plain')
  await comeIn(server, 'minji')
  await using minji = openChat({ port, nick: 'minji', language: 'ko_KR.UTF-8' })
  await minji.until('minji: 쓸 수 없는 이름입니다')
  minji.type('\x7f\x7f민지\r')
  await isIn(minji)
  await minji.until(/min민지 ›/)
})

test(
  'CHAT - while one goes on writing the server is killed again and again: all is said, once, in order',
  onPosix,
  async () => {
    const data = mkdtempSync(join(folder, 'data-'))
    await using cable = new Cable(0)
    await cable.begin()
    let server = await startQuickServer({ folder: data })
    try {
      cable.mend(server.portOf('plain'))
      await using minji = openChat({ port: cable.port, nick: 'minji' })
      await isIn(minji)
      const count = 60
      for (let i = 1; i <= count; i++) {
        minji.type(`said <${i}>\r`)
        await delay(15)
        if (i % 20 !== 10) continue
        server.signal('SIGKILL')
        await server.exited
        await delay(100)
        server = await startQuickServer({ folder: data })
        cable.cut()
        cable.mend(server.portOf('plain'))
        minji.type(control('t'))
      }
      await minji.until(/ ● online/)
      await minji.until(`<${count}>`)
      await minji.until(() => !/waits for|…|may not have/.test(minji.lines().join('')))
      const reader = await server.connect('plain')
      await reader.register('reader')
      reader.send(
        'CAP REQ :batch draft/chathistory',
        'JOIN #lobby',
        'CHATHISTORY LATEST #lobby * 200',
      )
      const lines = await reader.settled()
      const said = lines.flatMap((line) => /PRIVMSG #lobby :said <(\d+)>/.exec(line)?.[1] ?? [])
      assert.deepEqual(said.map(Number), upTo(count))
      const shown = numbersOn(minji)
      assert.deepEqual(
        shown,
        Array.from(shown, (_, i) => count - shown.length + 1 + i),
      )
    } finally {
      await server[Symbol.asyncDispose]()
    }
  },
)
