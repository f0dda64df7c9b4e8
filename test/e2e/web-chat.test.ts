import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import {
  openWebChatStage,
  say,
  type Visitor,
  type WebChatStage,
} from '../support/web-chat-stage.ts'
import {
  act,
  goTo,
  messageIn,
  moderate,
  openPerson,
  reactionOn,
  tryNow,
} from '../support/web-chat-steps.ts'
import { until } from '../support/web-monitor-plays.ts'

let stage: WebChatStage
let mina: Visitor
let june: Visitor
before(async () => {
  stage = await openWebChatStage()
})
after(() => stage[Symbol.asyncDispose]())

const name = (fact: string): string => `WEB CHAT - ${fact}`

test(name('a name, a role, and one is in the landing room and can talk'), async () => {
  mina = await stage.enter('mina', { role: 'Artist' })
  june = await stage.enter('june', { role: 'sound designer' })
  await mina.say('Hello, everybody')
  await messageIn(june.page, 'Hello, everybody').waitFor()
  await june.say('Hello, mina')
  await messageIn(mina.page, 'Hello, mina').waitFor()
  const group = june.page.locator('[data-message]').filter({ hasText: 'Hello, everybody' })
  await group.getByText('Artist').waitFor()
  const members = mina.page.getByRole('complementary', { name: 'Members' })
  await members.getByRole('button', { name: 'june' }).getByText('sound designer').waitFor()
})

test(name('a name that somebody has is asked for again, in words'), async () => {
  const { page, close, wrong } = await stage.visit()
  await page.getByLabel('Your name').fill('mina')
  await page.getByRole('button', { name: 'Come in' }).click()
  await page.getByRole('alert').getByText('Somebody has this name already').waitFor()
  await page.getByLabel('Your name').fill('nari')
  await page.getByRole('button', { name: 'Come in' }).click()
  await page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
  assert.deepEqual(wrong, [])
  await close()
})

test(name('who types is seen to, until it is said'), async () => {
  const composer = mina.page.locator('[data-composer]')
  await composer.pressSequentially('h')
  // It isn't told within three seconds of the last time: who types goes on.
  await until(async () => {
    await composer.press('m')
    return june.page.getByText(/mina\s+is typing/).isVisible()
  })
  await mina.say('hm, let me see')
  await messageIn(june.page, 'hm, let me see').waitFor()
  await june.page.getByText(/mina\s+is typing/).waitFor({ state: 'detached' })
})

test(name('an answer quotes what it answers, and leads there'), async () => {
  await act(june.page, 'Hello, everybody', 'Reply')
  await june.page.getByText('Reply to mina').waitFor()
  await june.say('Good to see you')
  const answer = mina.page.locator('[data-message]').filter({ hasText: 'Good to see you' })
  await answer.getByRole('button', { name: /mina.*Hello, everybody/ }).click()
  await mina.page.locator('.is-highlit').filter({ hasText: 'Hello, everybody' }).waitFor()
})

test(name('a reaction is counted, joined by another, and taken back'), async () => {
  await act(mina.page, 'Hello, mina', 'React')
  await mina.page.getByLabel('Find an emoji').fill('tada')
  await mina.page.keyboard.press('Enter')
  const seen = reactionOn(june.page, 'Hello, mina', '🎉')
  await seen.getByText('1').waitFor()
  await seen.click()
  await reactionOn(mina.page, 'Hello, mina', '🎉').getByText('2').waitFor()
  await seen.click()
  await reactionOn(mina.page, 'Hello, mina', '🎉').getByText('1').waitFor()
})

test(name('an edit says anew what is deleted, and shows both'), async () => {
  await mina.say('Tomorow at seven')
  await act(mina.page, 'Tomorow at seven', 'Edit')
  await mina.page.getByText('The old message is deleted and said anew').waitFor()
  await mina.say('Tomorrow at seven')
  const said = june.page.locator('[data-message]').filter({ hasText: 'Tomorrow at seven' })
  await said.getByRole('button', { name: '(edited)' }).waitFor()
  await june.page.getByText('Deleted by its author, and said anew.').waitFor()
  assert.equal(await messageIn(june.page, 'Tomorow').count(), 0)
})

test(name('a message is deleted after asking, and that it was is shown'), async () => {
  await june.say('A secret, by mistake')
  await act(june.page, 'A secret, by mistake', 'More')
  await june.page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
  const dialog = june.page.getByRole('dialog', { name: 'Delete this message?' })
  await dialog.getByText('A secret, by mistake').waitFor()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await mina.page.getByText('Deleted by its author', { exact: true }).waitFor()
  assert.equal(await messageIn(mina.page, 'A secret').count(), 0)
})

test(name('lines, code and links are what they are; a long paste asks first'), async () => {
  const field = june.page.locator('[data-composer]')
  await field.fill('See `main.ts`:\n```ts\nconst a = 1\n\tindented\n```\nhttps://example.org/a?b=c')
  await field.press('Enter')
  await mina.page.locator('.code-text').getByText('const a = 1').waitFor()
  const link = mina.page.getByRole('link', { name: 'https://example.org/a?b=c' })
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer nofollow')
  await field.fill(Array.from({ length: 130 }, (_, line) => `line ${line}`).join('\n'))
  await field.press('Enter')
  await june.page.getByRole('button', { name: 'Send as 2 messages' }).click()
  await until(async () => (await field.inputValue()) === '')
  await mina.page.getByText('line 129').waitFor()
})

test(name('whoever is named finds it in the title, on the list and in the inbox'), async () => {
  await mina.say('/join #art')
  await mina.page.getByRole('heading', { level: 1, name: '#art' }).waitFor()
  await june.say('mina: are you there?')
  await until(async () => (await mina.page.title()).startsWith('(1) #art'))
  const room = mina.page.getByRole('link', { name: /lobby/ })
  await room.getByText('for you').waitFor()
  await mina.page.getByRole('button', { name: /^Mentions/ }).click()
  const inbox = mina.page.getByRole('complementary', { name: 'Mentions' })
  await inbox.getByRole('button', { name: /are you there/ }).click()
  await mina.page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
  await mina.page.locator('.is-highlit').filter({ hasText: 'are you there?' }).waitFor()
  await until(async () => (await mina.page.title()) === '#lobby · Maru')
})

test(name('two talk alone, begun from a profile'), async () => {
  const profile = await openPerson(mina.page, 'june')
  await profile.getByRole('button', { name: 'Write' }).click()
  await mina.page.getByRole('heading', { level: 1, name: 'june' }).waitFor()
  await mina.say('Between us')
  const entry = june.page.getByRole('link', { name: /^.*mina/ })
  await entry.getByText('for you').waitFor()
  await entry.click()
  await messageIn(june.page, 'Between us').waitFor()
  await june.say('Yes?')
  await messageIn(mina.page, 'Yes?').waitFor()
})

test(name('a room is made, gets a topic, and is found in the list of all'), async () => {
  await mina.page.keyboard.press('Control+Shift+L')
  await mina.page.getByRole('button', { name: 'New room' }).click()
  const dialog = mina.page.getByRole('dialog', { name: 'New room' })
  await dialog.getByLabel('Name', { exact: true }).fill('palette week')
  await dialog.getByLabel('Topic (optional)').fill('Which green is ours?')
  await dialog.getByRole('button', { name: 'New room' }).click()
  await mina.page.getByRole('heading', { level: 1, name: '#palette-week' }).waitFor()
  await mina.page.getByText('Which green is ours?').first().waitFor()
  await june.page.keyboard.press('Control+Shift+L')
  const listed = june.page.getByRole('listitem').filter({ hasText: '#palette-week' })
  await listed.getByText('Which green is ours?').waitFor()
  await listed.getByRole('button', { name: 'Join' }).click()
  await june.page.getByRole('heading', { level: 1, name: '#palette-week' }).waitFor()
})

test(name('a few letters lead to any room'), async () => {
  await june.page.keyboard.press('Control+k')
  await june.page.getByRole('combobox').fill('lob')
  await june.page.keyboard.press('Enter')
  await june.page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
  await june.page.keyboard.press('Alt+ArrowDown')
  await june.page.getByRole('heading', { level: 1, name: '#palette-week' }).waitFor()
})

test(name('commands, people, rooms and emoji are completed'), async () => {
  const field = mina.page.locator('[data-composer]')
  const list = mina.page.getByRole('listbox', { name: 'Suggestions' })
  await field.pressSequentially('/top')
  await list.getByRole('option', { name: /\/topic/ }).waitFor()
  await field.press('Tab')
  assert.equal(await field.inputValue(), '/topic ')
  await field.fill('')
  await field.pressSequentially('@ju')
  await list.getByRole('option', { name: 'june' }).waitFor()
  await field.press('Enter')
  assert.equal(await field.inputValue(), '@june ')
  await field.fill('')
  await field.pressSequentially('in #pal')
  await field.press('Tab')
  assert.equal(await field.inputValue(), 'in #palette-week ')
  await field.fill('')
  await field.pressSequentially('well :rock')
  await list.getByRole('option', { name: /rocket/ }).click()
  assert.equal(await field.inputValue(), 'well 🚀')
  await field.fill('')
  await field.pressSequentially('/nosuchthing')
  await field.press('Enter')
  await mina.page.getByText('There is no such command.').waitFor()
})

test(name('a search finds, filters, and jumps into the context'), async () => {
  await say(june.page, 'celadon is our green')
  await messageIn(mina.page, 'celadon is our green').waitFor()
  await goTo(mina.page, '#lobby')
  await mina.page.keyboard.press('Control+Shift+F')
  const panel = mina.page.getByRole('complementary', { name: 'Search' })
  const words = panel.getByLabel('Words, from:name, in:#room')
  // A message can be found about a second after it was said.
  await until(async () => {
    await words.fill('celadon from:june')
    await words.press('Enter')
    await panel
      .getByText(/found|Nothing/)
      .first()
      .waitFor()
    return (await panel.getByRole('button', { name: /celadon is our/ }).count()) > 0
  })
  await panel.getByRole('button', { name: /celadon is our green/ }).click()
  await mina.page.getByRole('heading', { level: 1, name: '#palette-week' }).waitFor()
  await mina.page.locator('.is-highlit').filter({ hasText: 'celadon' }).waitFor()
  await words.fill('in:#lobby celadon')
  await words.press('Enter')
  await panel.getByText('Nothing found').waitFor()
})

test(
  name('who leads a room mutes, gives a rank, puts out and keeps out, with a reason'),
  async () => {
    await goTo(mina.page, '#palette-week')
    await goTo(june.page, '#palette-week')
    await mina.page.keyboard.press('Control+Shift+U')
    await moderate(mina.page, 'Mute', { whom: 'june', reason: 'Let others speak' })
    await june.page.getByText('june can’t speak here any more: Let others speak').waitFor()
    await say(june.page, 'can you hear me?')
    await june.page.getByText('Not sent.').waitFor()
    await june.page.getByRole('button', { name: 'Discard' }).click()
    const profile = await openPerson(mina.page, 'june')
    await profile.getByRole('button', { name: 'Give voice' }).click()
    await profile.getByRole('button', { name: 'Take voice' }).waitFor()
    await mina.page.keyboard.press('Escape')
    await moderate(mina.page, 'Ban', { whom: 'june', reason: 'Enough for today' })
    await june.page.getByText('You were removed from this room.').waitFor()
    await june.page.getByText('Enough for today').first().waitFor()
    await june.page.getByRole('button', { name: 'Join again' }).click()
    await june.page.getByText('You are banned from this room.').waitFor()
    await mina.page.getByRole('button', { name: 'About this room' }).click()
    const room = mina.page.getByRole('dialog', { name: '#palette-week' })
    const undo = room.getByRole('button', { name: /^Undo/ })
    await undo.nth(1).waitFor()
    await undo.first().click()
    await until(async () => (await undo.count()) === 1)
    await undo.first().click()
    await room.getByText('Nobody is banned.').waitFor()
    await mina.page.keyboard.press('Escape')
    await june.page.getByRole('button', { name: 'Join again' }).click()
    await june.page.locator('[data-composer]').waitFor()
  },
)

test(name('a link to a message leads to it, in whichever browser'), async () => {
  const article = june.page.locator('[data-message]').filter({ hasText: 'celadon' }).first()
  await article.waitFor()
  const msgid = await article.getAttribute('data-msgid')
  await goTo(mina.page, '#lobby')
  const hash = `#/${encodeURIComponent('#palette-week')}/message/${msgid}`
  await mina.page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
  await mina.page.locator('.is-highlit').filter({ hasText: 'celadon' }).waitFor()
})

test(name('what is said of oneself is seen by others at once'), async () => {
  await mina.page.getByRole('button', { name: /^You:/ }).click()
  const dialog = mina.page.getByRole('dialog', { name: 'You' })
  await dialog.getByLabel('Display name').fill('Mina Kim')
  await dialog.getByLabel('Status').fill('painting')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const members = june.page.getByRole('complementary', { name: 'Members' })
  await members.getByRole('button', { name: 'Mina Kim' }).getByText('painting').waitFor()
})

test(
  name('while the server is away that is said, and what is written then is sent once it is back'),
  async () => {
    await goTo(mina.page, '#lobby')
    await goTo(june.page, '#lobby')
    await mina.say('To be changed')
    await messageIn(june.page, 'To be changed').waitFor()
    await june.whileAway(() =>
      mina.whileAway(async () => {
        await stage.stop()
        await mina.page.getByText(/The server (?:does not answer|ended the connection)/).waitFor()
        await mina.say('written while it was away')
        await mina.page.getByText('Waits for the connection').waitFor()
        await editInVain(mina.page)
        await stage.start()
        await tryNow(mina.page)
        await mina.page.getByText('Waits for the connection').waitFor({ state: 'detached' })
        const retry = june.page.getByRole('button', { name: 'Try now' })
        await retry.click({ timeout: 3000 }).catch(() => undefined)
        await messageIn(june.page, 'written while it was away').waitFor()
      }),
    )
    assert.equal(await messageIn(june.page, 'written while it was away').count(), 1)
  },
)

/** It stays in the field: an edit can't wait, since the old text may be gone by then. */
async function editInVain(page: Page): Promise<void> {
  const composer = page.locator('[data-composer]')
  await act(page, 'To be changed', 'Edit')
  await composer.fill('Changed')
  await composer.press('Enter')
  await page.getByText('There is no connection.').waitFor()
  assert.equal(await composer.inputValue(), 'Changed')
  await composer.press('Escape')
}

test(name('a page that is loaded again is where it was, with its draft'), async () => {
  await mina.page.locator('[data-composer]').pressSequentially('half a thou')
  // It is kept a moment later.
  await mina.page.waitForTimeout(1500)
  await mina.page.reload()
  await mina.page.getByRole('heading', { level: 1, name: '#lobby' }).waitFor()
  await until(
    async () => (await mina.page.locator('[data-composer]').inputValue()) === 'half a thou',
  )
})

test(name('nothing went wrong in the browsers, and their policy had nothing to forbid'), () => {
  assert.deepEqual([...mina.wrong, ...june.wrong], [])
})
