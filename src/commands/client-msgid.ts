/** maru.chat/client-msgid: a message that is sent again is not said again. docs/client-msgid.md */
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { foldCase } from '../protocol/casemap.ts'
import { contentDigest } from '../protocol/content-digest.ts'
import { fail } from '../protocol/standard-replies.ts'
import { utf8Length } from '../protocol/utf8.ts'
import type { Said } from '../state/message-event.ts'
import { sentBefore, type ClientMsgid } from '../state/sent.ts'
import type { CommandContext, UserContext } from './command.ts'
import { standard, wait, type Effect } from './effect.ts'

/** The value of the tag, when it counts. */
export function clientMsgidOf({ session, message }: CommandContext): string | undefined {
  if (!hasCap(session.caps, CAP.clientMsgid)) return undefined
  return message.tags?.get('maru.chat/client-msgid')
}

type Content = Pick<Said, 'command' | 'lines' | 'clientTags'>

/** What is said once, whoever may send it again. */
export interface Saying {
  readonly id: string
  readonly target: string
  readonly content: Content
  /** For the first time. */
  readonly say: (clientMsgid: ClientMsgid) => Iterable<Effect>
  /** As it was said before; undefined when its target isn't there any more. */
  readonly again: (msgid: string) => Said | undefined
}

export function* sayOnce(context: UserContext, saying: Saying): Iterable<Effect> {
  const { network, user } = context
  const { id, target, content } = saying
  const fault = faultOf(context, saying)
  if (fault !== undefined) return yield refusal('INVALID_CLIENT_MSGID', saying, fault)
  const digest = digestOf(target, content)
  const known = sentBefore(network, user.person, id)
  if (known === undefined) return yield* saying.say({ id, digest })
  if (known.digest !== digest) {
    const text = 'You have called another message so'
    return yield refusal('CLIENT_MSGID_REUSED', saying, text)
  }
  // It may be on its way to the log, which may refuse it: then it is said now.
  yield wait(async ({ history }) => {
    await history.settled()
    return sentBefore(network, user.person, id) === undefined
      ? saying.say({ id, digest })
      : echoAgain(context, saying)
  })
}

function* echoAgain(context: UserContext, saying: Saying): Iterable<Effect> {
  const known = sentBefore(context.network, context.user.person, saying.id)
  if (known === undefined) return
  const said = saying.again(known.msgid)
  if (said !== undefined) return yield { kind: 'echo', said, timeMs: known.timeMs }
  const { command } = saying.content
  const text = 'It was said; where it was said is no longer there'
  yield standard({
    ...fail(command, 'CLIENT_MSGID_KNOWN', [saying.id, known.msgid], text),
    type: 'NOTE',
  })
}

function faultOf({ network, server }: UserContext, { id, target }: Saying): string | undefined {
  const { clientMsgidBytes, clientMsgidEntries } = server.limits.chat
  const length = utf8Length(id)
  if (target.includes(',')) return 'Such a message has one target'
  if (length < LEAST_BYTES || length > clientMsgidBytes) {
    return `It must have ${LEAST_BYTES} to ${clientMsgidBytes} bytes`
  }
  if (!/^[!-~]+$/.test(id)) return 'It must be of visible ASCII characters'
  if (network.sent.size >= clientMsgidEntries) return 'The server knows too many already'
  return undefined
}

/** Guests' names are told apart by themselves: short ones would be taken twice. */
const LEAST_BYTES = 16

function refusal(code: string, { id, content }: Saying, text: string): Effect {
  return standard(fail(content.command, code, [id], text))
}

function digestOf(target: string, { command, lines, clientTags }: Content): string {
  const texts = lines.flatMap(({ text, concat }) => [text, concat ? '+' : ''])
  return contentDigest([foldCase(target), command, clientTags, ...texts])
}
