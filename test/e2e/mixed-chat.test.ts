import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  korean,
  composeHangul,
  openMixedStage,
  sayOnPhone,
  type MixedStage,
} from '../support/mixed-chat-stage.ts'
import { chooseLast, click, control, KEY, onPosix, paste, upTo } from '../support/terminal-chat.ts'
import { act, goTo, messageIn, openPerson, reactionOn } from '../support/web-chat-steps.ts'
import { until } from '../support/web-monitor-plays.ts'

let all: MixedStage
before(async () => {
  all = await openMixedStage()
})
after(() => all[Symbol.asyncDispose]())

const name = (fact: string): string => `MIXED CHAT - ${fact}`

test(name('all are in one room, with the rank and the role of each'), onPosix, async () => {
  const { mina, haneul, jun, bora } = all
  await jun.until('4 here')
  await jun.until(/@mina +artist/)
  await jun.until(/하늘 +planner/)
  await jun.until(/jun +programmer/)
  const members = mina.page.getByRole('complementary', { name: 'Members' })
  await members.getByRole('button', { name: 'jun' }).getByText('Programmer').waitFor()
  await members.getByRole('button', { name: '하늘' }).getByText('Planner').waitFor()
  await members.getByRole('button', { name: 'bora' }).waitFor()
  await haneul.page
    .getByRole('button', { name: korean('members') })
    .first()
    .tap()
  const list = haneul.page.getByRole('complementary', { name: korean('members') })
  await list.getByRole('button', { name: 'mina' }).getByText(korean('artist')).waitFor()
  await list.getByRole('button', { name: korean('close') }).tap()
  bora.send('NAMES #lobby')
  await bora.until(/ 353 bora . #lobby :.*@mina/)
})

test(name('a topic is over every room'), onPosix, async () => {
  const { mina, haneul, jun, bora } = all
  await mina.say('/topic Reeds and 강')
  await jun.until(/ #lobby +Reeds and 강/)
  await bora.until(/:mina!\S+ TOPIC #lobby :Reeds and 강/)
  await haneul.page.getByText('Reeds and 강').first().waitFor()
})

test(name('who types is seen to, from every side'), onPosix, async () => {
  const { mina, haneul, jun } = all
  jun.type('hm')
  await mina.page.getByText(/jun\s+is typing/).waitFor()
  jun.type('\x7f\x7f')
  await mina.page.getByText(/jun\s+is typing/).waitFor({ state: 'detached' })
  await haneul.page.locator('[data-composer]').pressSequentially('음')
  await jun.until('하늘 is typing')
  await haneul.page.locator('[data-composer]').fill('')
})

test(
  name('Korean that is put together on the phone is one message everywhere'),
  onPosix,
  async () => {
    const { mina, haneul, keys, jun, bora } = all
    await haneul.page.locator('[data-composer]').focus()
    await composeHangul(keys, [
      ['ㄱ', '가', '갈'],
      ['ㄷ', '대', '댓'],
      ['ㅂ', '바', '밭'],
    ])
    assert.equal(await haneul.page.locator('[data-composer]').inputValue(), '갈댓밭')
    await haneul.page.getByRole('button', { name: korean('send') }).tap()
    await messageIn(mina.page, '갈댓밭').waitFor()
    await jun.until(/하늘.갈댓밭 /)
    await bora.until(/PRIVMSG #lobby :갈댓밭$/)
    const y = jun.rowOf('갈댓밭')
    const x = jun.columnOf('갈댓밭', y)
    assert.deepEqual(
      [0, 2, 4].map((at) => jun.cell(x + at, y).text),
      ['갈', '댓', '밭'],
    )
    jun.type('강가도 그려요\r')
    await messageIn(haneul.page, '강가도 그려요').waitFor()
    await bora.until(/:jun!\S+ PRIVMSG #lobby :강가도 그려요$/)
  },
)

test(name('what has several lines has them everywhere, and is one message'), onPosix, async () => {
  const { mina, haneul, jun, bora } = all
  await mina.say('First the river,\nthen the reeds')
  await jun.until(/mina.First the river,/)
  assert.match(jun.lines()[jun.rowOf('First the river,') + 1] ?? '', /│ +then the reeds/)
  await messageIn(haneul.page, 'First the river,').getByText('then the reeds').waitFor()
  await bora.until(/PRIVMSG #lobby :then the reeds/)
  paste(jun, 'const a = 1\nconst b = 2')
  await jun.until('Pasted 2 lines')
  jun.type('y')
  await messageIn(mina.page, 'const a = 1').getByText('const b = 2').waitFor()
  await bora.until(/PRIVMSG #lobby :const b = 2/)
})

test(
  name('an answer from the terminal quotes the phone, one from the page the terminal'),
  onPosix,
  async () => {
    const { mina, haneul, jun } = all
    await sayOnPhone(haneul.page, '누가 지도를 그려요?')
    await jun.until('누가 지도를 그려요?')
    await chooseLast(jun)
    jun.type('r')
    await jun.until('answering 하늘')
    jun.type('I do, tonight\r')
    const answer = mina.page.locator('[data-message]').filter({ hasText: 'I do, tonight' })
    await answer.getByRole('button', { name: /하늘.*누가 지도를 그려요/ }).waitFor()
    await act(mina.page, 'I do, tonight', 'Reply')
    await mina.say('Thank you')
    await jun.until(/╭ jun: I do, tonight/)
    await jun.until('Thank you')
  },
)

test(name('reactions of all are counted together, and taken back'), onPosix, async () => {
  const { mina, haneul, jun, bora } = all
  await act(mina.page, 'I do, tonight', 'React')
  await mina.page.getByLabel('Find an emoji').fill('tada')
  await mina.page.keyboard.press('Enter')
  await jun.until(/🎉 +1/)
  await reactionOn(haneul.page, 'I do, tonight', '🎉').tap()
  await jun.until(/🎉 +2/)
  await bora.until(/TAGMSG #lobby/)
  click(jun, 'I do, tonight')
  await jun.until('r answer')
  jun.type('+')
  await jun.until('React')
  jun.type('tada\r')
  await reactionOn(mina.page, 'I do, tonight', '🎉').getByText('3').waitFor()
  await reactionOn(haneul.page, 'I do, tonight', '🎉').tap()
  await jun.until(/🎉 +2/)
})

test(name('what is said anew and what is taken back is so everywhere'), onPosix, async () => {
  const { mina, haneul, jun, bora } = all
  jun.type('Tomorow at nine\r')
  await messageIn(mina.page, 'Tomorow at nine').waitFor()
  // Said, and no more being sent: only that can be edited.
  await jun.until(/Tomorow at nine +│/)
  await chooseLast(jun)
  jun.type('e')
  await jun.until('saying a message anew')
  jun.type(`${control('u')}Tomorrow at nine\r`)
  const said = mina.page.locator('[data-message]').filter({ hasText: 'Tomorrow at nine' })
  await said.getByText('(edited)').waitFor()
  await messageIn(haneul.page, 'Tomorrow at nine').waitFor()
  assert.equal(await messageIn(haneul.page, 'Tomorow').count(), 0)
  await bora.until(/ REDACT #lobby /)
  await mina.say('A secret, by mistake')
  await jun.until('A secret, by mistake')
  await act(mina.page, 'A secret, by mistake', 'More')
  await mina.page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
  await mina.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await jun.until('removed by mina')
  await jun.until(() => jun.rowOf('A secret') < 0)
  await haneul.page.getByText(korean('redactedByAuthor'), { exact: true }).waitFor()
})

test(name('whoever is called elsewhere finds it, counted until it is read'), onPosix, async () => {
  const { mina, haneul, jun } = all
  jun.type('/join #art\r')
  await jun.until(/^.*│ #art/)
  await mina.say('/join #art')
  await mina.page.getByRole('heading', { level: 1, name: '#art' }).waitFor()
  await sayOnPhone(haneul.page, 'jun, mina: 여기 봐 주세요')
  await jun.until(/#lobby +@1/)
  jun.type('\x1bOQ')
  await jun.until(/하늘 +jun, mina: 여기 봐 주세요/)
  jun.type('\r')
  await jun.until(/^.*│ #lobby/)
  await jun.until(() => jun.rowOf(/#lobby +@1/) < 0)
  jun.type(KEY.escape)
  await mina.page.getByRole('link', { name: /lobby/ }).getByText('for you').waitFor()
  await mina.page.getByRole('button', { name: /^Mentions/ }).click()
  await mina.page
    .getByRole('complementary', { name: 'Mentions' })
    .getByRole('button', { name: /여기 봐 주세요/ })
    .click()
  await mina.page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
  await until(async () => (await mina.page.title()) === '#lobby · Maru')
})

test(name('what one client said the search of the others finds'), onPosix, async () => {
  const { mina, jun, bora } = all
  bora.send('PRIVMSG #lobby :celadon is our green')
  await jun.until('celadon is our green')
  jun.type(control('f'))
  await jun.until('Search')
  jun.type('celadon from:bora')
  // A message can be found about a second after it was said.
  await until(async () => {
    jun.type('x\x7f\r')
    await jun.until(/#lobby +bora +celadon is our green|nothing found/)
    return jun.rowOf(/#lobby +bora +celadon/) >= 0
  })
  jun.type('\r')
  await jun.until('r answer')
  jun.type(KEY.escape)
  await mina.page.keyboard.press('Control+Shift+F')
  const panel = mina.page.getByRole('complementary', { name: 'Search' })
  await panel.getByLabel('Words, from:name, in:#room').fill('celadon from:bora')
  await mina.page.keyboard.press('Enter')
  await panel.getByRole('button', { name: /celadon is our green/ }).click()
  await mina.page.locator('.is-highlit').filter({ hasText: 'celadon' }).waitFor()
  await mina.page.keyboard.press('Escape')
})

test(
  name('two talk alone, with whatever client; who is away and what one is at is seen there'),
  onPosix,
  async () => {
    const { mina, jun, bora } = all
    await mina.say('/status painting the reeds')
    jun.type('/query mina\r')
    await jun.until(/^.*│ mina +artist · painting the reeds/)
    jun.type('Between us\r')
    await mina.page.getByRole('link', { name: /jun/ }).click()
    await messageIn(mina.page, 'Between us').waitFor()
    await mina.say('/away at lunch')
    await jun.until(/^.*│ mina +artist · away: at lunch · painting/)
    await mina.say('Yes?')
    await jun.until(/mina▌?.Yes\?/)
    await mina.say('/back')
    bora.send('PRIVMSG jun :a word, please')
    await jun.until(/● bora +@?1/)
    jun.type('/away thinking\r')
    await jun.until(/ ● online .*away/)
    bora.send('PRIVMSG jun :?')
    await bora.until(/ 301 bora jun :?thinking/)
    jun.type('/back\r')
    jun.type(control('k'))
    await jun.until('Go to')
    jun.type('lobby\r')
    await jun.until(/^.*│ #lobby/)
    await goTo(mina.page, '#lobby')
  },
)

test(
  name('into a room for invited people comes who is invited, from the terminal to the phone'),
  onPosix,
  async () => {
    const { haneul, jun, bora } = all
    jun.type('/join #den\r')
    await jun.until(/^.*│ #den/)
    jun.type('/mode +i\r')
    await jun.until('jun set +i')
    bora.send('JOIN #den')
    await bora.until(/ 473 bora #den /)
    jun.type('/invite bora\r')
    await bora.until(/:jun!\S+ INVITE bora :?#den/)
    bora.send('JOIN #den')
    await jun.until('bora came in')
    jun.type('/invite 하늘\r')
    await haneul.page.getByText(/#den/).first().waitFor()
    await sayOnPhone(haneul.page, '/join #den')
    await haneul.page.getByRole('heading', { level: 1, name: '#den' }).waitFor()
    await jun.until('하늘 came in')
    await sayOnPhone(haneul.page, '/part')
    await jun.until('하늘 left')
    jun.type('\x1b2')
    jun.type(control('k'))
    await jun.until('Go to')
    jun.type('lobby\r')
    await jun.until(/^.*│ #lobby/)
  },
)

test(
  name('who leads the room mutes, removes, puts out and keeps out, and says why'),
  onPosix,
  async () => {
    const { mina, jun, bora } = all
    bora.send('PRIVMSG #lobby :BUY MY REEDS')
    await messageIn(mina.page, 'BUY MY REEDS').waitFor()
    await act(mina.page, 'BUY MY REEDS', 'More')
    await mina.page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
    const dialog = mina.page.getByRole('dialog')
    await dialog.getByLabel(/^Reason/).fill('no trade here')
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await jun.until('removed by mina: no trade here')
    await bora.until(/:mina!\S+ REDACT #lobby \S+ :no trade here/)
    await mina.say('/mute bora')
    await bora.until(/ MODE #lobby \+b /)
    bora.send('PRIVMSG #lobby :still here')
    await bora.until(/ 404 bora #lobby /)
    await mina.say('/unmute bora')
    await bora.until(/ MODE #lobby -b /)
    await mina.say('/kick bora once more')
    await bora.until(/:mina!\S+ KICK #lobby bora :once more/)
    await jun.until('mina removed bora: once more')
    bora.send('JOIN #lobby')
    await jun.until(/bora came in/)
    const profile = await openPerson(mina.page, 'bora')
    await profile.getByRole('button', { name: 'Ban', exact: true }).click()
    await mina.page.getByRole('dialog').getByLabel('Reason').fill('enough')
    await mina.page.getByRole('dialog').getByRole('button', { name: 'Ban', exact: true }).click()
    await bora.until(/:mina!\S+ KICK #lobby bora :enough/)
    await jun.until('mina removed bora: enough')
    bora.send('JOIN #lobby')
    await bora.until(/ 474 bora #lobby /)
    // One by one, until the list of the room is empty.
    await mina.page.getByRole('button', { name: 'About this room' }).click()
    const undo = mina.page
      .getByRole('dialog', { name: '#lobby' })
      .getByRole('button', { name: /^Undo/ })
    await undo.first().waitFor()
    await undo.first().click()
    await until(async () => (await undo.count()) === 0)
    await mina.page.keyboard.press('Escape')
    bora.send('JOIN #lobby')
    await bora.until(/:bora!\S+ JOIN #lobby/)
    // The terminal has no such right, and says so.
    jun.type('/kick mina for fun\r')
    await jun.until(/✗ /)
  },
)

test(
  name('what was said long ago comes as one scrolls, on the page and in the terminal'),
  onPosix,
  async () => {
    const { stage, mina, jun } = all
    const count = 260
    const talker = await stage.connect('talker', '#art')
    for (const i of upTo(count)) talker.send(`PRIVMSG #art :line <${i}>`)
    await talker.settled()
    const late = await stage.enter('late')
    await late.say('/join #art')
    await late.page.getByText(`line <${count}>`, { exact: true }).waitFor()
    await late.page.locator('.timeline').hover()
    const first = late.page.getByText('line <1>', { exact: true })
    await until(async () => {
      await late.page.mouse.wheel(0, -4000)
      return (await first.count()) > 0
    })
    await late.close()
    jun.type('/join #art\r')
    await jun.until(`<${count}>`)
    await jun.until(() => {
      jun.type(KEY.pageUp)
      return jun.rowOf('line <1>') >= 0
    })
    assert.deepEqual([...mina.wrong, ...all.haneul.wrong], [])
  },
)
