/** What people do on the page of the chat, in English. */
import type { Locator, Page } from 'playwright-core'
import { until } from './web-monitor-plays.ts'

/** It may be back by itself already. */
export async function tryNow(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Try now' })
  await button.click({ timeout: 3000 }).catch(() => undefined)
}

export function messageIn(page: Page, text: string): Locator {
  return page.locator('.content').filter({ hasText: text }).first()
}

export async function goTo(page: Page, room: string): Promise<void> {
  await page.getByRole('link', { name: new RegExp(room.slice(1)) }).click()
  await page.getByRole('heading', { level: 1, name: room }).waitFor()
}

export async function act(page: Page, text: string, action: string): Promise<void> {
  const message = saidIn(page, text).last()
  const button = message.getByRole('button', { name: action, exact: true }).first()
  // What is said meanwhile moves it away from under the pointer.
  await until(async () => {
    await message.hover()
    return button.click({ timeout: 1000 }).then(
      () => true,
      () => false,
    )
  })
}

export function reactionOn(page: Page, text: string, emoji: string): Locator {
  return saidIn(page, text).first().locator('.reaction').filter({ hasText: emoji })
}

/** Messages that say it themselves: those that quote it don't count. */
function saidIn(page: Page, text: string): Locator {
  const content = page.locator('.content', { hasText: text })
  return page.locator('[data-message]').filter({ has: content })
}

export async function openPerson(page: Page, nick: string): Promise<Locator> {
  const members = page.getByRole('complementary', { name: 'Members' })
  if ((await members.count()) === 0)
    await page.getByRole('button', { name: 'Members' }).first().click()
  await members.getByRole('button', { name: nick }).click()
  return page.getByRole('dialog', { name: 'Profile' })
}

/** `Mute` and the like, from somebody's profile. */
export async function moderate(
  page: Page,
  what: string,
  { whom, reason }: { readonly whom: string; readonly reason?: string },
): Promise<void> {
  const profile = await openPerson(page, whom)
  await profile.getByRole('button', { name: what, exact: true }).click()
  const dialog = page.getByRole('dialog')
  if (reason !== undefined) await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: what, exact: true }).click()
  await page.getByText(`${what}: ${whom}`).waitFor()
}
