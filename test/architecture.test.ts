import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { test } from 'node:test'
import { commands } from '../src/commands/index.ts'

const ROOT = join(import.meta.dirname, '..')

interface Rules {
  /** Other folders of `src/` that it may import. */
  readonly imports: readonly string[]
  /** Those of which it may import types and nothing else. */
  readonly typesOf?: readonly string[]
  /** Pure folders have no `node:` modules and nothing that only Node has: they run in the browser too. */
  readonly node: 'yes' | 'no'
}

/** Who may import whom. Folders that don't name each other are siblings, and never meet. */
const FOLDERS: Readonly<Record<string, Rules>> = {
  base: { imports: [], node: 'no' },
  protocol: { imports: ['base'], node: 'no' },
  state: { imports: ['base', 'protocol'], node: 'no' },
  commands: { imports: ['base', 'protocol', 'state'], node: 'no' },
  feed: { imports: ['base', 'protocol'], node: 'no' },
  client: { imports: ['base', 'protocol'], node: 'no' },
  site: { imports: [], node: 'yes' },
  io: { imports: ['base', 'protocol', 'site'], node: 'yes' },
  history: { imports: ['base', 'protocol'], typesOf: ['state'], node: 'yes' },
  accounts: { imports: ['base', 'protocol'], typesOf: ['state'], node: 'yes' },
  monitor: { imports: ['base', 'protocol', 'feed', 'site'], typesOf: ['state'], node: 'yes' },
  load: { imports: ['base', 'protocol'], node: 'yes' },
  server: {
    imports: [
      'base',
      'protocol',
      'state',
      'commands',
      'io',
      'history',
      'accounts',
      'feed',
      'monitor',
    ],
    node: 'yes',
  },
  terminal: { imports: ['base', 'protocol', 'feed', 'client'], typesOf: ['monitor'], node: 'yes' },
  web: { imports: ['base', 'protocol', 'feed', 'client'], typesOf: ['monitor'], node: 'no' },
  bin: {
    imports: ['base', 'accounts', 'server', 'feed', 'monitor', 'load', 'terminal'],
    node: 'yes',
  },
}

/**
 * Words that only some folders may say. Clocks, randomness, arguments and the environment come to the
 * others as values, so that tests own them.
 */
const WORDS: readonly (readonly [word: RegExp, folders: readonly string[]])[] = [
  [/\bDate\.now\b|\bnew Date\(\)/, ['base']],
  [/\bMath\.random\b/, ['base']],
  // Sockets have deadlines, and the load generator is a stopwatch.
  [/\bperformance\.now\b|\bhrtime\b/, ['base', 'io', 'load', 'bin']],
  [/\bprocess\.(?:argv|env|execArgv)\b/, ['bin']],
  [/\bprocess\.exit\b/, []],
  [/\b(?:Buffer\.|setImmediate\(|require\()/, foldersWith('yes')],
]

interface SourceFile {
  /** From the root of the project, with slashes. */
  readonly path: string
  readonly folder: string
  readonly text: string
  readonly isTest: boolean
}

const files = sourceFiles()
const shipped = files.filter(({ isTest }) => !isTest)

test('ARCHITECTURE - every folder of src has its row, and its files are where the rows can see them', () => {
  assert.deepEqual(
    files.filter(({ folder }) => FOLDERS[folder] === undefined).map(({ path }) => path),
    [],
  )
})

// A test may look into any folder: what two of them promise each other is tested beside one of them.
test('ARCHITECTURE - a folder imports those that its row names', () => {
  const wrong = shipped.flatMap((file) =>
    importsOf(file)
      .filter((found) => !mayImport(file, found))
      .map(({ statement }) => `${file.path}: ${statement}`),
  )
  assert.deepEqual(wrong, [])
})

test('ARCHITECTURE - pure folders import no node: module', () => {
  const wrong = shipped
    .filter(({ folder }) => FOLDERS[folder]?.node === 'no')
    .flatMap((file) =>
      importsOf(file)
        .filter(({ from }) => from.startsWith('node:'))
        .map(({ from }) => `${file.path}: ${from}`),
    )
  assert.deepEqual(wrong, [])
})

test('ARCHITECTURE - clocks, randomness, arguments and the environment have their folders', () => {
  const wrong = WORDS.flatMap(([word, folders]) =>
    shipped
      .filter(({ folder, text }) => !folders.includes(folder) && word.test(text))
      .map(({ path }) => `${path}: ${word.source}`),
  )
  assert.deepEqual(wrong, [])
})

test('ARCHITECTURE - nothing that ships imports a test or what supports tests', () => {
  const wrong = shipped.flatMap((file) =>
    importsOf(file)
      .filter(
        ({ target }) =>
          target?.startsWith('test/') === true || target?.endsWith('.test.ts') === true,
      )
      .map(({ statement }) => `${file.path}: ${statement}`),
  )
  assert.deepEqual(wrong, [])
})

// Types may name each other: a user knows channels and a channel users. Nothing of that is left to run.
test('ARCHITECTURE - imports go in no circle', () => {
  const targets = new Map(
    files.map((file) => [
      file.path,
      importsOf(file).flatMap(({ target, isType }) => (isType ? [] : (target ?? []))),
    ]),
  )
  const done = new Set<string>()
  const circleFrom = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return undefined
    for (const target of targets.get(path) ?? []) {
      const circle = circleFrom(target, [...trail, path])
      if (circle !== undefined) return circle
    }
    done.add(path)
    return undefined
  }
  for (const path of targets.keys()) assert.equal(circleFrom(path, [])?.join(' -> '), undefined)
})

test('ARCHITECTURE - relative imports name a file with its ending, and it is there', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter(
        ({ target }) =>
          target !== undefined &&
          !(/\.(?:tsx?|css)$/.test(target) && existsSync(join(ROOT, target))),
      )
      .map(({ statement }) => `${file.path}: ${statement}`),
  )
  assert.deepEqual(wrong, [])
})

test('ARCHITECTURE - no file has more than 400 lines', () => {
  const all = globSync('{src,test,scripts,bench}/**/*.{ts,tsx,css}', { cwd: ROOT })
  assert.ok(all.length > files.length)
  const long = all.filter((path) => lineCount(readFileSync(join(ROOT, path), 'utf8')) > 400)
  assert.deepEqual(long, [])
})

test('ARCHITECTURE - every command says how it is written, what it does, and where that is specified', () => {
  for (const [name, { syntax, summary, spec }] of commands) {
    // What stands before the name are tags.
    assert.match(syntax, new RegExp(`^(?:@\\S.* )?${name}(?: |$)`))
    assert.match(summary, /^[A-Z].*[.!?]$/, name)
    if (spec.startsWith('docs/')) assert.ok(existsSync(join(ROOT, spec)), spec)
    else assert.match(spec, /^https:\/\/[^\s/]+\/\S+$/, name)
  }
})

test('ARCHITECTURE - every command is said in some test of the wire', () => {
  const paths = globSync('test/wire/**/*.test.ts', { cwd: ROOT })
  const said = new Set(
    paths.flatMap((path) => readFileSync(join(ROOT, path), 'utf8').match(/\b[A-Z]{2,}\b/g) ?? []),
  )
  assert.deepEqual(
    [...commands.keys()].filter((name) => !said.has(name)),
    [],
  )
})

function foldersWith(node: Rules['node']): string[] {
  return Object.keys(FOLDERS).filter((folder) => FOLDERS[folder]?.node === node)
}

function sourceFiles(): SourceFile[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: ROOT }).map((native) => {
    const path = native.split(sep).join('/')
    const isTest = /\.test\.tsx?$/.test(path)
    const text = withoutComments(readFileSync(join(ROOT, path), 'utf8'))
    return { path, folder: path.split('/')[1] ?? '', text, isTest }
  })
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
}

interface Import {
  readonly statement: string
  readonly from: string
  /** The file, from the root of the project; undefined for packages and for Node's own modules. */
  readonly target: string | undefined
  readonly isType: boolean
}

const IMPORT = /^(?:import|export)\s(?:[^'"`;=]*\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm

function importsOf({ path, text }: SourceFile): Import[] {
  return [...text.matchAll(IMPORT)].map(([statement, still, moving]) => {
    // What stands behind a question mark is for the builder of the pages.
    const from = (still ?? moving ?? '').replace(/\?.*$/, '')
    const target = from.startsWith('.') ? posix.join(posix.dirname(path), from) : undefined
    return { statement, from, target, isType: /^(?:import|export) type\s/.test(statement) }
  })
}

function mayImport({ folder }: SourceFile, { target, isType }: Import): boolean {
  const [top, other = ''] = target?.split('/') ?? []
  if (top === undefined || other === folder) return true
  const { imports = [], typesOf = [] } = FOLDERS[folder] ?? {}
  return top === 'src' && (isType ? [...imports, ...typesOf] : imports).includes(other)
}

function lineCount(text: string): number {
  return text.trimEnd().split('\n').length
}
