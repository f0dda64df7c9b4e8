/**
 * `npm test`: all tests. `npm test -- PART…`: those whose path has PART in it. The last line is
 * `N passed, N failed`; the exit code is 1 if a test failed, was skipped, or if there was none.
 */
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { installPrograms, PROGRAMS, thisMachine } from './programs.ts'
import { runTests } from './run-tests.ts'

process.chdir(new URL('..', import.meta.url).pathname)
// Hundreds of processes load the same files: what Node made of them is kept for the next.
process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules/.cache/node')
const parts = process.argv.slice(2)
const problems = installPrograms(PROGRAMS, thisMachine)
for (const problem of problems) console.log(`FAILED ${problem}`)

const files = globSync(['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}']).filter(
  (path) => parts.length === 0 || parts.some((part) => path.includes(part)),
)
const { passed, failed } = await runTests(files)
const allFailed = failed + problems.length
if (passed + allFailed === 0) console.log('FAILED to find a test')
console.log(`${passed} passed, ${allFailed} failed`)
process.exitCode = passed > 0 && allFailed === 0 ? 0 : 1
