import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { connect, createServer } from 'node:tls'
import { CertificateError, readCertificate, selfSignedCertificate } from './certificate.ts'

const root = mkdtempSync(join(tmpdir(), 'maru-certificate-'))
after(() => rmSync(root, { recursive: true }))
const newFolder = () => mkdtempSync(join(root, 'case-'))
const DAY_MS = 24 * 60 * 60_000

test('certificate - the first start makes one for the server name and this computer, for ten years', async () => {
  const folder = newFolder()
  const now = Date.now()
  const { material, fingerprint, expiresAtMs } = await selfSignedCertificate(
    folder,
    'irc.example.org',
    now,
  )
  const parsed = new X509Certificate(material.certificate)
  for (const host of ['irc.example.org', 'localhost']) assert.equal(parsed.checkHost(host), host)
  for (const ip of ['127.0.0.1', '::1']) assert.equal(parsed.checkIP(ip), ip)
  assert.equal(parsed.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1')
  assert.match(fingerprint, /^[0-9a-f]{64}$/)
  assert.ok(Math.abs(expiresAtMs - now - 3650 * DAY_MS) < DAY_MS)
  if (process.platform !== 'win32') {
    assert.equal(statSync(join(folder, 'tls.key')).mode & 0o777, 0o600)
  }
})

test('certificate - it is kept at the next start, even under another name, until it expires', async () => {
  const folder = newFolder()
  const now = Date.now()
  const first = await selfSignedCertificate(folder, 'irc.example.org', now)
  const second = await selfSignedCertificate(folder, 'chat.example.org', now)
  const third = await selfSignedCertificate(folder, 'irc.example.org', now + 3660 * DAY_MS)
  assert.equal(second.fingerprint, first.fingerprint)
  assert.notEqual(third.fingerprint, first.fingerprint)
})

test('certificate - a client that trusts it shakes hands', async () => {
  const { material } = await selfSignedCertificate(newFolder(), 'irc.example.org', Date.now())
  const server = createServer({ key: material.key, cert: material.certificate })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const socket = connect({ port: address.port, host: '127.0.0.1', ca: material.certificate })
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve)
    socket.once('error', reject)
  })
  assert.equal(socket.authorized, true)
  socket.destroy()
  server.close()
})

test('certificate - what is wrong is said of the file that is wrong', async () => {
  const folder = newFolder()
  await selfSignedCertificate(folder, 'irc.example.org', Date.now())
  const good = { certificate: join(folder, 'tls.crt'), key: join(folder, 'tls.key') }
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const options = { namedCurve: 'P-256' }
  const pem = { type: 'pkcs8', format: 'pem' } as const
  const { privateKey } = generateKeyPairSync('ec', options)
  const other = privateKey.export(pem).toString()
  const locked = privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'x' }).toString()
  const cases = [
    [{ ...good, certificate: join(folder, 'no') }, 'certificate', /can't read .*no: ENOENT/],
    [{ ...good, certificate: good.key }, 'certificate', /is not a PEM certificate/],
    [{ ...good, key: good.certificate }, 'key', /is not a PEM private key/],
    [{ ...good, key: file('other', other) }, 'key', /is not the key of/],
    [{ ...good, key: file('locked', locked) }, 'key', /passphrase/],
  ] as const
  for (const [files, which, message] of cases) {
    assert.throws(
      () => readCertificate(files),
      (error) =>
        error instanceof CertificateError && error.file === which && message.test(error.message),
      String(message),
    )
  }
  assert.equal(readCertificate(good).material.key, readFileSync(good.key, 'utf8'))
})
