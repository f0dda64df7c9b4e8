import { z } from 'zod'
import { isPasswordHash } from '../accounts/password.ts'
import { CHANNEL_FLAGS } from '../protocol/modes.ts'
import {
  hostPort,
  isChannelName,
  isNetwork,
  isOrigin,
  isServerName,
  isWebUrl,
} from './config-checks.ts'
import { isDatabaseUrl } from '../history/database-url.ts'
import { limitShapes, UNLIMITED } from './config-limits.ts'
import { OPER_PRIVILEGES } from './settings.ts'

/*
 * What may stand in maru.toml. Keys are camel case here and snake case in the file. The message of each
 * check is what was expected; `config-problems.ts` makes the sentence around it.
 */

const HASH = 'a scrypt hash as `maru passwd` prints it'
const LISTENER = 'HOST:PORT (`127.0.0.1:6667`, `[::1]:6667`, `*:6667` for all addresses)'
const NETWORK = 'an address or a network (`192.0.2.1`, `192.0.2.0/24`)'
const NAME = 'a name of 1 to 32 letters, digits, `-` and `_`'
const CLIENT_TAG = '`*`, or a client tag without its `+` (`typing`, `-draft/react`)'

const yesOrNo = z.boolean({ error: 'true or false' })
const hash = matching(isPasswordHash, HASH)
const listener = matching((text) => hostPort(text) !== undefined, LISTENER)
const oneListener = matching(
  (text) => text === 'none' || hostPort(text) !== undefined,
  `${LISTENER}, or "none"`,
)
const name = matching((text) => /^[\w-]{1,32}$/.test(text), NAME)
const file = matching((text) => text !== '' && !text.includes('\0'), 'the path of a file')
const networks = listOf(matching(isNetwork, NETWORK))

const listen = table({
  plain: listOf(listener).default(['127.0.0.1:6667']),
  tls: listOf(listener).default(['*:6697']),
  http: oneListener.default('127.0.0.1:8067'),
  https: oneListener.default('none'),
  admin: oneListener.default('127.0.0.1:8068'),
  adminHosts: listOf(
    matching((text) => /^[\w.-]{1,253}$/.test(text), 'a host name (`monitor.example.org`)'),
  ).default([]),
})

const sts = table({
  enabled: yesOrNo.default(false),
  // 0 until the operator says otherwise, as the specification advises. https://ircv3.net/specs/extensions/sts#policy-expiry-time
  durationSeconds: whole(0, UNLIMITED).default(0),
  port: whole(1, 65_535).optional(),
  preload: yesOrNo.default(false),
})

const webirc = z.strictObject(
  { name, password: hash, networks: networks.min(1, { error: `a list with ${NETWORK}` }) },
  { error: 'a table' },
)

const oper = z.strictObject({ name, password: hash, class: name }, { error: 'a table' })

const operClass = z.strictObject(
  { name, privileges: listOf(oneOf(OPER_PRIVILEGES)) },
  { error: 'a table' },
)

const kept = {
  days: whole(1, 36_500).optional(),
  messages: whole(1, UNLIMITED).optional(),
}

export const configSchema = z.strictObject({
  network: matching(
    (text) => /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,49}$/u.test(text),
    'a name without spaces',
  ).default('Maru'),
  serverName: matching(isServerName, 'a host name with a dot, at most 63 letters').optional(),
  description: oneLine(100).default('Maru'),
  motd: z.string({ error: 'text' }).optional(),
  motdFile: file.optional(),
  iconUrl: matching(isWebUrl, 'an http or https URL').optional(),
  landingRoom: matching(
    (text) => text === 'none' || isChannelName(text),
    'a room\'s name (`#lobby`), or "none"',
  ).default('#lobby'),
  password: matching(
    (text) => text !== '' && (!text.startsWith('$') || isPasswordHash(text)),
    HASH,
  ).optional(),
  shutdownMessage: oneLine(300).default('The server is stopping'),
  data: file.default('data'),
  workers: whole(0, 256).optional(),
  history: oneOf(['strict', 'relaxed', 'off']).default('strict'),
  database: matching(isDatabaseUrl, 'a URL that begins with postgres://').optional(),
  retention: table({
    ...kept,
    bytes: whole(1_000_000, 1_000_000_000_000_000).optional(),
    rooms: listOf(
      z.strictObject(
        { name: matching(isChannelName, "a room's name (`#ops`)"), ...kept },
        { error: 'a table' },
      ),
    ).default([]),
  }),
  pidFile: file.optional(),
  dashboard: yesOrNo.default(true),
  admin: table({
    location1: oneLine(300).default(''),
    location2: oneLine(300).default(''),
    email: oneLine(300).default(''),
  }),
  channels: table({
    defaultModes: matching(
      (text) => Array.from(text).every((mode) => CHANNEL_FLAGS.some((flag) => flag === mode)),
      `channel modes without argument (${CHANNEL_FLAGS.join('')})`,
    ).default('nt'),
  }),
  users: table({ cloakHosts: yesOrNo.default(true) }),
  accounts: table({
    registration: oneOf(['open', 'invite', 'closed']).default('open'),
    beforeConnect: yesOrNo.default(true),
    requireEmail: yesOrNo.default(false),
    minPasswordLength: whole(1, 128).default(8),
    registrationsPerHour: whole(1, UNLIMITED).default(5),
    alwaysOn: oneOf(['off', 'opt-in', 'opt-out', 'mandatory']).default('opt-in'),
    alwaysOnDays: whole(1, 36_500).default(30),
    sessionsPerUser: whole(1, 1000).default(20),
    nicksPerAccount: whole(0, 1000).default(10),
    invitationUrl: matching(isWebUrl, 'an http or https URL').optional(),
  }),
  messages: table({
    denyClientTags: listOf(matching((text) => /^(\*|-?[\w./-]+)$/.test(text), CLIENT_TAG)).default(
      [],
    ),
  }),
  listen,
  tls: table({ certificate: file.optional(), key: file.optional() }),
  sts,
  proxy: table({ networks: networks.default([]) }),
  websocket: table({
    origins: listOf(matching(isOrigin, '"*" or an origin (`https://chat.example.org`)')).default(
      [],
    ),
  }),
  log: table({
    level: oneOf(['debug', 'info', 'warn', 'error']).default('info'),
    format: oneOf(['auto', 'text', 'json']).default('auto'),
  }),
  alerts: table({
    enabled: yesOrNo.default(false),
    room: matching(isChannelName, "a room's name (`#ops`)").default('#ops'),
    loopDelayMs: whole(0, UNLIMITED).default(200),
    commitMs: whole(0, UNLIMITED).default(500),
    refusedPerSecond: whole(0, UNLIMITED).default(10),
    diskFreePercent: whole(0, 99).default(10),
    certificateDays: whole(0, 3650).default(14),
  }),
  limits: table({
    preset: oneOf(['default', 'off']).default('default'),
    edge: limitShapes.edge.prefault({}),
    admission: limitShapes.admission.prefault({}),
    chat: limitShapes.chat.prefault({}),
  }),
  operClasses: listOf(operClass).default([]),
  opers: listOf(oper).default([]),
  webirc: listOf(webirc).default([]),
})

export type Config = z.output<typeof configSchema>

function table<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, { error: 'a table' }).prefault({} as never)
}

function listOf<T extends z.ZodType>(entry: T): z.ZodArray<T> {
  return z.array(entry, { error: 'a list' })
}

function matching(isRight: (text: string) => boolean, error: string): z.ZodString {
  return z.string({ error }).refine(isRight, { error })
}

function whole(least: number, most: number): z.ZodNumber {
  const error = `a whole number from ${least} to ${most}`
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error })
}

function oneOf<const T extends readonly string[]>(words: T) {
  return z.enum(words, { error: `one of ${words.map((word) => `"${word}"`).join(', ')}` })
}

function oneLine(most: number): z.ZodString {
  const isRight = (text: string): boolean => text.length <= most && !/[\0\r\n]/.test(text)
  return matching(isRight, `one line of at most ${most} letters`)
}
