import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { standardOutput } from './standard-output.ts'

test('output - lines arrive whole and in order, and flush waits for them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'maru-output-'))
  const descriptor = openSync(join(folder, 'lines'), 'w')
  const output = standardOutput(descriptor)
  const lines = Array.from({ length: 1000 }, (_, i) => `line ${i}\n`)
  for (const line of lines) output.write(line)
  await output.flush()
  closeSync(descriptor)
  assert.equal(readFileSync(join(folder, 'lines'), 'utf8'), lines.join(''))
  rmSync(folder, { recursive: true })
})

const WRITES_INTO_A_CLOSED_PIPE = `
  import { standardOutput } from ${JSON.stringify(new URL('standard-output.ts', import.meta.url).href)}
  process.stdin.resume()
  process.stdin.on('end', async () => {
    const output = standardOutput()
    output.write('nobody reads this\\n')
    await output.flush()
    output.write('nor this\\n')
    await output.flush()
    process.exitCode = 3
  })`

test('output - a reader that is gone neither ends the process nor keeps it', async () => {
  const child = spawn(
    process.execPath,
    ['--input-type=module-typescript', '--eval', WRITES_INTO_A_CLOSED_PIPE],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  child.stdout.destroy()
  await once(child.stdout, 'close')
  child.stdin.end()
  assert.deepEqual(await once(child, 'exit'), [3, null])
})

const FAILS = `
  import { standardOutput } from ${JSON.stringify(new URL('standard-output.ts', import.meta.url).href)}
  const output = standardOutput()
  for (let i = 0; i < 5; i++) output.write('line ' + i + '\\n')
  throw new Error('a bug')`

test('output - what was said before a failure is not lost with it', async () => {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', FAILS], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  await once(child, 'close')
  for (let i = 0; i < 5; i++) assert.ok(said.includes(`line ${i}\n`), said)
})
