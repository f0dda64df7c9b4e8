import { CAP, hasCap } from '../protocol/capabilities.ts'
import { isupportTokens } from '../protocol/isupport.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { CHANNEL_MODES, USER_MODES } from '../protocol/modes.ts'
import { created, isupport, myInfo, userModeIs, welcome, yourHost } from '../protocol/replies.ts'
import { packWords } from '../protocol/text-lines.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { metadataBurst } from './metadata-burst.ts'
import { lusersReply, motdReply } from './server-texts.ts'
import type { CommandContext, UserContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'

/** What a client hears first. https://modern.ircdocs.horse/#connection-registration */
export function* welcomeBurst(context: UserContext): Iterable<Effect> {
  const { server, user } = context
  yield numeric(welcome(server.networkName, user.source))
  yield numeric(yourHost(server.name, server.version))
  yield numeric(created(new Date(server.createdAtMs).toUTCString()))
  yield numeric(myInfo(server.name, server.version, MODE_LETTERS))
  yield* isupportReply(context)
  yield* lusersReply(context)
  yield* metadataBurst(context)
  yield* motdReply(context)
  yield numeric(userModeIs(`+${user.modes}`))
}

const channelModes = [...CHANNEL_MODES.values()]

const MODE_LETTERS = {
  user: USER_MODES.join(''),
  channel: letters(channelModes),
  withArgument: letters(channelModes.filter(({ kind }) => kind !== 'flag')),
}

function letters(rows: readonly { readonly mode: string }[]): string {
  return rows
    .map(({ mode }) => mode)
    .sort()
    .join('')
}

/** "the maximum number of RPL_ISUPPORT tokens that can be advertised is 13" */
const ISUPPORT_TOKENS = 13
/** `:`, ` 005 `, a space, ` :are supported by this server` and the line end. */
const ISUPPORT_FRAME_BYTES = 39

export function* isupportReply(context: CommandContext): Iterable<Effect> {
  const { server, session } = context
  const frame = ISUPPORT_FRAME_BYTES + server.name.length + utf8Length(session.user?.nick ?? '*')
  const lines = packWords(isupportTokens(server), MESSAGE_BYTES - frame, ISUPPORT_TOKENS)
  const effects = lines.map((line) => numeric(isupport(line.split(' '))))
  // https://ircv3.net/specs/extensions/extended-isupport: "MUST be sent in a draft/isupport batch"
  const { caps } = session
  if (hasCap(caps, CAP.extendedIsupport) && hasCap(caps, CAP.batch)) {
    yield { kind: 'batch', type: 'draft/isupport', params: [], effects }
  } else yield* effects
}
