import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { safeParts } from '../../src/web/shared/safe-text.ts'
import {
  launchChromium,
  openWatchedPage,
  type WatchedPage,
} from '../support/web-monitor-browser.ts'
import { PAYLOADS } from '../support/web-monitor-payloads.ts'
import { hasText, openRow, OPERATOR, signIn, until } from '../support/web-monitor-plays.ts'
import { openPretendStage, PAGE, type PretendStage } from '../support/web-monitor-stage.ts'

const MAX_BUNDLE_BYTES = 150 * 1024
/** `--bg` of the themes. */
const LIGHT = 'rgb(246, 244, 240)'
const DARK = 'rgb(19, 18, 17)'
const VIEWS = ['overview', 'connections', 'rooms', 'log', 'bans', 'threads', 'access']

let browser: Browser
let stage: PretendStage
before(async () => {
  browser = await launchChromium()
  stage = await openPretendStage()
  const { page, close } = await openWatchedPage(browser)
  await page.goto(`${stage.url}#first=${stage.firstCode}`)
  await page.getByLabel('Name').fill(OPERATOR.name)
  await page.getByLabel('Password', { exact: true }).fill(OPERATOR.password)
  await page.getByLabel('Password again').fill(OPERATOR.password)
  await page.getByRole('button', { name: 'Make operator and sign in' }).click()
  await page.getByRole('status').getByText('Live').waitFor()
  await close()
  await stage.addOperator('watcher', OPERATOR.password, 'watch')
})
after(async () => {
  await browser.close()
  await stage[Symbol.asyncDispose]()
})

/** Somebody who has signed in; afterwards nothing may have gone wrong in their browser. */
async function signedIn(
  run: (page: Page, watched: WatchedPage) => Promise<void>,
  options: Parameters<typeof openWatchedPage>[1] = {},
  operator: { readonly name: string; readonly password: string } = OPERATOR,
): Promise<void> {
  const watched = await openWatchedPage(browser, options)
  await watched.page.goto(stage.url)
  await signIn(watched.page, operator)
  await run(watched.page, watched)
  assert.deepEqual(watched.wrong, [])
  await watched.close()
}

test('WEB MONITOR - scripts and styles have at most 150 KiB as they are sent', () => {
  const assets = join(PAGE, 'assets')
  const sent = readdirSync(assets).map((file) =>
    gzipSync(readFileSync(join(assets, file)), { level: 9 }),
  )
  const bytes = sent.reduce((sum, { length }) => sum + length, 0)
  assert.ok(sent.length > 0 && bytes <= MAX_BUNDLE_BYTES, `${bytes} bytes`)
})

test('WEB MONITOR - whatever strangers call themselves, it is text on every view and nothing runs', async () => {
  for (const [index, payload] of PAYLOADS.entries()) {
    const room = `#${payload}`
    await stage.come({
      nick: payload,
      rooms: [room],
      realName: payload,
      client: payload,
      account: payload,
    })
    stage.server.topics.set(room, payload)
    if (index % 5 === 0) await stage.go(payload, payload)
    const ban = {
      id: payload,
      kind: 'mute',
      mask: payload,
      reason: payload,
      setBy: payload,
    } as const
    stage.server.bans.set(payload, { ...ban, setAtMs: Date.now() })
  }
  await signedIn(async (page) => {
    for (const view of VIEWS) {
      await page.goto(`${stage.url}#/${view}`)
      await page.getByRole('status').getByText('Live').waitFor()
      if (['connections', 'rooms', 'bans'].includes(view))
        await page.getByRole('row').nth(5).waitFor()
      await foreignElements(page)
    }
    await page.goto(`${stage.url}#/connections`)
    for (const payload of PAYLOADS.filter((_, index) => index % 5 !== 0)) {
      const connection = [...stage.server.people.values()].find(({ nick }) => nick === payload)
      await page.getByLabel('Filter: nick').fill(connection?.address ?? '')
      await page.locator(`[data-key="${connection?.connection}"]`).click()
      const drawer = page.locator('dialog.drawer')
      await drawer.getByText('Real name').waitFor()
      const shown = safeParts(payload)
        .map(({ text }) => text)
        .join('')
      assert.equal(await drawer.locator('h2').textContent(), shown)
      assert.ok((await drawer.locator('dd').allTextContents()).includes(shown), shown)
      await foreignElements(page)
      await page.keyboard.press('Escape')
    }
  })
})

/** No element on the page but those that the page makes. */
async function foreignElements(page: Page): Promise<void> {
  const strange =
    'iframe, object, embed, base, form[action], video, template, math, details, xss, style, b b, main img, dialog img, body script, meta[http-equiv], main a[href^=javascript]'
  assert.equal(await page.locator(strange).count(), 0)
}

test('WEB MONITOR - of ten thousand connections only those that are seen are asked for, wherever one scrolls', async () => {
  stage.server.people.clear()
  for (let index = 0; index < 10_000; index++) stage.server.come({ nick: `person${index}` })
  await signedIn(async (page) => {
    const frames: { rows: number }[] = []
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const frame = JSON.parse(String(payload)) as { type: string; rows?: unknown[] }
        if (frame.type === 'view') frames.push({ rows: frame.rows?.length ?? 0 })
      }),
    )
    await page.reload()
    await page.goto(`${stage.url}#/connections`)
    await page.getByText('10,000').first().waitFor()
    await page.getByRole('columnheader', { name: 'Nick' }).getByRole('button').click()
    await page.getByRole('row').filter({ hasText: 'person0' }).first().waitFor()
    await page.getByRole('row').nth(1).focus()
    await page.keyboard.press('End')
    await page.getByRole('row').filter({ hasText: 'person9999' }).waitFor()
    // The way to the end takes some frames, in which another way isn't taken.
    await until(async () => {
      await page.evaluate('document.querySelector(".grid-scroll").scrollTop = 5000 * 52')
      return page.locator('[data-index="5002"]').isVisible()
    })
    assert.ok((await page.getByRole('row').count()) < 80)
    assert.ok(frames.length > 2)
    assert.ok(Math.max(...frames.map(({ rows }) => rows)) <= 300)
  })
  stage.server.people.clear()
})

test('WEB MONITOR - a session that is ended elsewhere leads back to signing in, and says why', async () => {
  await signedIn(async (page) => {
    stage.endSessions()
    await page.getByText('Your session has ended. Sign in again.').waitFor()
    await page.getByLabel('Name').waitFor()
  })
})

test('WEB MONITOR - what a role may not do is not shown', async () => {
  await stage.come({ nick: 'anna', rooms: ['#room'] })
  const watcher = { name: 'watcher', password: OPERATOR.password }
  await signedIn(
    async (page) => {
      for (const name of ['Announce', 'Reload configuration', 'Stop']) {
        assert.equal(await page.getByRole('button', { name }).count(), 0, name)
      }
      await page.keyboard.press('2')
      await openRow(page, 'anna')
      await page.getByText('Real name').waitFor()
      assert.equal(await page.getByRole('button', { name: /Ban|Kick|Disconnect/ }).count(), 0)
      await page.keyboard.press('Escape')
      await page.keyboard.press('7')
      await page.getByRole('region', { name: 'Sessions' }).waitFor()
      await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor()
      assert.equal(await page.getByRole('region', { name: 'Audit' }).count(), 0)
    },
    {},
    watcher,
  )
})

test('WEB MONITOR - a token is made, its secret is said once, and it is taken back', async () => {
  await signedIn(async (page) => {
    await page.keyboard.press('7')
    await page.getByRole('button', { name: 'Make a token' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('grafana')
    await page.getByRole('button', { name: 'Make', exact: true }).click()
    const secret = await page.getByRole('dialog', { name: 'secret' }).locator('code').textContent()
    assert.ok((secret ?? '').length >= 20)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    const tokens = page.getByRole('region', { name: 'Tokens' })
    await tokens.getByText('grafana').waitFor()
    assert.ok(!(await page.content()).includes(secret ?? ''))
    await tokens.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await tokens.getByText('No tokens').waitFor()
  })
})

test('WEB MONITOR - the language and the theme are those of the reader, and what they choose is kept', async () => {
  const korean = await openWatchedPage(browser, { locale: 'ko-KR', colorScheme: 'dark' })
  await korean.page.goto(stage.url)
  await korean.page.getByRole('heading', { name: '로그인' }).waitFor()
  const isOn = (page: Page, color: string): Promise<void> =>
    until(async () => {
      const background = 'getComputedStyle(document.body).backgroundColor'
      return (await page.evaluate(background)) === color
    })
  await isOn(korean.page, DARK)
  await korean.close()
  await signedIn(
    async (page) => {
      await isOn(page, LIGHT)
      await page.getByLabel('Theme').selectOption('dark')
      await isOn(page, DARK)
      await page.getByLabel('Language').selectOption('ko')
      await page.getByRole('heading', { name: '개요', level: 1 }).waitFor()
      await page.reload()
      await page.getByRole('heading', { name: '개요', level: 1 }).waitFor()
      await isOn(page, DARK)
      assert.equal(await page.evaluate('document.documentElement.lang'), 'ko')
    },
    { colorScheme: 'light' },
  )
})

for (const width of [360, 768, 1280]) {
  test(`WEB MONITOR - nothing is wider than a window of ${width} px`, async () => {
    await stage.come({ nick: 'averyveryverylongnicknamewithoutany', rooms: ['#a'.repeat(30)] })
    await signedIn(
      async (page) => {
        for (const view of VIEWS) {
          await page.goto(`${stage.url}#/${view}`)
          await page.locator('.view').first().waitFor()
          const widths = await page.evaluate(
            '[document.documentElement.scrollWidth, document.getElementById("main").scrollWidth, document.getElementById("main").clientWidth]',
          )
          const [whole = 0, inner = 0, main = 0] = widths as number[]
          assert.ok(whole <= width && inner <= main, `${view}: ${whole} ${inner} ${main}`)
        }
        await page.goto(`${stage.url}#/log`)
        const line = page.locator('[data-event=registered]').first()
        await line.waitFor()
        // Nor is a line of the log squeezed until its words stand on their heads.
        const { height = 0 } = (await line.boundingBox()) ?? {}
        assert.ok(height > 0 && height < 200, String(height))
      },
      { viewport: { width, height: 740 }, locale: 'en-US' },
    )
  })
}

test('WEB MONITOR - a dialog keeps the focus, Esc closes it and gives the focus back', async () => {
  await signedIn(async (page) => {
    const announce = page.getByRole('button', { name: 'Announce' })
    await announce.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Announce to everybody' })
    await dialog.waitFor()
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press('Tab')
      const where =
        'document.activeElement?.closest("dialog") !== null || document.activeElement === document.body'
      assert.ok(await page.evaluate(where))
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await page.evaluate('document.activeElement?.textContent'), 'Announce')
    await page.keyboard.press('Enter')
    await dialog.getByLabel('Text').fill('Tea\nis ready')
    await dialog.getByRole('button', { name: 'Announce' }).click()
    await page.getByText('Done: Announce').waitFor()
    assert.deepEqual(stage.said, ['*: Tea is ready'])
  })
})

test('WEB MONITOR - graphs are drawn, follow the seconds, and say their values in words', async () => {
  await signedIn(async (page) => {
    const graph = page.getByRole('img', { name: /^People and connections/ })
    await graph.locator('canvas').waitFor()
    await stage.come({ nick: 'eve' })
    const people = stage.nicks().length
    await page.getByRole('img', { name: `People ${people}, Connections ${people}` }).waitFor()
    await page.getByRole('button', { name: '48 h' }).click()
    await hasText(page.locator('[aria-pressed=true]'), '48 h')
    await graph.locator('canvas').waitFor()
  })
})

test('WEB MONITOR - of a laptop’s window, the overview shows the counts, the log and the health without scrolling', async () => {
  await stage.come({ nick: 'seen', rooms: ['#room'] })
  await signedIn(
    async (page) => {
      const line = page.locator('[data-event=registered]').filter({ hasText: 'seen' }).first()
      const health = page.getByRole('region', { name: 'Health' }).getByRole('listitem').first()
      for (const part of [page.locator('[data-figure=people]'), line, health]) {
        await part.waitFor()
        const { y = 0, height = 0 } = (await part.boundingBox()) ?? {}
        assert.ok(height > 0 && y + height <= 800, `${String(part)}: ${y} ${height}`)
      }
    },
    { viewport: { width: 1280, height: 800 } },
  )
})

test('WEB MONITOR - a table shows what it is sorted by, and how many there are, in words', async () => {
  await signedIn(async (page) => {
    for (const [view, column] of [
      ['connections', 'Connected'],
      ['rooms', 'Members'],
    ] as const) {
      await page.goto(`${stage.url}#/${view}`)
      const head = page.locator('[aria-sort=descending]')
      await head.getByText(column).waitFor()
      await page.getByRole('status').getByText('in all').waitFor()
    }
  })
})

test('WEB MONITOR - a refusal of the server is said in the language of the reader', async () => {
  await signedIn(async (page) => {
    await page.getByLabel('Language').selectOption('ko')
    await page.keyboard.press('7')
    await page.getByRole('button', { name: '운영자 추가' }).click()
    const dialog = page.getByRole('dialog', { name: '운영자 추가' })
    await dialog.getByLabel('이름').fill('hana')
    await dialog.getByLabel('비밀번호').fill('short')
    await dialog.getByRole('button', { name: '추가', exact: true }).click()
    await dialog.getByText('비밀번호는 10자 이상이어야 합니다.').waitFor()
  })
})

test('WEB MONITOR - what the feed refuses is shown, until something is taken again', async () => {
  await signedIn(async (page) => {
    let refuse = (): void => {}
    await page.routeWebSocket(/feed\/socket/, (socket) => {
      socket.connectToServer()
      refuse = () => socket.send(JSON.stringify({ type: 'refused', reason: 'sort: <b>no</b>' }))
    })
    await page.reload()
    await page.getByRole('status').getByText('Live').waitFor()
    refuse()
    const banner = page.getByRole('alert').filter({ hasText: 'sort: <b>no</b>' })
    await banner.waitFor()
    await page.keyboard.press('2')
    await banner.waitFor({ state: 'detached' })
  })
})
