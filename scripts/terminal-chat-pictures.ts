/**
 * Takes the pictures of the chat in the terminal in docs/pictures, of a real server. It needs Chromium.
 * `node scripts/terminal-chat-pictures.ts PART…`: only those with one of the parts in their names.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../test/support/web-monitor-browser.ts'
import { bringIn, type Person } from './picture-person.ts'
import { MARU, startPictureServer, type PictureServer } from './picture-server.ts'
import { PictureTerminal, type TerminalTheme } from './terminal-picture.ts'

const PICTURES = join(import.meta.dirname, '..', 'docs', 'pictures')
/** Until all that was said is on the screen. */
const SETTLE_MS = 700

interface Scene {
  readonly name: string
  readonly language: 'en' | 'ko'
  readonly theme: TerminalTheme
  readonly columns: number
  readonly rows: number
  /** What is typed before the picture is taken. */
  readonly keys: readonly string[]
}

const SCENES: readonly Scene[] = [
  { name: 'terminal-chat', language: 'en', theme: 'dark', columns: 110, rows: 32, keys: [] },
  {
    name: 'terminal-chat-ko',
    language: 'ko',
    theme: 'light',
    columns: 80,
    rows: 24,
    keys: ['\x1b[A'],
  },
  {
    name: 'terminal-chat-help-ko',
    language: 'ko',
    theme: 'dark',
    columns: 110,
    rows: 28,
    keys: ['\x1bOP'],
  },
]

const TEAM = [
  { nick: '하늘', role: 'artist', address: '198.51.100.7' },
  { nick: 'theo', role: 'programmer', address: '198.51.100.20' },
  { nick: '서연', role: 'planner', address: '203.0.113.9' },
  { nick: 'lena', role: 'artist', address: '2001:db8::12' },
] as const

const TALK: readonly (readonly [who: number, text: string])[] = [
  [2, '오늘은 2스테이지 맵을 정해야 해요. 하늘 님 스케치 올려 주셨나요?'],
  [0, '네! 방금 올렸어요 https://files.example.org/stage-2.png'],
  [0, '강가 쪽은 색을 아직 못 정했어요'],
  [1, 'nice. the river tiles repeat every 16, so this is all we need:'],
  [1, '```ts\nconst tile = river[(x + drift) % 16]\n```'],
  [3, 'I can do the reeds this evening, *if* the palette stays'],
  [2, '좋아요. 그럼 팔레트는 목요일까지 고정할게요 👍'],
]

await takeAll()

async function takeAll(): Promise<void> {
  mkdirSync(PICTURES, { recursive: true })
  await using server = await startPictureServer()
  const team = await gather(server)
  const browser = await launchChromium()
  try {
    await prepare(server)
    const parts = process.argv.slice(2)
    const wanted = SCENES.filter(
      ({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)),
    )
    for (const scene of wanted) await take(browser, server, scene)
  } finally {
    await browser.close()
    for (const person of team) person[Symbol.dispose]()
  }
}

async function gather(server: PictureServer): Promise<readonly Person[]> {
  const team: Person[] = []
  for (const { nick, role, address } of TEAM) {
    const person = await bringIn({ nick, port: server.plainPort, via: 'tcp', address })
    person.send('CAP REQ :message-tags draft/metadata-2 batch draft/multiline')
    person.send(`METADATA * SET role :${role}`, 'JOIN #마루게임,#art,#build')
    await person.settled()
    team.push(person)
  }
  team[0]?.send('TOPIC #마루게임 :강을 따라 내려가는 게임 · build 42 on Friday')
  for (const [who, text] of TALK) {
    const person = team[who]
    person?.send(...linesOf(text))
    await person?.settled()
    await delay(40)
  }
  team[3]?.send('AWAY :drawing', 'PRIVMSG #art :new brushes are in the shared folder')
  team[1]?.send('PRIVMSG #build :42 is green')
  for (const person of team) await person.settled()
  return team
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  if (lines.length === 1) return [`PRIVMSG #마루게임 :${text}`]
  return [
    'BATCH +m draft/multiline #마루게임',
    ...lines.map((line) => `@batch=m PRIVMSG #마루게임 :${line}`),
    'BATCH -m',
  ]
}

/** Answers, reacts and reads, so that there is something of everything. */
async function prepare(server: PictureServer): Promise<void> {
  await using terminal = open(server, { language: 'en', columns: 110, rows: 32 })
  await terminal.until(/목요일까지/)
  for (const keys of [
    '\x1b[A',
    '\x1b[A',
    'r',
    'the palette stays, promised\r',
    '\x1b[A',
    '\x1b[A',
    '+',
    'tada\r',
    '/join #art\r',
    '/join #build\r',
    '\x1b1',
    '/quit\r',
  ]) {
    terminal.type(keys)
    await delay(400)
  }
}

function open(
  server: PictureServer,
  { language, columns, rows }: Pick<Scene, 'language' | 'columns' | 'rows'>,
): PictureTerminal {
  const address = `irc://june@127.0.0.1:${server.plainPort}/#마루게임,#art,#build`
  return new PictureTerminal({
    args: [MARU, 'chat', address, '--language', language],
    environment: { HOME: server.folder, NODE_ENV: 'production' },
    columns,
    rows,
  })
}

async function take(browser: Browser, server: PictureServer, scene: Scene): Promise<void> {
  await using terminal = open(server, scene)
  await terminal.until(/목요일까지/)
  await delay(SETTLE_MS)
  for (const keys of scene.keys) {
    terminal.type(keys)
    await delay(SETTLE_MS)
  }
  const page = await browser.newPage({ deviceScaleFactor: 1.5 })
  await page.setContent(terminal.html(scene.theme))
  await page.evaluate('document.fonts.ready')
  await page.locator('#screen').screenshot({ path: join(PICTURES, `${scene.name}.png`) })
  await page.close()
  terminal.type('\x03y')
  await delay(SETTLE_MS)
}
