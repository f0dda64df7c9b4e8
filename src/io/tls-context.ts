import { constants, createPrivateKey, X509Certificate } from 'node:crypto'
import { createSecureContext, type TlsOptions, type TLSSocket } from 'node:tls'
import { errorText } from '../base/error-text.ts'
import type { TlsFacts, TlsMaterial } from './engine.ts'

/** `irc` asks clients for a certificate, which may serve to log in. Browsers are not asked: they would ask people. */
export type TlsUse = 'irc' | 'http'

/**
 * What `tls.createServer` or `https.createServer` needs, and `setSecureContext` to renew it. Throws an
 * Error that says what is wrong with the material, and never quotes it.
 *
 * There is no callback among them (SNI, ALPN, PSK), so that nothing of ours runs on, and can throw over,
 * what a stranger's hello says: https://nvd.nist.gov/vuln/detail/CVE-2026-21637
 */
export function tlsServerOptions(material: TlsMaterial, use: TlsUse): TlsOptions {
  checkMaterial(material)
  const options: TlsOptions = {
    key: material.key,
    cert: material.certificate,
    minVersion: 'TLSv1.2',
    // A peer that renegotiates has us pay for handshake after handshake on one connection.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    requestCert: use === 'irc',
    // Its fingerprint is what counts, not who signed it.
    rejectUnauthorized: false,
  }
  attempt('the TLS key and certificate are of no use', () => createSecureContext(options))
  return options
}

/** What the handshake of this socket settled; only meaningful after it. */
export function tlsFacts(socket: TLSSocket): TlsFacts {
  const fingerprint = socket.getPeerX509Certificate()?.fingerprint256
  return {
    version: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    ...(fingerprint === undefined
      ? {}
      : { certificateFingerprint: fingerprint.replaceAll(':', '').toLowerCase() }),
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

function checkMaterial({ key, certificate }: TlsMaterial): void {
  const privateKey = attempt('the TLS key cannot be read', () => createPrivateKey(key))
  const chain = certificate.match(CERTIFICATE) ?? []
  const [leaf] = chain.map((pem, i) =>
    attempt(
      `TLS certificate ${i + 1} of ${chain.length} cannot be read`,
      () => new X509Certificate(pem),
    ),
  )
  if (leaf === undefined) throw new Error('the TLS certificate holds no PEM certificate')
  if (!leaf.checkPrivateKey(privateKey)) {
    throw new Error('the TLS key does not belong to the (first) TLS certificate')
  }
}

function attempt<T>(complaint: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw new Error(`${complaint}: ${errorText(error)}`, {
      cause: error,
    })
  }
}
