/** What people do on the page of the chat, in English. */
import type { Locator, Page } from 'playwright-core'

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
  const message = page.locator('[data-message]').filter({ hasText: text }).last()
  await message.hover()
  await message.getByRole('button', { name: action, exact: true }).first().click()
}

export function reactionOn(page: Page, text: string, emoji: string): Locator {
  const message = page.locator('[data-message]').filter({ hasText: text }).first()
  return message.locator('.reaction').filter({ hasText: emoji })
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
