import { safeText } from './safe-text.ts'
import type { Say, WordKey } from './words.ts'

/** Why the server is away, as people say it; what we have no words for stays as it is. */
export function awayReason(reason: string, say: Say): string {
  const key = REASONS[reason]
  return key === undefined ? safeText(reason) : say(key)
}

// https://nodejs.org/api/tls.html#x509-certificate-error-codes
const REASONS: Readonly<Record<string, WordKey>> = {
  closed: 'brokenOff',
  ECONNRESET: 'brokenOff',
  ECONNREFUSED: 'nobodyAnswers',
  ETIMEDOUT: 'silentServer',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'otherCertificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'otherCertificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'otherCertificate',
  UNABLE_TO_GET_ISSUER_CERT: 'otherCertificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'otherCertificate',
}
