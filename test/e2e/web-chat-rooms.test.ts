import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { Client } from '../support/client.ts'
import {
  openWebChatStage,
  say,
  type Visitor,
  type WebChatStage,
} from '../support/web-chat-stage.ts'
import { goTo, openPerson } from '../support/web-chat-steps.ts'
import { until } from '../support/web-monitor-plays.ts'

const LANDING = '#마당'

let stage: WebChatStage
let mina: Visitor
let june: Visitor
let talker: Client
before(async () => {
  stage = await openWebChatStage({
    keys: `landing_room = "${LANDING}"`,
    config: '[limits]\npreset = "off"',
  })
  talker = await stage.connect('talker', LANDING)
  mina = await stage.enter('mina', { room: LANDING })
  june = await stage.enter('june', { room: LANDING })
})
after(() => stage[Symbol.asyncDispose]())

const name = (fact: string): string => `WEB CHAT - ${fact}`

test(
  name(
    'the way in names the network, stands in its first field, and leads to the room that the operator chose',
  ),
  async () => {
    const { page, wrong, close } = await stage.visit()
    await page.getByRole('heading', { name: 'Welcome to Maru' }).waitFor()
    await page.keyboard.type('nari')
    assert.equal(await page.getByLabel('Your name').inputValue(), 'nari')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: LANDING }).waitFor()
    assert.deepEqual(wrong, [])
    await close()
  },
)

test(name('what is typed goes into the field, wherever the focus is'), async () => {
  const { page } = mina
  const field = page.locator('[data-composer]')
  await page.keyboard.type('at once')
  assert.equal(await field.inputValue(), 'at once')
  await field.fill('')
  await page.getByRole('button', { name: 'Search' }).first().focus()
  await page.keyboard.type('from a button')
  assert.equal(await field.inputValue(), 'from a button')
  await field.fill('')
  await say(page, '/join #quick')
  await page.getByRole('heading', { level: 1, name: '#quick' }).waitFor()
  await page.keyboard.type('all of it')
  assert.equal(await field.inputValue(), 'all of it')
  await field.fill('')
})

test(
  name('while somebody chooses what to do with a message, what is said moves nothing'),
  async () => {
    const { page } = mina
    await goTo(page, LANDING)
    talker.send(...Array.from({ length: 40 }, (_, n) => `PRIVMSG ${LANDING} :line ${n}`))
    talker.send(`PRIVMSG ${LANDING} :the one that is meant`)
    await talker.settled()
    const meant = page.locator('[data-message]').filter({ hasText: 'the one that is meant' })
    await meant.hover()
    await meant.getByRole('button', { name: 'More' }).click()
    const item = page.getByRole('menuitem', { name: 'Copy text' })
    await item.waitFor()
    const place = await meant.boundingBox()
    for (let n = 0; n < 60; n += 20) {
      talker.send(...Array.from({ length: 20 }, (_, i) => `PRIVMSG ${LANDING} :later ${n + i}`))
      await talker.settled()
    }
    await page.getByRole('button', { name: '60 new' }).waitFor()
    assert.deepEqual(await meant.boundingBox(), place)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await item.click()
    await page.getByText('Copied', { exact: true }).waitFor()
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), 'the one that is meant')
    await page.mouse.move(2, 2)
    await page.getByText('later 59', { exact: true }).waitFor()
  },
)

test(name('a menu is led through by the keys, and gives the focus back'), async () => {
  const { page } = mina
  await page.locator('[data-composer]').press('ArrowUp')
  await until(() => page.evaluate(`document.activeElement.matches('[data-message]')`))
  await page.keyboard.press('Tab')
  await page.locator('[data-message]:focus-within').getByRole('button', { name: 'More' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  assert.match(await focused(page), /Profile/)
  await page.keyboard.press('ArrowDown')
  assert.match(await focused(page), /Reply/)
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  assert.match(await focused(page), /More/)
})

test(name('the rules of a room are changed, and its sign and its members follow'), async () => {
  await make(mina.page, '#studio')
  await say(june.page, '/join #studio')
  await june.page.getByRole('heading', { level: 1, name: '#studio' }).waitFor()
  await june.page.locator('[data-composer]').waitFor()
  const rules = await openRoom(mina.page, '#studio')
  await rules.getByLabel('Only people with voice speak').check()
  await june.page.getByText(/mina\s+set the rule: Only people with voice speak/).waitFor()
  await say(june.page, 'may I?')
  await june.page.getByText('Not sent.').waitFor()
  await june.page.getByRole('button', { name: 'Discard' }).click()
  await rules.getByLabel('Only people with voice speak').uncheck()
  await june.page.getByText(/mina\s+lifted the rule: Only people with voice speak/).waitFor()
  await leave(mina.page, rules)
  const theirs = await openRoom(june.page, '#studio')
  assert.equal(await theirs.getByText('Rules').count(), 0)
  await leave(june.page, theirs)
})

test(name('who comes in knows the key, and no more than so many do'), async () => {
  await make(mina.page, '#vault')
  await say(june.page, '/join #vault')
  await june.page.getByRole('heading', { level: 1, name: '#vault' }).waitFor()
  await say(june.page, '/part')
  await june.page.getByText('You left this room.').waitFor()
  const rules = await openRoom(mina.page, '#vault')
  const key = rules.getByLabel('Key', { exact: true })
  const limit = rules.getByLabel('People at most')
  const save = rules.getByRole('button', { name: 'Save', exact: true })
  await key.fill('tide')
  await limit.fill('1')
  await save.click()
  await mina.page
    .getByText(/mina\s+set a key for the room\s+· mina\s+set the limit of the room to 1/)
    .waitFor()
  const ada = await stage.connect('ada')
  ada.send('JOIN #vault')
  await ada.until(/ 475 ada #vault /)
  ada.send('JOIN #vault tide')
  await ada.until(/ 471 ada #vault /)
  await limit.fill('')
  await save.click()
  await mina.page.getByText(/mina\s+lifted the limit of the room/).waitFor()
  await june.page.getByRole('button', { name: 'Join again' }).click()
  await june.page
    .getByText(/This room has a key/)
    .first()
    .waitFor()
  await june.page.getByLabel('Key', { exact: true }).fill('tide')
  await june.page.getByRole('button', { name: 'Join again' }).click()
  await june.page.locator('[data-composer]').waitFor()
  assert.deepEqual([await key.inputValue(), await limit.inputValue()], ['tide', ''])
  await key.fill('')
  await save.click()
  await june.page.getByText(/mina\s+took the key of the room away/).waitFor()
  await leave(mina.page, rules)
  for (const { page } of [mina, june]) await goTo(page, '#studio')
})

test(name('who is removed is told by whom and why, and comes back'), async () => {
  await openPerson(mina.page, 'june')
  await mina.page.getByRole('button', { name: 'Remove', exact: true }).click()
  const dialog = mina.page.getByRole('dialog', { name: 'Remove june from #studio' })
  await dialog.getByLabel('Reason').fill('the door was open')
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await june.page.getByText('By mina: the door was open').waitFor()
  await mina.page.getByText('Remove: june').waitFor()
  await june.page.getByRole('button', { name: 'Join again' }).click()
  await june.page.locator('[data-composer]').waitFor()
  await say(mina.page, '/kick june once more')
  await june.page.getByText('By mina: once more').waitFor()
})

test(name('who is not let in asks, and is let in by whoever leads the room'), async () => {
  const rules = await openRoom(mina.page, '#studio')
  await rules.getByLabel('Only invited people come in').check()
  await mina.page.getByText(/mina\s+set the rule: Only invited people come in/).waitFor()
  await leave(mina.page, rules)
  await june.page.getByRole('button', { name: 'Join again' }).click()
  await june.page.getByText('This room is for invited people.').waitFor()
  await june.page.getByRole('button', { name: 'Ask to be let in' }).click()
  await june.page.getByText('You have asked.').waitFor()
  await mina.page.getByText('june asks to be let into #studio').waitFor()
  await mina.page.getByRole('status').getByRole('button', { name: 'Invite' }).click()
  await june.page.getByText('mina invites you to #studio').waitFor()
  await june.page.getByRole('button', { name: 'Join', exact: true }).click()
  await june.page.locator('[data-composer]').waitFor()
})

test(name('somebody is invited from the room'), async () => {
  const { page, wrong, close } = await stage.enter('dana', { room: LANDING })
  const room = await openRoom(mina.page, '#studio')
  await room.getByRole('button', { name: 'Invite' }).click()
  const dialog = mina.page.getByRole('dialog', { name: 'Invite to #studio' })
  await dialog.getByLabel('Whose name').fill('dana')
  await dialog.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '#studio' }).waitFor()
  assert.deepEqual(wrong, [])
  await close()
})

test(name('who leads a room deletes what somebody said there, and has to say why'), async () => {
  await goTo(june.page, '#studio')
  await say(june.page, 'buy my paint')
  const message = mina.page.locator('[data-message]').filter({ hasText: 'buy my paint' })
  await message.hover()
  await message.getByRole('button', { name: 'More' }).click()
  await mina.page.getByRole('menuitem', { name: 'Delete' }).click()
  const dialog = mina.page.getByRole('dialog', { name: 'Delete this message?' })
  await dialog.getByRole('button', { name: 'Delete' }).click()
  assert.ok(await dialog.isVisible())
  await dialog.getByLabel('Reason').fill('no selling here')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await june.page.getByText(/Deleted by\s+mina\s+– no selling here/).waitFor()
})

test(name('what a service answers gathers in a panel, and is announced in one line'), async () => {
  const { page } = mina
  await say(page, '/ns help')
  await page.getByText(/NickServ answered in \d+ lines/).waitFor()
  await page.getByRole('status').getByRole('button', { name: 'Show' }).click()
  const panel = page.getByRole('complementary', { name: 'Server' })
  await panel.getByText('APPPASSWORD - Passwords').waitFor()
  await panel.getByRole('heading', { name: 'Message of the day' }).waitFor()
  await say(page, '/time')
  await panel
    .getByText(/2\d{3}/)
    .last()
    .waitFor()
  await panel.getByRole('button', { name: 'Close' }).click()
})

test(name('a room is left, and is gone from the list'), async () => {
  const room = await openRoom(june.page, '#studio')
  await room.getByRole('button', { name: 'Leave' }).click()
  const dialog = june.page.getByRole('dialog', { name: 'Leave #studio?' })
  await dialog.getByRole('button', { name: 'Leave' }).click()
  const entry = june.page.getByRole('navigation').getByRole('link', { name: /studio/ })
  await entry.waitFor({ state: 'detached' })
  await mina.page.getByText(/june\s+left/).waitFor()
})

test(name('nothing went wrong in the browsers of the rooms'), () => {
  assert.deepEqual([...mina.wrong, ...june.wrong], [])
})

async function make(page: Page, room: string): Promise<void> {
  await say(page, `/join ${room}`)
  await page.getByRole('heading', { level: 1, name: room }).waitFor()
  await page.getByText('Founders').or(page.getByText('Operators')).first().waitFor()
}

async function openRoom(page: Page, room: string): Promise<Locator> {
  await goTo(page, room)
  await page.getByRole('button', { name: 'About this room' }).click()
  const dialog = page.getByRole('dialog', { name: room })
  await dialog.waitFor()
  return dialog
}

async function leave(page: Page, dialog: Locator): Promise<void> {
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

function focused(page: Page): Promise<string> {
  return page.evaluate(
    `(document.activeElement.ariaLabel ?? '') + document.activeElement.textContent`,
  )
}
