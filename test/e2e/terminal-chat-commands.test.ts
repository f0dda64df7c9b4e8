import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import {
  click,
  comeIn,
  control,
  isIn,
  KEY,
  onPosix,
  openChat,
  startQuickServer,
} from '../support/terminal-chat.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-chat-commands-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test(
  'CHAT - commands do what they say; refusals are the words of the server, or ours',
  onPosix,
  async () => {
    await using server = await startQuickServer()
    const home = mkdtempSync(join(folder, 'home-'))
    const port = server.portOf('plain')
    await using minji = openChat({ port, nick: 'minji', home })
    await isIn(minji)
    minji.type('/topic Reeds and rivers\r')
    await minji.until(/ #lobby +Reeds and rivers/)
    minji.type('/me waves\r')
    await minji.until(/\* minji waves/)
    minji.type('//not a command\r')
    await minji.until(/minji \/not a command/)
    minji.type('/nosuch\r')
    await minji.until('there is no such command')
    minji.type(`/join #${'x'.repeat(100)}\r`)
    await minji.until(/✗ /)
    minji.type('/msg nobody hello?\r')
    await minji.until(/not sent: No such/)
    minji.type('/nick 민지\r')
    await minji.until(/@?민지 ›/)
    minji.type('/whois 민지\r')
    await minji.until('Who is 민지')
    await minji.until(/rooms +@?#lobby/)
    minji.type(KEY.escape)
    await minji.until(() => minji.rowOf('Who is') < 0)
    minji.type('/help kick\r')
    await minji.until('/kick <person> [reason]')
    minji.type(KEY.escape)
    minji.type('/language ko\r')
    await minji.until('F1 도움말')
    minji.type('/help\r')
    await minji.until('키와 명령')
    await minji.until('방에 들어갑니다')
    minji.type(KEY.escape)
    minji.type('/theme light\r')
    await minji.until('테마: light')
    minji.type('/quit 안녕\r')
    assert.equal((await minji.ended).exitCode, 0)
    // It looks as it was left.
    await using again = openChat({ port, nick: 'minji', home })
    await again.until('F1 도움말')
  },
)

test('CHAT - Tab completes people, rooms, commands and emoji', onPosix, async () => {
  await using server = await startQuickServer()
  const port = server.portOf('plain')
  const seoyeon = await comeIn(server, 'seoyeon', '#lobby')
  await comeIn(server, 'seojun', '#lobby')
  await using minji = openChat({ port, nick: 'minji' })
  await isIn(minji)
  await minji.until('seoyeon')
  minji.type('seo\t')
  await minji.until('› seojun: ')
  minji.type('\t')
  await minji.until('› seoyeon: ')
  minji.type('\x1b[Z')
  await minji.until('› seojun: ')
  minji.type('hi #lo\t')
  await minji.until('› seojun: hi #lobby ')
  minji.type(':tada\t')
  await minji.until(/› seojun: hi #lobby 🎉/)
  minji.type('\r')
  await seoyeon.until(/PRIVMSG #lobby :seojun: hi #lobby 🎉/)
  minji.type('/the\t')
  await minji.until('› /theme ')
  minji.type(control('u'))
  minji.type('/top\t')
  await minji.until('› /topic ')
})

test(
  'CHAT - one goes to rooms by name, by key and by mouse, finds what was said, and talks to one',
  onPosix,
  async () => {
    await using server = await startQuickServer()
    const port = server.portOf('plain')
    await using minji = openChat({ port, nick: 'minji' })
    await isIn(minji)
    await using jun = openChat({ port, nick: 'jun' })
    await isIn(jun)
    jun.type('the map is in the folder\r')
    await minji.until('the map is in the folder')
    minji.type(control('k'))
    await minji.until('Go to')
    minji.type('art\r')
    await minji.until(/^.*│ #art /)
    click(minji, '#lobby')
    await minji.until(/^.*│ #lobby /)
    minji.type('\x1b1')
    await minji.until(/^.*│ #art /)
    minji.type(control('f'))
    await minji.until('Search')
    minji.type('map from:jun\r')
    await minji.until(/#lobby +jun +the map is in the folder/)
    minji.type('\r')
    await minji.until(/^.*│ #lobby /)
    await minji.until('r answer')
    const y = minji.rowOf('the map is in the folder')
    assert.ok(minji.cell(minji.columnOf('the map', y), y).isInverse)
    minji.type(KEY.escape)
    minji.type(control('l'))
    await minji.until(/#art +1/)
    minji.type(KEY.escape)
    minji.type('/query jun\r')
    await minji.until(/Direct/)
    minji.type('한 가지만요\r')
    await jun.until(/● minji +@?1/)
    click(jun, '● minji')
    await jun.until(/minji▌?.한 가지만요/)
    // A click on a message chooses it; the wheel over a list moves in it.
    click(jun, '한 가지만요')
    await jun.until('r answer')
    jun.type('r네\r')
    await minji.until(/╭ minji: 한 가지만요/)
  },
)

test(
  'CHAT - what services and the server say to one alone is seen wherever one is, and is kept',
  onPosix,
  async () => {
    await using server = await startQuickServer()
    const port = server.portOf('plain')
    await using jun = openChat({ port, nick: 'jun' })
    await isIn(jun)
    await using minji = openChat({ port, nick: 'minji' })
    await isIn(minji)
    await minji.until('2 here')
    minji.type('/ns help\r')
    await minji.until(/✓ NickServ: /)
    await minji.until(/^ server \d/)
    minji.type('\x1b0')
    await minji.until(/\d\d:\d\d +NickServ: /)
    minji.type('\x1b1')
    await minji.until(/^ server +│/)
    jun.type('/invite minji\r')
    await jun.until(/✗ /)
    jun.type('/ban minji\r')
    jun.type('/bans\r')
    await jun.until('Kept out of this room')
    await jun.until(/@.* jun/)
    jun.type(KEY.escape)
    click(jun, 'minji  ')
    await jun.until(/│ minji/)
  },
)
