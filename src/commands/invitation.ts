/** What an invitation's code is good for. docs/invitations.md */
import type { Language } from '../state/account.ts'
import { openedRoom } from '../state/evolve-invitation.ts'
import { invitationFor } from '../state/invitation.ts'
import type { CommandContext } from './command.ts'
import { event, reply, type Effect } from './effect.ts'

/** What is answered to a code that is wrong, used up or too old: which of these it is, nobody is told. */
export const BAD_INVITATION: {
  readonly code: string
  readonly words: Readonly<Record<Language, string>>
} = {
  code: 'INVALID_INVITATION',
  words: {
    en: 'This invitation is not good, or no longer: ask for another',
    ko: '초대 코드가 올바르지 않거나 더 이상 쓸 수 없습니다. 새 초대를 요청해 주세요',
  },
}

export function isInvited({ network, nowMs }: CommandContext, hash: string): boolean {
  return invitationFor(network, hash, nowMs) !== undefined
}

/**
 * Somebody has made an account with it, in the same commit: it counts down, and its room is open to the
 * account. `account`: its key.
 */
export function* useInvitation(
  context: CommandContext,
  hash: string,
  account: string,
): Iterable<Effect> {
  const { network, nowMs, user } = context
  const invitation = invitationFor(network, hash, nowMs)
  if (invitation === undefined) return
  yield event({ kind: 'invitationUsed', invitation, account })
  const channel = openedRoom(network, invitation.room)
  if (channel === undefined) return
  const mask = `~a:${account}`
  const { listEntries } = context.server.limits.chat
  const isListed = channel.lists.I.some((entry) => entry.mask === mask)
  if (!isListed && channel.lists.I.length < listEntries) {
    const changes = [{ sign: '+', mode: 'I', argument: mask }] as const
    yield event({ kind: 'channelModesChanged', channel, changes })
  }
  if (user !== undefined) yield reply('INVITE', [user.nick, channel.name])
}
