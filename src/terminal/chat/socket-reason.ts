import { errorCode, errorText } from '../../base/error-text.ts'
import type { ChatWord } from './chat-words.ts'

/** What ended a connection: in a word of ours where there is one, else in those of the system. */
export function socketReason(error: Error): string {
  // Of several addresses of a host, the reason of the last one.
  const last: unknown = error instanceof AggregateError ? error.errors.at(-1) : error
  return REASONS[errorCode(last) ?? ''] ?? errorText(last)
}

const REASONS: Readonly<Record<string, ChatWord>> = {
  ECONNREFUSED: 'socketRefused',
  ECONNRESET: 'troubleBroken',
  EPIPE: 'troubleBroken',
  ETIMEDOUT: 'socketSilent',
  ENETUNREACH: 'socketNoWay',
  EHOSTUNREACH: 'socketNoWay',
  ENETDOWN: 'socketNoWay',
  ENOTFOUND: 'socketNoName',
  EAI_AGAIN: 'socketNoName',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'socketUnvouched',
  SELF_SIGNED_CERT_IN_CHAIN: 'socketUnvouched',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'socketUnvouched',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'socketUnvouched',
  ERR_TLS_CERT_ALTNAME_INVALID: 'socketUnvouched',
  CERT_HAS_EXPIRED: 'socketExpired',
}
