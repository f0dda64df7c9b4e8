import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../base/error-text.ts'
import type { ChainEnd } from './audit-chain.ts'

const DIGITS = 16
const WRITTEN = /^(\d{16}) ([0-9a-f]{64})\n$/

/**
 * How far the audit goes, as a file beside the database says it: without it nobody could see that the
 * last records were cut off. Undefined: there is none, or it is damaged.
 */
export function readAuditHead(folder: string): ChainEnd | undefined {
  let text: string
  try {
    text = readFileSync(join(folder, 'audit.head'), 'latin1')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  const [, seq, hash] = WRITTEN.exec(text) ?? []
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash }
}

/** Always of the same length and written in place, so that no crash leaves half of it, and its owner stays. */
export function writeAuditHead(folder: string, { seq, hash }: ChainEnd): void {
  const path = join(folder, 'audit.head')
  const file = openToWrite(path)
  try {
    writeSync(file, `${String(seq).padStart(DIGITS, '0')} ${hash}\n`, 0)
  } finally {
    closeSync(file)
  }
}

function openToWrite(path: string): number {
  try {
    return openSync(path, 'r+')
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    return openSync(path, 'wx', 0o600)
  }
}
