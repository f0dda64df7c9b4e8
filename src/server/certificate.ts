import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { errorReason } from '../base/error-text.ts'
import type { TlsMaterial } from '../io/engine.ts'
import { writeNewFile } from './data-folder.ts'
import type { TlsFiles } from './settings.ts'
import { StartupError } from './startup-error.ts'

export interface Certificate {
  readonly material: TlsMaterial
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string
  /** Wall clock. */
  readonly expiresAtMs: number
}

/** What is wrong with a certificate or its key, and with which of the files. */
export class CertificateError extends StartupError {
  readonly file: keyof TlsFiles

  constructor(file: keyof TlsFiles, message: string) {
    super(message)
    this.file = file
  }
}

const LIFETIME_MS = 10 * 365 * 24 * 60 * 60_000

/**
 * Reads PEM files. Throws a CertificateError if one can't be read, is no PEM, or they do not belong together.
 * One that has expired is read all the same: whoever asks decides.
 */
export function readCertificate(files: TlsFiles): Certificate {
  const material = { certificate: contents(files, 'certificate'), key: contents(files, 'key') }
  const certificate = parsedCertificate(material.certificate, files)
  const key = parsedKey(material.key, files)
  if (!certificate.checkPrivateKey(key)) {
    throw new CertificateError('key', `${files.key} is not the key of ${files.certificate}`)
  }
  try {
    createSecureContext({ cert: material.certificate, key: material.key })
  } catch (error) {
    throw new CertificateError('certificate', `${files.certificate}: ${String(error)}`)
  }
  return {
    material,
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    expiresAtMs: Date.parse(certificate.validTo),
  }
}

/**
 * The certificate that Maru made for itself in the data folder. It is made when there is none or it has
 * expired, and kept otherwise, even under a new server name: people have pinned its fingerprint.
 */
export async function selfSignedCertificate(
  dataFolder: string,
  serverName: string,
  nowMs: number,
): Promise<Certificate> {
  const files = { certificate: join(dataFolder, 'tls.crt'), key: join(dataFolder, 'tls.key') }
  if (existsSync(files.certificate) && existsSync(files.key)) {
    const kept = readCertificate(files)
    if (kept.expiresAtMs > nowMs) return kept
  }
  // Loaded only when it is needed: it takes longer to load than to work.
  const { generate } = await import('selfsigned')
  const made = await generate([{ name: 'commonName', value: serverName }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A client's clock may be slow.
    notBeforeDate: new Date(nowMs - 24 * 60 * 60_000),
    notAfterDate: new Date(nowMs + LIFETIME_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: alternativeNames(serverName) },
    ],
  })
  // If the power fails in between, no key stands beside a certificate that is not its own.
  rmSync(files.certificate, { force: true })
  writeNewFile(files.key, made.private)
  writeNewFile(files.certificate, `${made.cert}\n`)
  return readCertificate(files)
}

function alternativeNames(serverName: string) {
  const names = [...new Set([serverName, 'localhost'])]
  return [
    ...names.map((value) => ({ type: 2 as const, value })),
    ...['127.0.0.1', '::1'].map((ip) => ({ type: 7 as const, ip })),
  ]
}

function contents(files: TlsFiles, which: keyof TlsFiles): string {
  try {
    return readFileSync(files[which], 'utf8')
  } catch (error) {
    throw new CertificateError(which, `can't read ${files[which]}: ${errorReason(error)}`)
  }
}

function parsedCertificate(pem: string, files: TlsFiles): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw new CertificateError('certificate', `${files.certificate} is not a PEM certificate`)
  }
}

function parsedKey(pem: string, files: TlsFiles): KeyObject {
  if (/ENCRYPTED/.test(pem)) {
    throw new CertificateError(
      'key',
      `${files.key} is locked with a passphrase; Maru needs one without`,
    )
  }
  try {
    return createPrivateKey(pem)
  } catch {
    throw new CertificateError('key', `${files.key} is not a PEM private key`)
  }
}
