import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parse } from 'smol-toml'
import { DEFAULT_LIMITS } from '../protocol/limits.ts'
import { selfSignedCertificate } from './certificate.ts'
import { STANDARD_CLASSES } from './config-build.ts'
import { camelKeys, CONFIG_KEYS, isTable } from './config-keys.ts'
import { UNLIMITED } from './config-limits.ts'
import { variableName } from './config-overrides.ts'
import { configSchema } from './config-schema.ts'
import { loadSettings } from './config.ts'
import type { ConfigSources } from './config.ts'
import type { Settings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-config-'))
after(() => rmSync(folder, { recursive: true }))

const HASH = `$scrypt$ln=15,r=8,p=3$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Each call has a folder of its own, with `toml` as its maru.toml. */
function load(toml: string | undefined, more: Partial<ConfigSources> = {}) {
  const workingFolder = mkdtempSync(join(folder, 'case-'))
  if (toml !== undefined) writeFileSync(join(workingFolder, 'maru.toml'), toml)
  const machine = { hostName: 'box', processors: 4, platform: 'linux', hasIpv6: true }
  const sources = { workingFolder, environment: {}, flags: {}, machine, ...more }
  return { ...sources, loaded: loadSettings(sources) }
}

function settings(toml: string | undefined, more: Partial<ConfigSources> = {}): Settings {
  const { loaded } = load(toml, more)
  assert.ok(loaded.kind === 'loaded', JSON.stringify(loaded))
  return loaded.settings
}

function problems(toml: string | undefined, more: Partial<ConfigSources> = {}): readonly string[] {
  const { loaded } = load(toml, more)
  assert.ok(loaded.kind === 'refused', 'it was accepted')
  return loaded.problems
}

test('config - without any configuration, the defaults serve', () => {
  const { loaded, workingFolder } = load(undefined)
  assert.ok(loaded.kind === 'loaded')
  const { settings: made, warnings } = loaded
  assert.deepEqual(warnings, [])
  assert.equal(made.configFile, undefined)
  assert.equal(made.network, 'Maru')
  assert.equal(made.serverName, 'maru.local')
  assert.equal(made.dataFolder, join(workingFolder, 'data'))
  assert.equal(made.workers, 3)
  assert.deepEqual(made.limits, DEFAULT_LIMITS)
  assert.deepEqual(made.operClasses, STANDARD_CLASSES)
  assert.deepEqual(made.listeners, {
    plain: [{ host: '127.0.0.1', port: 6667 }],
    tls: [{ host: '::', port: 6697 }],
    http: { host: '127.0.0.1', port: 8067 },
    https: undefined,
    admin: { host: '127.0.0.1', port: 8068 },
  })
})

test('config - people land in a room that can be one, or in none', () => {
  assert.equal(settings(undefined).landingRoom, '#lobby')
  assert.equal(settings('landing_room = "#마당"\n').landingRoom, '#마당')
  assert.equal(settings('landing_room = "none"\n').landingRoom, undefined)
  assert.deepEqual(problems('landing_room = "lobby"\n'), [
    'maru.toml:1: landing_room: expected a room\'s name (`#lobby`), or "none", found "lobby"',
  ])
})

test('config - settings are frozen to the bottom', () => {
  const { limits, listeners } = settings(undefined)
  assert.ok(Object.isFrozen(limits.chat) && Object.isFrozen(listeners.plain[0]))
})

test('config - the machine decides the name, the workers and what * means', () => {
  const machine = { hostName: 'IRC.example.org', processors: 1, platform: 'linux', hasIpv6: false }
  const small = settings(undefined, { machine })
  assert.equal(small.serverName, 'irc.example.org')
  assert.equal(small.workers, 1)
  assert.deepEqual(small.listeners.tls, [{ host: '0.0.0.0', port: 6697 }])
  assert.equal(settings(undefined, { machine: { ...machine, platform: 'win32' } }).workers, 0)
})

test('config - defaults < file < environment < flags', () => {
  const toml =
    'network = "File"\nworkers = 1\n[limits.chat]\nnick_length = 20\ntopic_length = 100\n'
  const environment = { MARU_WORKERS: '2', MARU_LIMITS_CHAT_NICK_LENGTH: '21' }
  const made = settings(toml, { environment, flags: { workers: '5' } })
  assert.equal(made.network, 'File')
  assert.equal(made.workers, 5)
  assert.equal(made.limits.chat.nickLength, 21)
  assert.equal(made.limits.chat.topicLength, 100)
})

test('config - flags and variables take lists, booleans, none and the empty string', () => {
  const environment = {
    MARU_LISTEN_TLS: 'none',
    MARU_USERS_CLOAK_HOSTS: 'false',
    MARU_WEBSOCKET_ORIGINS: 'https://a.example, https://b.example',
    MARU_NETWORK: '',
  }
  const flags = { plain: ['127.0.0.1:0', '[::1]:0'], http: 'none', 'no-dashboard': true }
  const made = settings(undefined, { environment, flags })
  assert.deepEqual(made.listeners.tls, [])
  assert.equal(made.listeners.http, undefined)
  assert.equal(made.cloakHosts, false)
  assert.equal(made.dashboard, false)
  assert.equal(made.network, 'Maru')
  assert.deepEqual(made.webSocketOrigins, ['https://a.example', 'https://b.example'])
  assert.deepEqual(made.listeners.plain, [
    { host: '127.0.0.1', port: 0 },
    { host: '::1', port: 0 },
  ])
})

test('config - every problem is reported at once, with line and what was expected', () => {
  const toml = [
    '[limits.chat]',
    'nick_length = "abc"',
    'topic_lenght = 5',
    '[listen]',
    'plain = [',
    '  "127.0.0.1:99999",',
    ']',
    '[[opers]]',
    'name = "mina"',
    'password = "hunter2"',
    'class = "admin"',
    '',
  ].join('\n')
  assert.deepEqual(problems(toml), [
    'maru.toml:2: limits.chat.nick_length: expected a whole number from 1 to 64, found "abc"',
    'maru.toml:3: limits.chat.topic_lenght: there is no such key; did you mean limits.chat.topic_length?',
    'maru.toml:5: listen.plain[0]: expected HOST:PORT (`127.0.0.1:6667`, `[::1]:6667`, `*:6667` for all addresses), found "127.0.0.1:99999"',
    'maru.toml:10: opers[0].password: expected a scrypt hash as `maru passwd` prints it, found something else',
  ])
})

test('config - numbers out of range, fractions and dates are refused', () => {
  const toml =
    'workers = 1.5\ndata = 2020-01-01\n[limits.chat]\nnick_length = 65\n[sts]\nport = 0\n'
  assert.deepEqual(problems(toml), [
    'maru.toml:1: workers: expected a whole number from 0 to 256, found 1.5',
    'maru.toml:2: data: expected the path of a file, found a date',
    'maru.toml:4: limits.chat.nick_length: expected a whole number from 1 to 64, found 65',
    'maru.toml:6: sts.port: expected a whole number from 1 to 65535, found 0',
  ])
})

test('config - a key in another spelling or table is unknown, and the right one is suggested', () => {
  assert.deepEqual(problems('nick_length = 3\nserverName = "a.b"\nzzz = 1\n'), [
    'maru.toml:1: nick_length: there is no such key; did you mean limits.chat.nick_length?',
    'maru.toml:2: serverName: there is no such key; did you mean server_name?',
    'maru.toml:3: zzz: there is no such key',
  ])
})

test('config - a wrong variable or flag is named as such', () => {
  const environment = { MARU_LOG_LEVEL: 'loud' }
  const found = problems('', { environment, flags: { workers: 'many', http: 'x:y' } })
  assert.equal(found.length, 3)
  const isNamed = (start: string) => found.some((problem) => problem.startsWith(start))
  assert.ok(
    isNamed('MARU_LOG_LEVEL: expected one of "debug", "info", "warn", "error", found "loud"'),
  )
  assert.ok(isNamed('--workers: expected a whole number from 0 to 256, found "many"'))
  assert.ok(isNamed('--http: expected HOST:PORT'))
})

test('config - unknown variables are a warning, and those of Kubernetes not even that', () => {
  const environment = { MARU_NETWROK: 'x', MARU_PORT: 'tcp://1', MARU_SERVICE_HOST: 'h' }
  const { loaded } = load(undefined, { environment })
  assert.ok(loaded.kind === 'loaded')
  assert.deepEqual(loaded.warnings, [
    'MARU_NETWROK: there is no such setting; did you mean MARU_NETWORK?',
  ])
})

test('config - broken TOML and a missing file are named', () => {
  assert.match(problems('a = 1\nb = ]\n')[0] ?? '', /^maru\.toml:2: not valid TOML: /)
  assert.deepEqual(problems(undefined, { flags: { config: 'other.toml' } }), [
    "other.toml: can't read it: ENOENT",
  ])
})

test('config - MARU_CONFIG names the file, and its paths count from its folder', () => {
  const elsewhere = join(folder, 'etc')
  mkdirSync(elsewhere)
  writeFileSync(join(elsewhere, 'motd.txt'), 'Hello\r\nthere\n\n')
  writeFileSync(join(elsewhere, 'my.toml'), 'motd_file = "motd.txt"\npid_file = "pid"\n')
  const environment = { MARU_CONFIG: join(elsewhere, 'my.toml') }
  const { loaded, workingFolder } = load(undefined, { environment, flags: { data: 'here' } })
  assert.ok(loaded.kind === 'loaded')
  assert.deepEqual(loaded.settings.motd, ['Hello', 'there'])
  assert.equal(loaded.settings.pidFile, join(elsewhere, 'pid'))
  assert.equal(loaded.settings.dataFolder, join(workingFolder, 'here'))
})

test('config - unreadable certificates are refused with their line', () => {
  const [problem = ''] = problems('[tls]\ncertificate = "no.crt"\nkey = "no.key"\n')
  assert.match(problem, /^maru\.toml:2: tls\.certificate: can't read .*no\.crt: ENOENT$/)
  assert.deepEqual(problems('[tls]\nkey = "no.key"\n'), [
    'maru.toml:2: tls.key: expected tls.certificate beside it',
  ])
})

test('config - STS needs a certificate that clients trust', async () => {
  assert.deepEqual(problems('[sts]\nenabled = true\n'), [
    'maru.toml:2: sts.enabled: needs a certificate that clients trust: set tls.certificate and tls.key',
  ])
  await selfSignedCertificate(folder, 'irc.example.org', Date.now())
  const tls = `[tls]\ncertificate = "${folder}/tls.crt"\nkey = "${folder}/tls.key"\n`
  const made = settings(`${tls.replaceAll('\\', '/')}[sts]\nenabled = true\n`)
  assert.deepEqual(made.sts, { durationSeconds: 0, port: 6697, preload: false })
})

test('config - values that do not fit together are refused', () => {
  const toml = [
    'motd = "x"',
    'motd_file = "maru.toml"',
    '[limits.chat]',
    'ping_after_ms = 9',
    'drop_after_ms = 8',
    '[[opers]]',
    'name = "mina"',
    `password = "${HASH}"`,
    'class = "boss"',
    '[[opers]]',
    'name = "mina"',
    `password = "${HASH}"`,
    'class = "watch"',
    '',
  ]
  assert.deepEqual(problems(toml.join('\n')), [
    'maru.toml:2: motd_file: expected either motd or motd_file, found both',
    'maru.toml:4: limits.chat.ping_after_ms: expected at most limits.chat.drop_after_ms (8), found 9',
    'maru.toml:9: opers[0].class: expected one of "watch", "moderate", "admin", found "boss"',
    'maru.toml:11: opers[1].name: "mina" is there twice',
  ])
})

test('config - retention: nothing is removed unless it is said, and each room has one rule', () => {
  const none = { days: undefined, messages: undefined }
  assert.deepEqual(settings('').retention, { ...none, bytes: undefined, rooms: [] })
  const toml = `[retention]
messages = 500
[[retention.rooms]]
name = "#One"
days = 7
`
  assert.deepEqual(settings(toml).retention, {
    days: undefined,
    messages: 500,
    bytes: undefined,
    rooms: [{ ...none, name: '#One', days: 7 }],
  })
  const twice = `${toml}[[retention.rooms]]\nname = "#one"\n[[retention.rooms]]\nname = "ops"\n`
  assert.match(problems(twice).join('\n'), /retention\.rooms\[2\]\.name: expected a room's name/)
  assert.deepEqual(problems(twice.slice(0, twice.lastIndexOf('[['))), [
    'maru.toml:7: retention.rooms[1].name: "#one" is there twice',
  ])
})

test('config - a plain server password works with a warning, and an oper class can be replaced', () => {
  const toml = 'password = "come in"\n[[oper_classes]]\nname = "watch"\nprivileges = ["wallops"]\n'
  const { loaded } = load(toml)
  assert.ok(loaded.kind === 'loaded')
  assert.match(loaded.warnings[0] ?? '', /^maru\.toml:1: password: .*maru passwd/)
  assert.doesNotMatch(loaded.warnings.join(), /come in/)
  const watch = loaded.settings.operClasses.filter(({ name }) => name === 'watch')
  assert.deepEqual(watch, [{ name: 'watch', privileges: ['wallops'] }])
})

test("config - limits off lifts edge and admission, and keeps the protocol's own", () => {
  const { limits } = settings(undefined, { flags: { limits: 'off' } })
  assert.equal(limits.edge.linesPerSecond, UNLIMITED)
  assert.equal(limits.edge.registrationMs, UNLIMITED)
  assert.equal(limits.edge.lineBytes, DEFAULT_LIMITS.edge.lineBytes)
  assert.equal(limits.edge.queuesShareOfHeap, 1)
  assert.equal(limits.admission.connections, 0)
  assert.equal(limits.admission.connectionsPerAddress, UNLIMITED)
  assert.deepEqual(limits.chat, DEFAULT_LIMITS.chat)
})

test('config - no two keys share a variable', () => {
  const names = CONFIG_KEYS.map(variableName)
  assert.equal(new Set(names).size, names.length)
})

const SAMPLE = readFileSync(new URL('../../maru.toml.sample', import.meta.url), 'utf8')

/** The sample with its settings uncommented; prose has a space after its `#`. */
function uncommented(keep: (line: string) => boolean): string {
  return SAMPLE.split('\n')
    .map((line) => (/^#\S/.test(line) && keep(line) ? line.slice(1) : line))
    .join('\n')
}

test('sample - as it is, it changes nothing', () => {
  const { configFile: _, dataFolder: __, ...made } = settings(SAMPLE)
  const { configFile: ___, dataFolder: ____, ...standard } = settings(undefined)
  assert.deepEqual(made, standard)
})

test('sample - what is no example is the default', () => {
  const isStandard = (line: string) =>
    !line.includes('# example') && !/^#\[\[(opers|web)/.test(line)
  const { value } = camelKeys(parse(uncommented(isStandard)))
  const { operClasses, ...written } = configSchema.parse(value)
  const { operClasses: _, ...standard } = configSchema.parse({})
  assert.deepEqual(operClasses, STANDARD_CLASSES)
  assert.deepEqual(written, standard)
})

test('sample - with its examples it is valid, and every key of the schema is in it', () => {
  const { value, strange } = camelKeys(parse(uncommented(() => true)))
  assert.deepEqual(strange, [])
  assert.ok(configSchema.safeParse(value).success)
  const missing = CONFIG_KEYS.filter(({ path }) => at(value, path) === undefined)
  assert.deepEqual(
    missing.map(({ name }) => name),
    [],
  )
})

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((node, part) => {
    if (!isTable(node)) return undefined
    const list = node[String(part).replace('[]', '')]
    return Array.isArray(list) && String(part).endsWith('[]') ? list[0] : list
  }, value)
}
