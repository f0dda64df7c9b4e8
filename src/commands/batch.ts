/**
 * Messages of several lines: BATCH and the lines in it.
 * https://ircv3.net/specs/extensions/client-batch, https://ircv3.net/specs/extensions/multiline
 */
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { foldCase } from '../protocol/casemap.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { fail } from '../protocol/standard-replies.ts'
import { utf8Length } from '../protocol/utf8.ts'
import type { OpenBatch } from '../state/session.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { standard, type Effect } from './effect.ts'
import { clientMsgidOf } from './client-msgid.ts'
import { relayedTags, sayNamed } from './message.ts'

export const batchCommands: CommandGroup = {
  BATCH: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    syntax: 'BATCH +<reference> draft/multiline <target> | BATCH -<reference>',
    summary: 'Begins and ends a message of several lines, each with @batch=<reference>.',
    spec: 'https://ircv3.net/specs/extensions/multiline',
    run: batch,
  },
}

interface Fault {
  readonly code: string
  readonly words: readonly string[]
  readonly text: string
}

/**
 * Takes a line with a `batch` tag, whatever its command: it is no command of its own. Nothing is said
 * before the batch has ended; after a fault all of it is ignored.
 */
export function* collect(context: UserContext): Iterable<Effect> {
  const { session, message, params } = context
  const open = session.batch
  if (open?.refused === true) return
  const fault = placeFault(context, open) ?? textFault(context, open)
  if (fault !== undefined || open === undefined) {
    return yield* refuse(context, fault ?? invalid('No batch is open'))
  }
  const [, text = ''] = params
  open.command ??= message.command as NonNullable<OpenBatch['command']>
  open.bytes += addedBytes(context, open)
  open.lines.push({ text, concat: open.lines.length > 0 && isConcat(context) })
}

function batch(context: UserContext): Iterable<Effect> {
  const [reference = ''] = context.params
  if (reference.startsWith('+')) return begin(context, reference.slice(1))
  if (reference.startsWith('-')) return end(context, reference.slice(1))
  return refuse(context, invalidReference(reference))
}

function* begin(context: UserContext, reference: string): Iterable<Effect> {
  const { session, params, server, label, message, monotonicMs } = context
  const fault = beginningFault(context, reference)
  if (fault !== undefined) return yield* refuse(context, fault)
  const clientMsgid = clientMsgidOf(context)
  session.batch = {
    reference,
    target: params[2] ?? '',
    clientTags: relayedTags(message.tags, server),
    openedAtMs: monotonicMs,
    lines: [],
    bytes: 0,
    ...(label === undefined ? {} : { label }),
    ...(clientMsgid === undefined ? {} : { clientMsgid }),
  }
  // The answer to all of it comes with its end.
  yield { kind: 'label', label: undefined }
}

function beginningFault(context: UserContext, reference: string): Fault | undefined {
  const { session, params } = context
  const [, type = '', target = ''] = params
  const open = session.batch
  if (open !== undefined && open.refused !== true && !isLate(context, open)) {
    return invalid('Another batch is still open')
  }
  if (!REFERENCE.test(reference)) return invalidReference(reference)
  const { caps } = session
  const isKnown = hasCap(caps, CAP.multiline) && hasCap(caps, CAP.batch)
  if (!isKnown || type !== 'draft/multiline') {
    const text =
      'This type of batch is not known here, or draft/multiline and batch were not requested'
    return { code: 'UNKNOWN_TYPE', words: [reference, type], text }
  }
  return target === '' || target.includes(',') ? invalid('A batch has one target') : undefined
}

function* end(context: UserContext, reference: string): Iterable<Effect> {
  const { session, message, label } = context
  const open = session.batch
  if (open === undefined || (open.refused !== true && open.reference !== reference)) {
    return yield* refuse(context, invalid('No batch of this reference is open'))
  }
  const { refused, command, lines, target, clientTags } = open
  const fault = refused === true ? undefined : endingFault(context, open)
  if (fault !== undefined) yield* refuse(context, fault)
  delete session.batch
  if (refused === true || fault !== undefined || command === undefined) return
  // "Servers MUST only include the label tag on the opening BATCH command"
  yield { kind: 'label', label: open.label ?? label }
  const asMessage = { ...context, message: { ...message, command } }
  const speech = { command, lines, multiline: true, clientTags }
  yield* sayNamed(asMessage, target, speech, open.clientMsgid)
}

function endingFault(context: UserContext, open: OpenBatch): Fault | undefined {
  if (isLate(context, open)) return timeout(open)
  if (open.lines.every(({ text }) => text === '')) {
    return invalid('Invalid multiline batch with blank lines only')
  }
  return undefined
}

/** Says what is wrong, once: "all past and future messages in this batch will be ignored". */
function* refuse(context: UserContext, { code, words, text }: Fault): Iterable<Effect> {
  const { session, message, params, monotonicMs } = context
  if (session.batch?.label !== undefined) yield { kind: 'label', label: session.batch.label }
  const reference = message.tags?.get('batch') ?? params[0]?.slice(1) ?? ''
  const forgotten = { reference, target: '', clientTags: '', openedAtMs: monotonicMs }
  session.batch = { ...forgotten, lines: [], bytes: 0, refused: true }
  yield standard(fail('BATCH', code, words, text))
}

/** What is wrong with a line's place: its batch, its command, its target. */
function placeFault(context: UserContext, open: OpenBatch | undefined): Fault | undefined {
  const { message, params } = context
  const { command, tags } = message
  if (open?.reference !== tags?.get('batch')) return invalid('No batch of this reference is open')
  if (open === undefined) return undefined
  if (isLate(context, open)) return timeout(open)
  if (command !== 'PRIVMSG' && command !== 'NOTICE') {
    return invalid(`${command} can't be part of a batch`)
  }
  if (open.command !== undefined && open.command !== command) {
    return invalid('PRIVMSG and NOTICE in one batch')
  }
  const [target = ''] = params
  if (foldCase(target) === foldCase(open.target)) return undefined
  const words = [open.target, target]
  return { code: 'MULTILINE_INVALID_TARGET', words, text: 'Invalid multiline target' }
}

function textFault(context: UserContext, open: OpenBatch | undefined): Fault | undefined {
  const { user, message, params, server } = context
  const { multilineBytes, multilineLines } = server.limits.chat
  const [, text = ''] = params
  if (open === undefined) return undefined
  if (text === '' && isConcat(context)) {
    return invalid('Invalid multiline batch with concatenated blank line')
  }
  const frame = `:${user.source} ${message.command} +${open.target} :\r\n`
  if (utf8Length(frame) + utf8Length(text) > MESSAGE_BYTES) {
    return invalid('A line is too long to be passed on: split it, with draft/multiline-concat')
  }
  if (open.lines.length >= multilineLines) {
    return exceeded('MULTILINE_MAX_LINES', multilineLines, 'max-lines')
  }
  if (open.bytes + addedBytes(context, open) > multilineBytes) {
    return exceeded('MULTILINE_MAX_BYTES', multilineBytes, 'max-bytes')
  }
  return undefined
}

/** "Each line feed used to join line messages contributes one byte towards the max-bytes limit." */
function addedBytes(context: UserContext, { lines }: OpenBatch): number {
  const feed = lines.length === 0 || isConcat(context) ? 0 : 1
  return feed + utf8Length(context.params[1] ?? '')
}

function isConcat({ message }: UserContext): boolean {
  return message.tags?.has('draft/multiline-concat') === true
}

function isLate({ server, monotonicMs }: UserContext, { openedAtMs }: OpenBatch): boolean {
  return monotonicMs - openedAtMs > server.limits.chat.multilineMs
}

/** "Reference tag MUST contain only ASCII letters, numbers, and/or hyphen"; the length is Maru's. */
const REFERENCE = /^[A-Za-z\d-]{1,64}$/

function invalidReference(reference: string): Fault {
  const text = 'A reference has letters, digits and - alone, 64 at most, after a + or a -'
  return { code: 'INVALID_REFTAG', words: [reference], text }
}

function invalid(text: string): Fault {
  return { code: 'MULTILINE_INVALID', words: [], text }
}

function timeout({ reference }: OpenBatch): Fault {
  return { code: 'TIMEOUT', words: [reference], text: 'The batch was left open for too long' }
}

function exceeded(code: string, limit: number, name: string): Fault {
  return { code, words: [String(limit)], text: `Multiline batch ${name} exceeded` }
}
