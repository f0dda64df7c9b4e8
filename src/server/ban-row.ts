import type { BanRow } from '../feed/view.ts'
import type { ServerBan } from '../state/server-ban.ts'

/** Names a ban for as long as it lasts: there is one at most of a kind and a mask. */
export function banId({ kind, mask }: Pick<ServerBan, 'kind' | 'mask'>): string {
  return `${kind}:${mask}`
}

/** What the monitor shows of a ban. */
export function banRow(ban: ServerBan): BanRow {
  return { id: banId(ban), ...ban }
}
