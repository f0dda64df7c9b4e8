import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { installPrograms, type Program } from '../scripts/programs.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-scripts-'))
after(() => rmSync(folder, { recursive: true }))

/** Runs test files that hold these texts as `npm test` does. */
function outcomeOf(texts: Readonly<Record<string, string>>): string {
  const files = Object.entries(texts).map(([name, text]) => {
    const file = join(folder, name)
    writeFileSync(file, `import { describe, test } from 'node:test'\n${text}`)
    return file
  })
  const runner = join(folder, 'runner.ts')
  writeFileSync(runner, runnerText(files))
  // Without this variable the runner doesn't know that a runner runs it, and runs.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return spawnSync(process.execPath, [runner], { cwd: folder, env, encoding: 'utf8' }).stdout
}

function runnerText(files: readonly string[]): string {
  const module = new URL('../scripts/run-tests.ts', import.meta.url).href
  return `
    import { runTests } from ${JSON.stringify(module)}
    const { passed, failed } = await runTests(${JSON.stringify(files)})
    console.log(passed + ' passed, ' + failed + ' failed')`
}

test('SCRIPTS - tests count, groups and files do not', () => {
  const grouped = "describe('a', () => { describe('b', () => { test('c', () => {}) }) })"
  assert.equal(
    outcomeOf({ 'a.ts': grouped, 'b.ts': "test('d', () => {})" }),
    '2 passed, 0 failed\n',
  )
})

test('SCRIPTS - a test that fails counts once, with its name, place and reason', () => {
  const text = "test('a', async (t) => { await t.test('b', () => { throw new Error('oops') }) })"
  const output = outcomeOf({ 'c.ts': text })
  assert.match(output, /^FAILED b \(c\.ts:2\)\nError: oops\n/)
  assert.match(output, /\n0 passed, 1 failed\n$/)
})

test('SCRIPTS - what is skipped, still to do, broken or empty has failed', () => {
  const output = outcomeOf({
    'd.ts': "test.skip('late', () => {})\ntest.todo('later')\ntest('done', () => {})",
    'e.ts': "import './nowhere.ts'",
    'f.ts': '',
  })
  for (const what of [
    /^SKIPPED late /m,
    /^SKIPPED later /m,
    /^FAILED \S*e\.ts/m,
    /: no test in it$/m,
  ]) {
    assert.match(output, what)
  }
  assert.match(output, /\n1 passed, 4 failed\n$/)
})

const BROWSER: Program = {
  names: ['chromium', 'chrome'],
  packages: { 'apt-get': 'chromium' },
  neededBy: 'test/e2e/web.test.ts',
}

interface Fake {
  readonly has: readonly string[]
  readonly isRoot?: true
  /** What an installation brings. */
  readonly brings?: string
}

function installOn({ has, isRoot, brings }: Fake): { missing: string[]; ran: string[] } {
  const programs = [...has]
  const ran: string[] = []
  const missing = installPrograms([BROWSER], {
    has: (program) => programs.includes(program),
    isRoot: isRoot === true,
    run: (command, args) => {
      ran.push([command, ...args].join(' '))
      if (brings !== undefined && args[0] === 'install') programs.push(brings)
      return brings !== undefined
    },
  })
  return { missing, ran }
}

test('SCRIPTS - what is there is not installed', () => {
  assert.deepEqual(installOn({ has: ['chrome', 'apt-get'], isRoot: true }), {
    missing: [],
    ran: [],
  })
})

test('SCRIPTS - what is missing is installed where that is possible', () => {
  const { missing, ran } = installOn({ has: ['apt-get'], isRoot: true, brings: 'chromium' })
  assert.deepEqual(missing, [])
  assert.match(ran.at(-1) ?? '', /^apt-get install .* chromium$/)
})

test('SCRIPTS - what can not be installed is named, with who needs it and why not', () => {
  const subject = 'chromium or chrome is missing (for test/e2e/web.test.ts): '
  for (const [fake, why] of [
    [{ has: [], isRoot: true }, 'there is no apt-get here to install it with'],
    [{ has: ['apt-get'] }, 'only root can install it with apt-get'],
    [{ has: ['apt-get'], isRoot: true }, 'apt-get failed'],
    [{ has: ['apt-get'], isRoot: true, brings: 'other' }, 'it is not in its package'],
  ] as const) {
    assert.deepEqual(installOn(fake).missing, [subject + why])
  }
})
