import { readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { errorReason } from '../../base/error-text.ts'
import { NoEntry } from '../no-entry.ts'
import type { ChatSay } from './chat-words.ts'
import { THEMES } from './theme.ts'
import type { ThemeName } from './theme.ts'

/** What a user has written in `chat.toml`; each is optional. */
export interface ChatConfig {
  readonly server?: string
  readonly nick?: string
  readonly account?: string
  readonly password_file?: string
  readonly language?: 'en' | 'ko'
  readonly theme?: ThemeName
  readonly highlights?: readonly string[]
  readonly shows_typing?: boolean
  readonly display_name?: string
  readonly role?: string
  readonly log?: boolean
  readonly bell?: boolean
}

type Check = readonly [isGood: (value: unknown) => boolean, wanted: string]

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const isFlag = (value: unknown): boolean => typeof value === 'boolean'
const TEXT: Check = [isText, 'a text']
const FLAG: Check = [isFlag, 'true or false']

const CHECKS: Readonly<Record<keyof ChatConfig, Check>> = {
  server: TEXT,
  nick: TEXT,
  account: TEXT,
  password_file: TEXT,
  language: [(value) => value === 'en' || value === 'ko', 'en or ko'],
  theme: [(value) => THEMES.some((one) => one === value), THEMES.join(', ')],
  highlights: [(value) => Array.isArray(value) && value.every(isText), 'a list of texts'],
  shows_typing: FLAG,
  display_name: TEXT,
  role: TEXT,
  log: FLAG,
  bell: FLAG,
}

/** Throws `NoEntry` with a sentence for what is wrong. A file that isn't there says nothing, unless it was named. */
export function readChatConfig(path: string, say: ChatSay, isNamed: 'named' | 'usual'): ChatConfig {
  const text = textOf(path, say, isNamed)
  if (text === undefined) return {}
  const parsed = parsedToml(path, text, say)
  for (const [key, value] of Object.entries(parsed)) {
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key as keyof ChatConfig] : undefined
    const wanted = check === undefined ? Object.keys(CHECKS).join(', ') : check[1]
    if (check?.[0](value) !== true)
      throw new NoEntry(say('badSetting', { file: path, key, wanted }))
  }
  return parsed
}

function textOf(path: string, say: ChatSay, isNamed: 'named' | 'usual'): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = errorReason(error)
    if (reason === 'ENOENT' && isNamed === 'usual') return undefined
    throw new NoEntry(say('cannotRead', { file: path, reason }))
  }
}

function parsedToml(file: string, text: string, say: ChatSay): Readonly<Record<string, unknown>> {
  try {
    return parse(text)
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    throw new NoEntry(say('cannotRead', { file, reason }))
  }
}
