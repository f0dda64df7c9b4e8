import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Client } from '../support/client.ts'
import { chatPayloads } from '../support/web-chat-payloads.ts'
import { openWebChatStage, type WebChatStage } from '../support/web-chat-stage.ts'

const COUNT = 300
/** No element on the page but those that it makes. */
const STRANGE =
  'iframe, object, embed, base, video, audio, template, math, marquee, xss, style, body script, [onerror], [onload], [onfocus], [onmouseover], a[href^="javascript" i], a[href^="data" i], a[href^="vbscript" i], .frame svg animate, .timeline img, .panel img, .sidebar a[href^=http]'

let stage: WebChatStage
before(async () => {
  stage = await openWebChatStage({ config: '[limits]\npreset = "off"' })
})
after(() => stage[Symbol.asyncDispose]())

test('WEB CHAT - 300 texts that would like to run are text wherever strangers may write', async () => {
  const { page, wrong } = await stage.enter('mina')
  const payloads = chatPayloads(COUNT)
  assert.ok(new Set(payloads).size === COUNT)
  const host = await stage.connect('mallory', '#lobby')
  for (const [index, payload] of payloads.entries()) {
    await attack(host, wireText(payload), index)
    // A page that is flooded draws what it can: all of them are to be drawn.
    if (index % 25 === 24) await look(page)
  }
  await page.getByText(`end of ${COUNT}`).waitFor()
  await strangeNames(payloads)
  await look(page)
  await page.keyboard.press('Control+Shift+L')
  await page.getByRole('dialog').getByText('rooms').first().waitFor()
  await look(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Mentions/ }).click()
  await look(page)
  assert.deepEqual(wrong, [])
})

/** Message, notice, action, topic, role, status, display name, reaction, reply, leaving and its reason, by turns. */
async function attack(host: Client, text: string, index: number): Promise<void> {
  host.send(`PRIVMSG #lobby :mina ${text}`)
  switch (index % 6) {
    case 0:
      host.send(`METADATA * SET role :${text}`, `NOTICE #lobby :${text}`)
      break
    case 1:
      host.send(`METADATA * SET status :${text}`, `PRIVMSG #lobby :\u0001ACTION ${text}\u0001`)
      break
    case 2:
      host.send(`AWAY :${text}`, `SETNAME :${text}`)
      break
    case 3:
      host.send(`PART #lobby :${text}`, 'JOIN #lobby')
      break
    case 4:
      host.send(`@+draft/reply=${tagText(text)} PRIVMSG #lobby :to nothing`)
      break
    default:
      host.send(`@+draft/react=${tagText(text)};+draft/reply=x TAGMSG #lobby`)
  }
  if (index === COUNT - 1) host.send(`PRIVMSG #lobby :end of ${COUNT}`)
  await host.settled()
}

/** In names of rooms and people, as far as the server takes them. */
async function strangeNames(payloads: readonly string[]): Promise<void> {
  const other = await stage.connect('trudy', '#lobby')
  for (const payload of payloads) {
    const word = wireText(payload).replaceAll(/[\s,:]/g, '')
    other.send(`NICK ${word.slice(0, 30)}`, `JOIN #${word.slice(0, 50)}`)
    other.send(`TOPIC #${word.slice(0, 50)} :${wireText(payload)}`)
  }
  await other.settled()
}

async function look(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))')
  assert.equal(await page.locator(STRANGE).count(), 0)
}

/** As much of it as a line can hold. */
function wireText(text: string): string {
  return text.toWellFormed().replaceAll(/[\0\r\n]/g, ' ')
}

/** https://ircv3.net/specs/extensions/message-tags#escaping-values */
function tagText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(';', '\\:').replaceAll(' ', '\\s')
}
