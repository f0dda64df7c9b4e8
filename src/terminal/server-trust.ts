import { connect } from 'node:tls'
import type { PeerCertificate } from 'node:tls'

/** Options of a TLS connection: nothing for those whom the system trusts, else the one certificate that we know. */
export interface ServerTrust {
  readonly ca?: string
  readonly allowPartialTrustChain?: true
  readonly checkServerIdentity?: (host: string, certificate: PeerCertificate) => Error | undefined
}

export type SeenServer =
  | { readonly kind: 'trusted' }
  | { readonly kind: 'unknown'; readonly fingerprint: string; readonly trust: ServerTrust }
  | { readonly kind: 'away'; readonly error: Error }

const PATIENCE_MS = 10_000

/** Looks at the certificate of a server, and sends nothing. */
export function seeServer({ hostname, port }: URL): Promise<SeenServer> {
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port === '' ? '443' : port),
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
      timeout: PATIENCE_MS,
    })
    const finish = (seen: SeenServer): void => {
      socket.destroy()
      resolve(seen)
    }
    socket.on('secureConnect', () => {
      const certificate = socket.getPeerCertificate()
      finish(socket.authorized ? { kind: 'trusted' } : unknown(certificate))
    })
    socket.on('timeout', () => finish({ kind: 'away', error: new Error('no answer') }))
    socket.on('error', (error) => finish({ kind: 'away', error }))
  })
}

function unknown({ raw, fingerprint256 }: PeerCertificate): SeenServer {
  const base64 = raw.toString('base64')
  const ca = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`
  const trust: ServerTrust = {
    ca,
    allowPartialTrustChain: true,
    // Whatever name it bears: it is the very certificate that was agreed to.
    checkServerIdentity: (host, certificate) =>
      certificate.fingerprint256 === fingerprint256
        ? undefined
        : new Error(`the certificate of ${host} has changed`),
  }
  return { kind: 'unknown', fingerprint: fingerprint256, trust }
}
