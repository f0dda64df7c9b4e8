import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Language } from '../terminal/catalogue.ts'
import type { ChatConfig } from '../terminal/chat/chat-config.ts'
import type { Looks } from '../terminal/chat/kept-looks.ts'
import type { ChatSay } from '../terminal/chat/chat-words.ts'
import { userFolders } from '../terminal/user-folders.ts'
import { chatStart } from './chat-start.ts'
import type { StartWish } from './chat-start.ts'
import { UsageError } from './usage-error.ts'

/** `maru chat`. Resolves with the exit code once the chat was left. */
export async function chatCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
  })
  if (positionals.length > 1) throw new UsageError('chat takes one address')
  const { language: wanted, theme: wantedTheme } = values
  if (wanted !== undefined && wanted !== 'en' && wanted !== 'ko') {
    throw new UsageError('--language is en or ko')
  }
  const environment = process.env
  // React's development build is slow, and remembers each frame for tools that nobody opens here.
  environment['NODE_ENV'] ??= 'production'
  const { chatWords } = await import('../terminal/chat/chat-words.ts')
  const { NoEntry } = await import('../terminal/no-entry.ts')
  const usual = usualLanguage(environment)
  try {
    const config = await configIn(values.config, chatWords(wanted ?? (await usual)))
    const looks = await looksFor({ language: wanted, theme: wantedTheme }, config, await usual)
    const say = chatWords(looks.language)
    return await show({ ...values, address: positionals[0], config, looks, say })
  } catch (error) {
    if (!(error instanceof NoEntry)) throw error
    process.stderr.write(`maru: ${error.message}\n`)
    return 1
  }
}

/** What the arguments say, else the configuration, else what was chosen the last time. */
async function looksFor(
  wanted: { readonly language: Language | undefined; readonly theme: string | undefined },
  config: ChatConfig,
  usual: Language,
): Promise<Looks> {
  const { readLooks } = await import('../terminal/chat/kept-looks.ts')
  const kept = readLooks(looksFile())
  return {
    language: wanted.language ?? config.language ?? kept.language ?? usual,
    theme: await themeNamed(wanted.theme ?? config.theme ?? kept.theme),
    sides: kept.sides ?? { rooms: 'auto', members: 'auto' },
  }
}

const OPTIONS = {
  account: { type: 'string' },
  config: { type: 'string' },
  fingerprint: { type: 'string' },
  insecure: { type: 'boolean', default: false },
  language: { type: 'string' },
  log: { type: 'boolean', default: false },
  nick: { type: 'string' },
  'password-file': { type: 'string' },
  plain: { type: 'boolean', default: false },
  stay: { type: 'boolean', default: false },
  theme: { type: 'string' },
} as const

const DEFAULT_ADDRESS = 'irc://127.0.0.1:6667/#lobby'

interface Wanted {
  readonly address: string | undefined
  readonly config: ChatConfig
  readonly looks: Looks
  readonly say: ChatSay
  readonly plain: boolean
  readonly stay: boolean
  readonly insecure: boolean
  readonly log: boolean
  readonly account?: string | undefined
  readonly fingerprint?: string | undefined
  readonly nick?: string | undefined
  readonly 'password-file'?: string | undefined
}

async function show(wanted: Wanted): Promise<number> {
  const { looks, say, plain, stay } = wanted
  const { stdin, stdout, stderr } = process
  const { NoEntry } = await import('../terminal/no-entry.ts')
  if (!plain && !(stdin.isTTY && stdout.isTTY)) throw new NoEntry(say('noTerminal'))
  const { systemClock } = await import('../base/clock.ts')
  using begun = await chatStart(startWish(wanted, systemClock.now()))
  if (begun === undefined) return 1
  const start = begun.network
  if (plain) {
    const { runPlainChat } = await import('../terminal/chat/plain-chat.ts')
    const streams = { input: stdin, output: stdout, errors: stderr }
    return await runPlainChat({
      ...streams,
      start,
      say,
      atEnd: stay ? 'stay' : 'leave',
      onInterrupt(interrupted) {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted)
      },
    })
  }
  const { runChat } = await import('../terminal/chat/chat-app.ts')
  // https://no-color.org: present and not empty.
  const isColored = (process.env['NO_COLOR'] ?? '') === ''
  const bell = wanted.config.bell === false ? 'silent' : 'rings'
  const { keepLooks } = await import('../terminal/chat/kept-looks.ts')
  await runChat({
    stdin,
    stdout,
    start,
    looks,
    onLooks: (made) => keepLooks(looksFile(), made),
    isColored,
    bell,
    clock: systemClock,
  })
  return 0
}

function startWish(wanted: Wanted, nowMs: number): StartWish {
  const { config, looks, say } = wanted
  const { stdin, stderr } = process
  return {
    url: wanted.address ?? config.server ?? DEFAULT_ADDRESS,
    unencrypted: wanted.insecure ? 'allowed' : 'refused',
    config,
    say,
    language: looks.language,
    // Lines that are to be said are no answers to questions.
    stdin: stdin.isTTY && stderr.isTTY ? stdin : undefined,
    stderr,
    folders: folders(),
    platform: process.platform,
    nick: wanted.nick,
    account: wanted.account,
    passwordFile: wanted['password-file'],
    fingerprint: wanted.fingerprint,
    log: wanted.log || config.log === true ? 'written' : 'none',
    nowMs,
  }
}

async function configIn(file: string | undefined, say: ChatSay): Promise<ChatConfig> {
  const { readChatConfig } = await import('../terminal/chat/chat-config.ts')
  if (file !== undefined) return readChatConfig(file, say, 'named')
  return readChatConfig(join(folders().config, 'chat.toml'), say, 'usual')
}

async function themeNamed(name: string | undefined): Promise<Looks['theme']> {
  const { THEMES } = await import('../terminal/chat/theme.ts')
  const theme = THEMES.find((one) => one === (name ?? 'terminal'))
  if (theme === undefined) throw new UsageError(`--theme is one of ${THEMES.join(', ')}`)
  return theme
}

async function usualLanguage(environment: NodeJS.ProcessEnv): Promise<Language> {
  const { languageOf } = await import('../terminal/catalogue.ts')
  return languageOf([environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']])
}

function looksFile(): string {
  return join(folders().state, 'chat-looks.json')
}

function folders(): ReturnType<typeof userFolders> {
  return userFolders({ platform: process.platform, environment: process.env, home: homedir() })
}
