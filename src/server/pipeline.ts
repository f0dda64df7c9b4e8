import { runCommand } from '../commands/run.ts'
import type { CommandContext, CommandCount } from '../commands/command.ts'
import type { Effect } from '../commands/effect.ts'
import { standard } from '../commands/effect.ts'
import type { Completion, LineFault } from '../io/engine.ts'
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { inputTooLong } from '../protocol/errors.ts'
import { lengthFault } from '../protocol/line-length.ts'
import { parseMessage, type Message } from '../protocol/message.ts'
import { fail } from '../protocol/standard-replies.ts'
import { utf8Length } from '../protocol/utf8.ts'
import type { Session } from '../state/session.ts'
import { applyEffect } from './apply.ts'
import type { Core } from './core.ts'
import { admit, release } from './admission.ts'
import { openResponse, type Response } from './response.ts'
import { forgetSession, openSession, sendResponse } from './sessions.ts'

/** Takes the finished work off the engine's queue. */
export function handleCompletions(core: Core, batch: readonly Completion[]): void {
  for (const completion of batch) {
    if (completion.kind === 'opened') {
      admit(core, openSession(core, completion))
      continue
    }
    const session = core.network.sessions.get(completion.connection)
    if (session === undefined) continue
    if (completion.kind === 'closed') {
      release(core, session)
      forgetSession(core, session, completion)
    } else if (completion.kind === 'lines') {
      for (const line of completion.lines) handleLine(core, session, line)
    } else if (completion.kind === 'slowed') core.slowed(session, completion.why)
    else if (!session.closing) refuseLine(core, session, completion.fault)
  }
}

/** line → message → command → effects → state and bytes: the whole server, read top to bottom. */
export function handleLine(core: Core, session: Session, line: string): void {
  if (session.closing) return
  if (session.waiting !== undefined) {
    session.waiting.push(line)
    return
  }
  session.lastLineMs = core.clock.monotonic()
  if (lengthFault(line)) return refuseLine(core, session, 'lineTooLong')
  const message = parseMessage(line)
  if (message === undefined) return
  count(core, message.command, line.length)
  const response = openResponse(session, labelOf(session, message))
  run(core, response, line, () => runCommand(contextOf(core, session, message, response.label)))
}

function contextOf(
  core: Core,
  session: Session,
  message: Message,
  label: string | undefined,
): CommandContext {
  return {
    server: core.server,
    network: core.network,
    session,
    user: session.user,
    message,
    params: message.params,
    label,
    nowMs: core.clock.now(),
    monotonicMs: core.clock.monotonic(),
    newMsgid: core.newMsgid,
    table: core.table,
    counts: core.counts,
    process: core,
  }
}

/** Carries out effects one by one; a bug costs the command and is logged, and the client is told so. */
function run(core: Core, response: Response, line: string, effects: () => Iterable<Effect>): void {
  const { session } = response
  try {
    for (const effect of effects()) {
      if (effect.kind === 'wait') return wait(core, response, line, effect)
      if (effect.kind === 'later') later(core, session, line, effect)
      else applyEffect(core, effect, response)
    }
  } catch (bug) {
    core.log.error('command failed', { command: commandOf(line), error: describe(bug) })
    const text = 'Something went wrong on the server'
    applyEffect(core, { kind: 'standard', reply: fail('*', 'INTERNAL_ERROR', [], text) }, response)
  }
  if (!session.closing) sendResponse(core, response)
}

/** What comes of it is no answer any more. */
function later(
  core: Core,
  session: Session,
  line: string,
  { until }: Extract<Effect, { kind: 'later' }>,
): void {
  const goOn = (effects: () => Iterable<Effect>): void => {
    if (session.closing) return
    core.clock.tick()
    run(core, openResponse(session, undefined), line, effects)
  }
  until(core.asks).then(
    (effects) => goOn(() => effects),
    (bug: unknown) =>
      goOn(() => {
        throw bug
      }),
  )
}

type Wait = Extract<Effect, { kind: 'wait' }>

/** The session's next lines wait, so that they are carried out in order; nobody else's do. */
function wait(core: Core, response: Response, line: string, { until }: Wait): void {
  const { session } = response
  const waiting: string[] = []
  session.waiting = waiting
  const goOn = (effects: () => Iterable<Effect>): void => {
    if (session.closing) return
    delete session.waiting
    core.clock.tick()
    run(core, response, line, effects)
    // One of them may wait for something of its own: then the rest go on waiting.
    for (const next of waiting) handleLine(core, session, next)
  }
  until(core.asks).then(
    (effects) => goOn(() => effects),
    (bug: unknown) =>
      goOn(() => {
        throw bug
      }),
  )
}

function labelOf(session: Session, { tags }: Message): string | undefined {
  const label = tags?.get('label')
  if (label === undefined || label === '' || utf8Length(label) > MAX_LABEL_BYTES) return undefined
  return hasCap(session.caps, CAP.labeledResponse) ? label : undefined
}

/** https://ircv3.net/specs/extensions/labeled-response: "clients MUST NOT use labels longer than 64 bytes" */
const MAX_LABEL_BYTES = 64

function count(core: Core, command: string, bytes: number): void {
  const entry = core.counts.get(command) ?? countOf(core, core.table.has(command) ? command : '*')
  entry.uses++
  entry.bytes += bytes
}

function countOf({ counts }: Core, name: string): CommandCount {
  const known = counts.get(name)
  if (known !== undefined) return known
  const entry = { uses: 0, bytes: 0 }
  counts.set(name, entry)
  return entry
}

function refuseLine(core: Core, session: Session, fault: LineFault): void {
  const response = openResponse(session, undefined)
  for (const effect of refusalOf(fault)) applyEffect(core, effect, response)
  sendResponse(core, response)
}

function refusalOf(fault: LineFault): Effect[] {
  switch (fault) {
    case 'lineTooLong':
      return [{ kind: 'numeric', numeric: inputTooLong() }]
    case 'invalidUtf8':
      // https://ircv3.net/specs/extensions/utf8-only
      return [
        standard(
          fail(
            '*',
            'INVALID_UTF8',
            [],
            'Message rejected, your IRC software MUST use UTF-8 encoding on this network',
          ),
        ),
      ]
    case 'forbiddenByte':
      return [
        standard(
          fail('*', 'INVALID_MESSAGE', [], 'Message rejected: NUL and lone CR are not allowed'),
        ),
      ]
    default:
      return fault satisfies never
  }
}

/** Never the parameters: they may be secrets, or what people wrote. */
function commandOf(line: string): string {
  return parseMessage(line)?.command ?? '*'
}

function describe(bug: unknown): string {
  return bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)
}
