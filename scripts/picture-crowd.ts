/** Who is there while the pictures are taken: the load of `maru bench`, and people who chat, come and go. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { bringIn, type Person } from './picture-person.ts'
import { MARU, type PictureServer } from './picture-server.ts'

const LOAD = '--clients 150 --rooms 8 --senders 2 --window 1 --threads 1 --spread'.split(' ')
/** It is ended when the pictures are there; this is for when they never are. */
const LOAD_SECONDS = 180
const STEP_MS = 900

const ROOMS = [
  ['#마루', '어서 오세요 · 처음 오신 분은 인사해 주세요'],
  ['#lounge', 'Tea, slow talk, and whatever the evening brings'],
  ['#개발', '금요일 7시 코드 읽기 모임'],
  ['#music', 'Now playing: 산울림'],
] as const

const STAYING = ['민지', 'june', '하늘', 'theo', '서연', 'ada_k', '도윤', 'lena']
const PASSING = ['바다', 'oscar', '지우', 'mika', '은하', 'robin', '새벽', 'nadia']
const TALK = ['안녕하세요', 'good evening', '오늘 비 오네요', 'anyone read it yet?', '네, 좋아요']
const GOODBYES = ['또 올게요', 'off to dinner', '막차 시간이라 먼저 갑니다', 'good night']
const TROUBLE = 'prize4u'
/** Of nobody who is there. */
const BANS = [
  { kind: 'dline', mask: '192.0.2.0/24', durationMs: 604_800_000, reason: '공개 프록시' },
  { kind: 'kline', mask: '*@shop.example', reason: 'Advertising, again and again' },
  { kind: 'dline', mask: '2001:db8:bad::/48', durationMs: 10_800_000, reason: 'Floods' },
  { kind: 'mute', mask: '*@cafe.example', durationMs: 1_800_000, reason: '도배' },
]

/** Resolves when all who stay are in their rooms. It goes on until it is disposed of. */
export async function gatherCrowd(server: PictureServer): Promise<AsyncDisposable> {
  const options = ['--port', String(server.plainPort), '--seconds', String(LOAD_SECONDS)]
  const load = spawn(process.execPath, [MARU, 'bench', ...options, ...LOAD], {
    cwd: server.folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const end = new AbortController()
  const people: Person[] = []
  let evening: Promise<void> = Promise.resolve()
  const dispose = async (): Promise<void> => {
    end.abort()
    await evening
    for (const person of people) person[Symbol.dispose]()
    const closed = once(load, 'close')
    if (load.exitCode === null && load.kill('SIGKILL')) await closed
  }
  try {
    // Their arrival would be below that of all others.
    await until(async () => (await countOf(server)) >= 150)
    for (const [i, nick] of STAYING.entries()) people.push(await comeIn(server, nick, i))
    for (const ban of BANS) await server.ask('POST', '/bans', ban)
    await banTrouble(server)
    evening = chat(server, people, end.signal)
  } catch (error) {
    await dispose()
    throw error
  }
  return { [Symbol.asyncDispose]: dispose }
}

async function countOf(server: PictureServer): Promise<number> {
  const { total } = (await server.ask('GET', '/connections?count=1')) as { total: number }
  return total
}

/** Every other one with TLS; all with an address that the proxy says. */
async function comeIn(server: PictureServer, nick: string, i: number): Promise<Person> {
  const isSecure = i % 2 === 0
  const person = await bringIn({
    nick,
    port: isSecure ? server.tlsPort : server.plainPort,
    via: isSecure ? 'tls' : 'tcp',
    address: addressOf(i),
  })
  for (const [name, topic] of [roomOf(i), roomOf(i + 1)]) {
    person.send(`JOIN ${name}`, `TOPIC ${name} :${topic}`)
  }
  await person.settled()
  return person
}

/** Of those that are kept for documentation: RFC 5737 and RFC 3849. */
function addressOf(i: number): string {
  if (i % 4 === 3) return `2001:db8:7::${(i + 17).toString(16)}`
  return `${i % 2 === 0 ? '198.51.100' : '203.0.113'}.${20 + 7 * i}`
}

function roomOf(i: number): (typeof ROOMS)[number] {
  return ROOMS[i % ROOMS.length] ?? ROOMS[0]
}

async function banTrouble(server: PictureServer): Promise<void> {
  using trouble = await comeIn(server, TROUBLE, 22)
  trouble.send('PRIVMSG #lounge :You have won! Click here')
  await trouble.settled()
  const { rows } = (await server.ask('GET', `/connections?filter=${TROUBLE}`)) as {
    rows: readonly { readonly connection: number | string }[]
  }
  const row = rows[0]
  if (row === undefined) throw new Error(`${TROUBLE} is not in the table`)
  const ban = { kind: 'dline', durationMs: 86_400_000, reason: 'Advertising' }
  await server.ask('POST', `/connections/${row.connection}/ban`, ban)
}

/** Somebody comes, stays for four steps and goes with a few words, while the others talk. */
async function chat(
  server: PictureServer,
  staying: readonly Person[],
  signal: AbortSignal,
): Promise<void> {
  const passing: Person[] = []
  for (let step = 0; !signal.aborted; step++) {
    const speaker = step % staying.length
    const text = TALK[step % TALK.length] ?? ''
    staying[speaker]?.send(`PRIVMSG ${roomOf(speaker)[0]} :${text}`)
    const nick = PASSING[step % PASSING.length] ?? ''
    passing.push(await comeIn(server, nick, 8 + (step % PASSING.length)))
    if (step % 3 === 1) passing.at(-2)?.send(`PART ${roomOf(7 + step)[0]} :${GOODBYES[1] ?? ''}`)
    if (passing.length > 4) {
      passing.shift()?.send(`QUIT :${GOODBYES[step % GOODBYES.length] ?? ''}`)
    }
    await delay(STEP_MS, undefined, { signal }).catch(() => {})
  }
  for (const person of passing) person[Symbol.dispose]()
}

const PATIENCE_MS = 30_000

async function until(holds: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error('the load never came')
    await delay(100)
  }
}
