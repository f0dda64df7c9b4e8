/**
 * `npm run check`: what to run before every commit, in seconds. `npm run check -- STEP…`: only these.
 * A line for each step when it ends; what a step says is shown when it fails.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const ROOT = new URL('..', import.meta.url).pathname

/** A step is asked for by its first word: `types` is all that begins with it. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  format: ['oxfmt', '--check', 'src', 'test', 'scripts', 'bench'],
  lint: ['oxlint', '--deny-warnings'],
  types: ['tsc'],
  'types web': ['tsc', '-p', 'src/web'],
  unused: ['knip', '--no-progress'],
  tests: [
    'node',
    'scripts/test.ts',
    'src/',
    'test/wire/',
    'test/architecture',
    'test/docs',
    'test/scripts',
  ],
}

const wanted = process.argv.slice(2)
const asked = (name: string): string => name.split(' ', 1).join('')
const names = new Set(Object.keys(STEPS).map(asked))
const unknown = wanted.filter((name) => !names.has(name))
if (unknown.length > 0) {
  console.error(`there is no step ${unknown.join(', ')}; there are ${[...names].join(', ')}`)
  process.exit(2)
}
const steps = Object.entries(STEPS).filter(
  ([name]) => wanted.length === 0 || wanted.includes(asked(name)),
)
const results = await Promise.all(steps.map(runStep))
process.exitCode = results.every(Boolean) ? 0 : 1

async function runStep([name, [program = '', ...args]]: readonly [
  string,
  readonly string[],
]): Promise<boolean> {
  const startMs = performance.now()
  const isWindows = process.platform === 'win32'
  const path = join(ROOT, 'node_modules', '.bin', isWindows ? `${program}.cmd` : program)
  const child = spawn(path, args, {
    cwd: ROOT,
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const [code] = (await once(child, 'close')) as [number | null]
  const took = `${((performance.now() - startMs) / 1000).toFixed(1)} s`
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(9)} ${took.padStart(7)}`)
  if (code !== 0) console.log(output)
  return code === 0
}
