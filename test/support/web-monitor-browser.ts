import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { PATIENCE_MS } from './patience.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome']
const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** The Chromium of this machine. */
export function launchChromium(): Promise<Browser> {
  const executablePath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isExecutable)
  if (executablePath === undefined) throw new Error(`none of ${NAMES.join(', ')} is here`)
  return chromium.launch({ executablePath, args: ARGS })
}

/** A page that writes down whatever goes wrong in it. */
export interface WatchedPage {
  readonly page: Page
  /** Errors of scripts, lines of errors and warnings in the console, what the policy forbade, dialogs. */
  readonly wrong: readonly string[]
  /** That the server can't be reached is no error while `away` runs. */
  readonly whileAway: (away: () => Promise<void>) => Promise<void>
  readonly close: () => Promise<void>
}

/** A browser's own line for an answer of the API that is no: not signed in, not there, not possible. The page says it in its own words. */
const REFUSED = /^Failed to load resource: .* 4(?:01|04|09) /
const UNREACHABLE =
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to/

export async function openWatchedPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    locale: 'en-US',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const wrong: string[] = []
  let isAway = false
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    if (REFUSED.test(message.text()) && message.location().url.includes('/api/v1/')) return
    if (isAway && UNREACHABLE.test(message.text())) return
    wrong.push(message.text())
  })
  await page.addInitScript(
    `addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))
     window.pwned = (what) => console.error('executed: ' + what)`,
  )
  return {
    page,
    wrong,
    whileAway: async (away) => {
      isAway = true
      await away()
      isAway = false
    },
    close: () => context.close(),
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
