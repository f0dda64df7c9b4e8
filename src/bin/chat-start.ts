import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReadStream } from 'node:tty'
import { errorReason } from '../base/error-text.ts'
import type { Language } from '../terminal/catalogue.ts'
import { askLine } from '../terminal/ask-line.ts'
import { chatAddress, hostAndPort, refusePlain } from '../terminal/chat/chat-address.ts'
import type { ChatConfig } from '../terminal/chat/chat-config.ts'
import { trustedAddress } from '../terminal/chat/chat-trust.ts'
import type { ChatSay } from '../terminal/chat/chat-words.ts'
import { keyringPassword } from '../terminal/chat/keyring.ts'
import type { ChatAddress, NetworkStart } from '../terminal/chat/network.ts'
import { takeStorePlace } from '../terminal/chat/store-place.ts'
import type { StorePlace } from '../terminal/chat/store-place.ts'
import { transportPolicy } from '../terminal/chat/transport-policies.ts'
import { NoEntry } from '../terminal/no-entry.ts'
import { safeText } from '../terminal/safe-text.ts'
import type { UserFolders } from '../terminal/user-folders.ts'
import { words } from '../terminal/words.ts'

export interface StartWish {
  readonly url: string
  /** Connections without TLS to other machines. */
  readonly unencrypted: 'refused' | 'allowed'
  readonly config: ChatConfig
  readonly say: ChatSay
  readonly language: Language
  /** Whom to ask what is missing; undefined: nobody. */
  readonly stdin: ReadStream | undefined
  readonly stderr: NodeJS.WritableStream
  readonly folders: UserFolders
  readonly platform: NodeJS.Platform
  readonly nick: string | undefined
  readonly account: string | undefined
  readonly passwordFile: string | undefined
  readonly fingerprint: string | undefined
  readonly log: 'written' | 'none'
  /** Wall clock. */
  readonly nowMs: number
}

/** The place is taken as long as the chat runs. */
export interface ChatStart extends Disposable {
  readonly network: NetworkStart
}

/**
 * Where to, as whom, with what: from arguments, the configuration, and questions. Undefined when a question
 * was broken off; throws `NoEntry` for what can't be.
 */
export async function chatStart(wish: StartWish): Promise<ChatStart | undefined> {
  const { state } = wish.folders
  const { address: wanted, rooms, nick: nickInUrl } = chatAddress(wish.url, wish.say)
  const address = await trusted(wanted, wish)
  const identity = await identityOf(nickInUrl, address, wish)
  if (identity === undefined) return undefined
  const place = placeOf(address, identity.nick, wish)
  const network = {
    address,
    settings: { ...identity, ...preferences(wish.config), rooms },
    storeFile: place.path,
    knownServersFile: join(state, KNOWN_SERVERS),
    policiesFile: join(state, POLICIES),
    ...(wish.log === 'none' ? {} : { logFile: join(state, 'chat.log') }),
  }
  return { network, [Symbol.dispose]: () => place[Symbol.dispose]() }
}

const KNOWN_SERVERS = 'known-servers.json'
const POLICIES = 'transport-policies.json'

async function trusted(wanted: ChatAddress, wish: StartWish): Promise<ChatAddress> {
  const { fingerprint, language, say, folders, stdin, stderr } = wish
  const port = pledgedPort(wanted.host, wish)
  const isUpgraded = port !== undefined && wanted.over === 'plain'
  const address = isUpgraded ? ({ ...wanted, port, over: 'tls' } as const) : wanted
  if (wish.unencrypted === 'refused') refusePlain(address, say)
  const pinned = fingerprint === undefined ? {} : { fingerprint: colons(fingerprint) }
  const knownServersFile = join(folders.state, KNOWN_SERVERS)
  return trustedAddress(
    { ...address, ...pinned },
    {
      say: words(language),
      chatSay: say,
      knownServersFile,
      isPledged: port !== undefined,
      isKnownPlace: hasBeenAt(address, folders.state),
      stdin,
      stderr,
    },
  )
}

/** Where a host is that is only spoken to over TLS. */
function pledgedPort(host: string, { folders, say, nowMs }: StartWish): number | undefined {
  const file = join(folders.state, POLICIES)
  try {
    return transportPolicy(file, host, nowMs)?.port
  } catch {
    throw new NoEntry(say('damagedFile', { file }))
  }
}

function placeOf(address: ChatAddress, nick: string, { folders, say }: StartWish): StorePlace {
  const name = join(folders.state, `${placePrefix(address)}${fileText(nick)}`)
  try {
    return takeStorePlace(name)
  } catch (error) {
    throw new NoEntry(say('cannotKeep', { folder: folders.state, reason: errorReason(error) }))
  }
}

function hasBeenAt(address: ChatAddress, folder: string): boolean {
  const prefix = placePrefix(address)
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(prefix))
}

function placePrefix(address: ChatAddress): string {
  return `chat-${hostAndPort(address).replaceAll(/[^\p{L}\p{N}.-]/gu, '_')}-`
}

/** No two nicks have the same. */
function fileText(nick: string): string {
  return nick.replaceAll(/[^\p{L}\p{N}_-]/gu, (sign) => `%${sign.codePointAt(0)?.toString(16)}`)
}

type Identity = Pick<NetworkStart['settings'], 'nick' | 'login'>

async function identityOf(
  nickInUrl: string | undefined,
  address: ChatAddress,
  wish: StartWish,
): Promise<Identity | undefined> {
  const account = wish.account ?? wish.config.account
  const given = wish.nick ?? nickInUrl ?? wish.config.nick ?? account
  const nick = given ?? (await askedNick(wish))
  if (nick === undefined || account === undefined) return nick === undefined ? undefined : { nick }
  const password = await passwordOf(account, address, wish)
  if (password === undefined) return undefined
  return { nick, login: { mechanism: 'password', account, password } }
}

type Preferences = Pick<NetworkStart['settings'], 'metadata' | 'highlights' | 'showsTyping'>

function preferences(config: ChatConfig): Preferences {
  return {
    metadata: metadataOf(config),
    highlights: config.highlights ?? [],
    showsTyping: config.shows_typing === false ? 'no' : 'yes',
  }
}

function metadataOf({ role, display_name: name }: ChatConfig): Readonly<Record<string, string>> {
  return {
    ...(role === undefined ? {} : { role }),
    ...(name === undefined ? {} : { 'display-name': name }),
  }
}

/** As others print it, with colons or without. */
function colons(fingerprint: string): string {
  const digits = fingerprint.replaceAll(/[^0-9a-f]/gi, '').toUpperCase()
  return (digits.match(/../g) ?? []).join(':')
}

async function askedNick({ stdin, stderr, say }: StartWish): Promise<string | undefined> {
  if (stdin === undefined) throw new NoEntry(say('nickNeeded'))
  for (;;) {
    const answer = await askLine({ stdin, stderr }, say('askNick'), 'shown')
    if (answer === undefined) return undefined
    const nick = answer.trim().replaceAll(/\s+/g, '_')
    if (nick !== '') return nick
  }
}

/** From a file, the store of the system, or a question; never from an argument, which everybody can read. */
async function passwordOf(
  account: string,
  address: ChatAddress,
  { passwordFile, config, say, stdin, stderr, platform }: StartWish,
): Promise<string | undefined> {
  const file = passwordFile ?? config.password_file
  if (file !== undefined) return passwordIn(file, say)
  const kept = keyringPassword(hostAndPort(address), account, platform)
  if (kept !== undefined) return kept
  const name = safeText(account)
  if (stdin === undefined) throw new NoEntry(say('passwordNeeded', { account: name }))
  return askLine({ stdin, stderr }, say('askPassword', { account: name }), 'hidden')
}

function passwordIn(file: string, say: ChatSay): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? ''
  } catch (error) {
    const reason = errorReason(error)
    throw new NoEntry(say('cannotRead', { file, reason }))
  }
}
