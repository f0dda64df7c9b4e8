import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Client } from './client.ts'
import { startServer, type ServerProcess } from './server.ts'
import { launchChromium, openWatchedPage, type WatchedPage } from './web-monitor-browser.ts'

/** A whole server in a process of its own that serves the page of the chat, and a browser to look at it. */
export interface WebChatStage extends AsyncDisposable {
  readonly url: string
  readonly server: ServerProcess
  readonly browser: Browser
  /** A page on which nobody has come in. */
  readonly visit: (options?: VisitOptions) => Promise<WatchedPage>
  /** Somebody who has come in with a name and a role, and is in the landing room. */
  readonly enter: (nick: string, options?: EnterOptions) => Promise<Visitor>
  /** Somebody with another client. */
  readonly connect: (nick: string, ...rooms: readonly string[]) => Promise<Client>
  readonly stop: () => Promise<void>
  /** At once, with nothing said or written any more. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
}

interface VisitOptions extends BrowserContextOptions {
  /** Another way to the server. */
  readonly at?: string
  /** Another browser. */
  readonly by?: Browser
}

export interface EnterOptions extends VisitOptions {
  readonly role?: string
  /** Where they land. */
  readonly room?: string
}

export interface Visitor extends WatchedPage {
  readonly nick: string
  /** Says something in the conversation that is open. */
  readonly say: (text: string) => Promise<void>
}

const CAPS =
  'message-tags server-time batch echo-message labeled-response draft/multiline draft/metadata-2 account-tag draft/message-redaction draft/chathistory'

interface StageOptions {
  readonly config?: string
  readonly keys?: string
}

export async function openWebChatStage(options: StageOptions = {}): Promise<WebChatStage> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-chat-'))
  const serve = (port: number): Promise<ServerProcess> =>
    startServer({ ...options, folder, doors: ['plain', 'http', 'admin'], httpPort: port })
  let server = await serve(0)
  const browser = await launchChromium()
  const port = server.portOf('http')
  const url = `http://127.0.0.1:${port}/`
  const stage: WebChatStage = {
    url,
    get server() {
      return server
    },
    browser,
    async visit({ at = url, by = browser, ...context } = {}) {
      const watched = await openWatchedPage(by, context)
      await watched.page.goto(at)
      return watched
    },
    async enter(nick, { role = 'Artist', room = '#lobby', ...context } = {}) {
      const watched = await stage.visit(context)
      await comeIn(watched.page, { nick, role, room })
      return { ...watched, nick, say: (text) => say(watched.page, text) }
    },
    async connect(nick, ...rooms) {
      const client = await server.connect('plain')
      client.send('CAP LS 302', `CAP REQ :${CAPS}`, 'CAP END')
      await client.register(nick)
      for (const room of rooms) client.send(`JOIN ${room}`)
      await client.settled()
      return client
    },
    async stop() {
      server.signal('SIGTERM')
      await server.exited
    },
    async kill() {
      server.signal('SIGKILL')
      await server.exited
    },
    async start() {
      server = await serve(port)
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return stage
}

async function comeIn(
  page: Page,
  { nick, role, room }: { readonly nick: string; readonly role: string; readonly room: string },
): Promise<void> {
  await page.getByLabel('Your name').fill(nick)
  const known = page.getByRole('button', { name: role, exact: true })
  if ((await known.count()) > 0) await known.click()
  else await page.getByLabel('Or in your own words').fill(role)
  await page.getByRole('button', { name: 'Come in' }).click()
  await page.getByRole('heading', { level: 1, name: room }).waitFor()
}

export async function say(page: Page, text: string): Promise<void> {
  const field = page.locator('[data-composer]')
  await field.fill(text)
  await field.press('Enter')
}
