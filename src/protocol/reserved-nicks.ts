import { skeletonKey } from './skeleton.ts'

/** Nicks that speak for the network: its services, whether Maru has them or people know them from elsewhere. */
export const SERVICE_NICKS = [
  'AuthServ',
  'BotServ',
  'ChanServ',
  'Global',
  'HelpServ',
  'HistServ',
  'HostServ',
  'InfoServ',
  'MemoServ',
  'NickServ',
  'OperServ',
  'RootServ',
  'SaslServ',
  'Services',
  'StatServ',
] as const

/**
 * Whether the nick is a service's or could be taken for it. Stricter than `collides`, as passwords are
 * sent to these: in ASCII too looks decide (`N1ckServ`), and `rn` is `m`, `vv` is `w`, `5` is `s`.
 */
export function isReservedNick(nick: string): boolean {
  return RESERVED.has(strictLook(nick))
}

const RESERVED: ReadonlySet<string> = new Set(SERVICE_NICKS.map((nick) => strictLook(nick)))

function strictLook(nick: string): string {
  return skeletonKey(nick).replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('5', 's')
}
