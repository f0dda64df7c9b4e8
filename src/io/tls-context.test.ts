import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  connect as connectPlain,
  createServer as createPlain,
  type AddressInfo,
  type Server,
} from 'node:net'
import { before, test } from 'node:test'
import { connect, createServer, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'
import type { TlsFacts, TlsMaterial } from './engine.ts'
import { tlsFacts, tlsServerOptions } from './tls-context.ts'

let ours: TlsMaterial
let other: TlsMaterial

before(async () => {
  ours = await selfSigned('localhost')
  other = await selfSigned('other')
})

async function selfSigned(name: string): Promise<TlsMaterial> {
  const made = await generate([{ name: 'commonName', value: name }], { keyType: 'ec' })
  return { key: made.private, certificate: made.cert }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function withServer(
  run: (
    port: number,
    facts: () => Promise<TlsFacts>,
    server: ReturnType<typeof createServer>,
  ) => Promise<void>,
) {
  const server = createServer(tlsServerOptions(ours, 'irc'))
  server.on('tlsClientError', () => {})
  const port = await listening(server)
  const facts = async () => {
    const [socket] = (await once(server, 'secureConnection')) as [TLSSocket]
    socket.on('error', () => {})
    socket.write('hi')
    return tlsFacts(socket)
  }
  try {
    await run(port, facts, server)
  } finally {
    server.close()
  }
}

async function shake(port: number, options: ConnectionOptions): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options })
  await once(socket, 'secureConnect')
  return socket
}

test('TLS - material that is wrong is refused with what is wrong, and is not quoted', () => {
  const cases = [
    [{ ...ours, key: 'x' }, /^the TLS key cannot be read/],
    [{ ...ours, key: other.key }, /^the TLS key does not belong to the \(first\) TLS certificate$/],
    [{ ...ours, certificate: '' }, /^the TLS certificate holds no PEM certificate$/],
    [{ ...ours, certificate: ours.key }, /^the TLS certificate holds no PEM certificate$/],
    [
      { ...ours, certificate: `${ours.certificate}\n${ours.certificate.replace(/\n.{20}/, '\n')}` },
      /^TLS certificate 2 of 2 cannot be read/,
    ],
  ] as const
  for (const [material, message] of cases) {
    assert.throws(
      () => tlsServerOptions(material, 'irc'),
      (error: Error) => {
        assert.match(error.message, message)
        assert.ok(!error.message.includes(ours.key.slice(40, 80)))
        return true
      },
    )
  }
})

test('TLS - a certificate is asked for on IRC ports only, and none is required', () => {
  assert.equal(tlsServerOptions(ours, 'irc').requestCert, true)
  assert.equal(tlsServerOptions(ours, 'http').requestCert, false)
})

test('TLS - facts name version, cipher and the fingerprint of a certificate that nobody signed', async () => {
  await withServer(async (port, facts) => {
    const [met, socket] = await Promise.all([
      facts(),
      shake(port, { key: other.key, cert: other.certificate }),
    ])
    assert.equal(met.version, 'TLSv1.3')
    assert.equal(met.cipher, socket.getCipher().name)
    assert.match(met.certificateFingerprint ?? '', /^[0-9a-f]{64}$/)
    socket.destroy()
    const [stranger, plain] = await Promise.all([facts(), shake(port, { maxVersion: 'TLSv1.2' })])
    assert.equal(stranger.version, 'TLSv1.2')
    assert.ok(!('certificateFingerprint' in stranger))
    plain.destroy()
  })
})

test('TLS - a resumed session still has the fingerprint of its certificate', async () => {
  await withServer(async (port, facts) => {
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const options = { key: other.key, cert: other.certificate, maxVersion }
      const first = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options })
      const [met, [session]] = await Promise.all([facts(), once(first, 'session')])
      const [again, second] = await Promise.all([facts(), shake(port, { ...options, session })])
      assert.ok(second.isSessionReused())
      assert.equal(again.certificateFingerprint, met.certificateFingerprint)
      first.destroy()
      second.destroy()
    }
  })
})

test('TLS - versions before 1.2 and renegotiation are refused, also after the material was renewed', async () => {
  await withServer(async (port, facts, server) => {
    for (const renewed of ['no', 'yes']) {
      if (renewed === 'yes') server.setSecureContext(tlsServerOptions(other, 'irc'))
      const old = {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'ALL:@SECLEVEL=0',
      } as const
      await assert.rejects(shake(port, old))
      const [, socket] = await Promise.all([facts(), shake(port, { maxVersion: 'TLSv1.2' })])
      assert.equal(
        socket.getPeerX509Certificate()?.subject,
        renewed === 'yes' ? 'CN=other' : 'CN=localhost',
      )
      const refused = once(socket, 'error')
      socket.renegotiate({}, () => {})
      await refused
      socket.destroy()
    }
  })
})

/** The first bytes that a client sends, with this server name. */
async function helloFor(servername: string): Promise<Buffer> {
  const listener = createPlain()
  const port = await listening(listener)
  const client = connect({ port, host: '127.0.0.1', servername })
  client.on('error', () => {})
  const [socket] = await once(listener, 'connection')
  const [hello] = (await once(socket, 'data')) as [Buffer]
  client.destroy()
  socket.destroy()
  listener.close()
  return hello
}

test('TLS - odd server names harm nobody', async () => {
  const usual = 'aaaaaaaa.example'
  const hello = await helloFor(usual)
  const at = hello.indexOf(usual)
  assert.ok(at > 0)
  const odd = [
    '\0'.repeat(16),
    'a\0b.example\0\0\0\0\0',
    'A.B..EXAMPLE....',
    '\xff'.repeat(16),
    '*'.repeat(16),
  ]
  await withServer(async (port, facts) => {
    for (const name of [...odd, '\r\n'.repeat(8), '__proto__'.padEnd(16, '.')]) {
      const bytes = Buffer.from(hello)
      bytes.write(name, at, 'latin1')
      const socket = connectPlain(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(bytes)
      await Promise.race([once(socket, 'data'), once(socket, 'close')])
      socket.destroy()
    }
    for (const servername of ['x'.repeat(255), 'xn--9t4b11yi5a.example', 'LOCALHOST']) {
      const [, socket] = await Promise.all([facts(), shake(port, { servername })])
      socket.destroy()
    }
  })
})
