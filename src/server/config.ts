import { readFileSync } from 'node:fs'
import { availableParallelism, hostname, networkInterfaces } from 'node:os'
import { dirname, relative, resolve } from 'node:path'
import { parse, TomlError } from 'smol-toml'
import { errorReason } from '../base/error-text.ts'
import { buildSettings } from './config-build.ts'
import type { Machine } from './config-build.ts'
import { camelKeys, isTable, writtenName } from './config-keys.ts'
import type { KeyPath } from './config-keys.ts'
import {
  environmentOverrides,
  flagOverrides,
  originOf,
  unknownVariables,
} from './config-overrides.ts'
import type { ConfigFlags, Environment, Override } from './config-overrides.ts'
import { schemaProblems, strangeKey, writtenPath } from './config-problems.ts'
import type { Problem } from './config-problems.ts'
import { configSchema } from './config-schema.ts'
import type { Loaded } from './settings.ts'
import { tomlLines } from './toml-lines.ts'
import type { LineOf } from './toml-lines.ts'

export interface ConfigSources {
  readonly workingFolder: string
  readonly environment: Environment
  readonly flags: ConfigFlags
  readonly machine: Machine
}

/**
 * Settings from the defaults, the configuration file, the environment and the flags; the later outranks the
 * earlier. The file is `--config`, else `MARU_CONFIG`, else `maru.toml` in the working folder if it is there.
 * Paths in the file count from the file's folder, others from the working folder. Every problem found is
 * a line for people: `maru.toml:12: limits.chat.nick_length: expected …, found …`.
 */
export function loadSettings(sources: ConfigSources): Loaded {
  const file = readConfigFile(sources)
  if (file.problem !== undefined) return { kind: 'refused', problems: [file.problem] }
  const overrides = [...environmentOverrides(sources.environment), ...flagOverrides(sources.flags)]
  const { value, strange } = camelKeys(file.table)
  const raw = overridden(value, overrides)
  const say = problemLines(file, overrides)
  const parsed = configSchema.safeParse(raw)
  const problems = strange.map(strangeKey)
  if (!parsed.success) {
    problems.push(...schemaProblems(parsed.error.issues, raw))
    return { kind: 'refused', problems: say(problems) }
  }
  const built = buildSettings(parsed.data, {
    machine: sources.machine,
    configFile: file.path,
    folderOf: (key) =>
      originOf(overrides, key) === undefined ? file.folder : sources.workingFolder,
  })
  problems.push(...built.problems)
  if (problems.length > 0) return { kind: 'refused', problems: say(problems) }
  const warnings = [...say(built.warnings), ...unknownVariables(sources.environment)]
  return { kind: 'loaded', settings: built.settings, warnings }
}

export function thisMachine(): Machine {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return {
    hostName: hostname(),
    processors: availableParallelism(),
    platform: process.platform,
    hasIpv6: addresses.some(({ family }) => family === 'IPv6'),
  }
}

interface ConfigFile {
  readonly path?: string
  /** As messages name it. */
  readonly shownPath: string
  readonly folder: string
  readonly table: Readonly<Record<string, unknown>>
  readonly lineOf: LineOf
  readonly problem?: string
}

function readConfigFile({ workingFolder, environment, flags }: ConfigSources): ConfigFile {
  const variable = environment['MARU_CONFIG']
  const named = flags.config ?? (variable === '' ? undefined : variable)
  const path = resolve(workingFolder, named ?? 'maru.toml')
  const shownPath = shorter(workingFolder, path)
  const none = { shownPath, folder: workingFolder, table: {}, lineOf: () => undefined }
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    const code = errorReason(error)
    if (code === 'ENOENT' && named === undefined) return none
    return { ...none, problem: `${shownPath}: can't read it: ${code}` }
  }
  try {
    const table = parse(text)
    return { path, shownPath, folder: dirname(path), table, lineOf: tomlLines(text) }
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const what = error.message.split('\n')[0]?.replace('Invalid TOML document: ', '')
    return { ...none, problem: `${shownPath}:${error.line}: not valid TOML: ${what}` }
  }
}

/** Problems as lines, those of the file in the order of the file. */
function problemLines(
  file: ConfigFile,
  overrides: readonly Override[],
): (problems: readonly Problem[]) => string[] {
  return (problems) =>
    problems
      .map((problem) => {
        const { path, text } = problem
        const origin = originOf(overrides, path)
        if (origin !== undefined) return { line: Infinity, text: `${origin}: ${text}` }
        const written = writtenPath(problem)
        const line = file.lineOf(written)
        const where = line === undefined ? file.shownPath : `${file.shownPath}:${line}`
        return { line: line ?? 0, text: `${where}: ${writtenName(written)}: ${text}` }
      })
      .toSorted((left, right) => left.line - right.line)
      .map(({ text }) => text)
}

function overridden(value: unknown, overrides: readonly Override[]): unknown {
  return overrides.reduce((table, { path, value: own }) => withValue(table, path, own), value)
}

function withValue(table: unknown, [key, ...rest]: KeyPath, value: unknown): unknown {
  if (key === undefined) return value
  const entries = isTable(table) ? table : {}
  return { ...entries, [key]: withValue(entries[key], rest, value) }
}

function shorter(workingFolder: string, path: string): string {
  const short = relative(workingFolder, path)
  return short.startsWith('..') ? path : short
}
