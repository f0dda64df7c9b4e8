import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { CDPSession } from 'playwright-core'
import { openWebChatStage, type Visitor, type WebChatStage } from '../support/web-chat-stage.ts'
import { until } from '../support/web-monitor-plays.ts'

let stage: WebChatStage
let mina: Visitor
let keys: CDPSession
before(async () => {
  stage = await openWebChatStage()
  mina = await stage.enter('미나', { role: 'Planner' })
  keys = await mina.page.context().newCDPSession(mina.page)
})
after(() => stage[Symbol.asyncDispose]())

/** A syllable in the making, as an input method shows it. */
async function compose(...steps: readonly string[]): Promise<void> {
  for (const text of steps) {
    await keys.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  }
}

/** What the browser is told of a key while the input method has it. */
async function keyWithinComposition(code: string): Promise<void> {
  const key = { code, key: 'Process', windowsVirtualKeyCode: 229 }
  await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
  await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
}

test('WEB CHAT - Enter ends a syllable that is being put together, and sends nothing', async () => {
  const field = mina.page.locator('[data-composer]')
  const junho = await stage.connect('준호', '#lobby')
  await field.focus()
  await compose('ㅎ', '하', '한')
  await keyWithinComposition('Enter')
  assert.equal(await field.inputValue(), '한')
  await keys.send('Input.insertText', { text: '한' })
  await compose('ㄱ', '그', '글')
  await keys.send('Input.insertText', { text: '글' })
  assert.equal(await field.inputValue(), '한글')
  await field.press('Enter')
  await until(async () => (await field.inputValue()) === '')
  const said = (await junho.until(/ PRIVMSG #lobby /)).at(-1) ?? ''
  assert.match(said, / PRIVMSG #lobby :한글$/)
  assert.deepEqual(
    (await junho.settled()).filter((line) => line.includes('PRIVMSG')),
    [],
  )
})

test('WEB CHAT - a composition within a word that is completed chooses nothing from the list', async () => {
  const field = mina.page.locator('[data-composer]')
  await field.pressSequentially('@')
  await compose('ㅈ', '주', '준')
  await mina.page.getByRole('option', { name: '준호' }).waitFor()
  await keyWithinComposition('Enter')
  await keyWithinComposition('ArrowDown')
  await keys.send('Input.insertText', { text: '준' })
  assert.equal(await field.inputValue(), '@준')
  await field.press('Enter')
  assert.equal(await field.inputValue(), '@준호 ')
  await field.fill('')
})

test('WEB CHAT - a Korean name with a particle is a mention, and the search finds syllables', async () => {
  const junho = await stage.connect('하늘', '#lobby')
  junho.send('PRIVMSG #lobby :미나야 팔레트를 골라 줘')
  const message = mina.page.locator('.is-mention').filter({ hasText: '미나야' })
  await message.waitFor()
  await mina.page.keyboard.press('Control+Shift+F')
  const words = mina.page.getByLabel('Words, from:name, in:#room')
  const found = mina.page.getByRole('complementary').getByRole('button', { name: /팔레트를/ })
  await until(async () => {
    await words.fill('팔레')
    await words.press('Enter')
    await mina.page
      .getByText(/found$|Nothing found/)
      .first()
      .waitFor()
    return (await found.count()) > 0
  })
  assert.deepEqual(mina.wrong, [])
})
