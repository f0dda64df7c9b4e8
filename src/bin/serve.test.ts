import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'maru-serve-'))
after(() => rmSync(folder, { recursive: true }))

const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

/** Runs `serve` around a stand-in for the server, that says what is asked of it. */
function serve(server: string, args: readonly string[] = []) {
  const code = `
    import { StartupError } from ${url('../server/startup-error.ts')}
    const { serveCommand } = await import(${url('serve.ts')})
    const start = async (settings, reloadSettings) => { ${server} }
    process.exitCode = await serveCommand(${JSON.stringify(args)}, start)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: folder })
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const line = async () => String((await lines.next()).value)
  const ended = once(child, 'exit').then(([exitCode]) => ({ code: exitCode as unknown, errors }))
  return { child, line, ended }
}

const STAND_IN = `
  const life = setTimeout(() => process.exit(9), 20_000)
  const { promise, resolve } = Promise.withResolvers()
  setTimeout(() => console.log('up ' + settings.network), 50)
  return {
    listening: [],
    stopped: promise,
    async reload() { console.log('reload ' + reloadSettings().kind) },
    async stop() { console.log('stop'); clearTimeout(life); resolve('stop') },
  }`

// Node can't send these signals to a process on Windows: it ends it.
const onPosix = { skip: process.platform === 'win32' }

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`serve - ${signal} stops the server, and the exit code is 0`, onPosix, async () => {
    const { child, line, ended } = serve(STAND_IN, ['--pid-file', `${signal}.pid`])
    const pidFile = join(folder, `${signal}.pid`)
    assert.equal(await line(), 'up Maru')
    assert.equal(readFileSync(pidFile, 'utf8'), `${child.pid}\n`)
    child.kill(signal)
    assert.equal(await line(), 'stop')
    assert.deepEqual(await ended, { code: 0, errors: '' })
    assert.ok(!existsSync(pidFile))
  })
}

test('serve - SIGHUP reads the configuration again, and the server goes on', onPosix, async () => {
  const { child, line, ended } = serve(STAND_IN)
  assert.equal(await line(), 'up Maru')
  child.kill('SIGHUP')
  assert.equal(await line(), 'reload loaded')
  child.kill('SIGHUP')
  assert.equal(await line(), 'reload loaded')
  child.kill('SIGTERM')
  assert.equal((await ended).code, 0)
})

test('serve - a server that ends by itself ends the process', async () => {
  const { ended } = serve('return { listening: [], stopped: Promise.resolve("stop") }')
  assert.equal((await ended).code, 0)
})

test('serve - a server that asks for a restart begins anew in its place', onPosix, async () => {
  const { line, ended } = serve(`
    const { existsSync, writeFileSync } = await import('node:fs')
    const isSecond = existsSync('begun')
    if (!isSecond) writeFileSync('begun', '')
    console.log(isSecond ? 'second' : 'first')
    return { listening: [], stopped: Promise.resolve(isSecond ? 'stop' : 'restart') }`)
  assert.equal(await line(), 'first')
  assert.equal(await line(), 'second')
  assert.equal((await ended).code, 0)
})

test('serve - why the server can not start is one line for the operator', async () => {
  const { ended } = serve("throw new StartupError('the data folder is in use')")
  assert.deepEqual(await ended, { code: 1, errors: 'maru: the data folder is in use\n' })
})

test('serve - an address in use is one line, and a bug comes with its stack', async () => {
  const taken = serve(`
    const { createServer } = await import('node:net')
    const one = createServer().listen(0, '127.0.0.1').unref()
    await new Promise((resolve) => one.once('listening', resolve))
    const two = createServer().listen(one.address().port, '127.0.0.1')
    await new Promise((_, reject) => two.once('error', reject))`)
  const bug = serve("throw new TypeError('oops')")
  const { code, errors } = await taken.ended
  assert.equal(code, 1)
  assert.match(errors, /^maru: listen EADDRINUSE: address already in use 127\.0\.0\.1:\d+\n$/)
  assert.match((await bug.ended).errors, /^maru: TypeError: oops\n {4}at /)
})
