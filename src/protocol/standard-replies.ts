import { repeated } from './repeated.ts'

/** https://ircv3.net/specs/extensions/standard-replies */
export interface StandardReply {
  readonly type: 'FAIL' | 'WARN' | 'NOTE'
  /** The command that it answers, or `*`. */
  readonly command: string
  readonly code: string
  readonly context: readonly string[]
  readonly text: string
}

export function fail(
  command: string,
  code: string,
  context: readonly string[],
  text: string,
): StandardReply {
  return { type: 'FAIL', command, code, context: context.map(repeated), text }
}

export function warn(
  command: string,
  code: string,
  context: readonly string[],
  text: string,
): StandardReply {
  return { type: 'WARN', command, code, context: context.map(repeated), text }
}

export function note(
  command: string,
  code: string,
  context: readonly string[],
  text: string,
): StandardReply {
  return { type: 'NOTE', command, code, context: context.map(repeated), text }
}
