/**
 * The capabilities that Maru knows, one bit each, so that what a client has is one number.
 * https://ircv3.net/registry
 */
export const CAP = {
  messageTags: 1 << 0,
  serverTime: 1 << 1,
  accountTag: 1 << 2,
  batch: 1 << 3,
  labeledResponse: 1 << 4,
  echoMessage: 1 << 5,
  accountNotify: 1 << 6,
  extendedJoin: 1 << 7,
  awayNotify: 1 << 8,
  chghost: 1 << 9,
  setname: 1 << 10,
  inviteNotify: 1 << 11,
  multiPrefix: 1 << 12,
  userhostInNames: 1 << 13,
  noImplicitNames: 1 << 14,
  standardReplies: 1 << 15,
  extendedMonitor: 1 << 16,
  multiline: 1 << 17,
  extendedIsupport: 1 << 18,
  preAway: 1 << 19,
  capNotify: 1 << 20,
  channelRename: 1 << 21,
  messageRedaction: 1 << 22,
  chathistory: 1 << 23,
  eventPlayback: 1 << 24,
  readMarker: 1 << 25,
  search: 1 << 26,
  zncPlayback: 1 << 27,
  sasl: 1 << 28,
  accountRegistration: 1 << 29,
  metadata: 1 << 30,
  clientMsgid: 1 << 31,
  /** Nobody has it: it is announced only. */
  sts: 0,
} as const

/** A set of `CAP` bits. */
export type Capabilities = number

export interface CapabilityRow {
  readonly name: string
  readonly bit: Capabilities
  /** `sts` is announced and can't be requested. https://ircv3.net/specs/extensions/sts */
  readonly announcedOnly?: true
  /** Not offered when nothing is kept. */
  readonly needsLog?: true
  /** Not offered when there are no accounts. */
  readonly needsAccounts?: true
}

/** In the order of CAP LS. */
export const CAPABILITIES: readonly CapabilityRow[] = [
  { name: 'account-notify', bit: CAP.accountNotify },
  { name: 'account-tag', bit: CAP.accountTag },
  { name: 'away-notify', bit: CAP.awayNotify },
  { name: 'batch', bit: CAP.batch },
  { name: 'cap-notify', bit: CAP.capNotify },
  { name: 'chghost', bit: CAP.chghost },
  { name: 'draft/account-registration', bit: CAP.accountRegistration, needsAccounts: true },
  { name: 'draft/channel-rename', bit: CAP.channelRename },
  { name: 'draft/chathistory', bit: CAP.chathistory, needsLog: true },
  { name: 'draft/event-playback', bit: CAP.eventPlayback, needsLog: true },
  { name: 'draft/extended-isupport', bit: CAP.extendedIsupport },
  { name: 'draft/message-redaction', bit: CAP.messageRedaction, needsLog: true },
  { name: 'draft/metadata-2', bit: CAP.metadata },
  { name: 'draft/multiline', bit: CAP.multiline },
  { name: 'draft/no-implicit-names', bit: CAP.noImplicitNames },
  { name: 'draft/pre-away', bit: CAP.preAway },
  { name: 'draft/read-marker', bit: CAP.readMarker, needsLog: true },
  { name: 'echo-message', bit: CAP.echoMessage },
  { name: 'extended-join', bit: CAP.extendedJoin },
  { name: 'extended-monitor', bit: CAP.extendedMonitor },
  { name: 'invite-notify', bit: CAP.inviteNotify },
  { name: 'labeled-response', bit: CAP.labeledResponse },
  { name: 'maru.chat/client-msgid', bit: CAP.clientMsgid, needsLog: true },
  { name: 'message-tags', bit: CAP.messageTags },
  { name: 'multi-prefix', bit: CAP.multiPrefix },
  { name: 'no-implicit-names', bit: CAP.noImplicitNames },
  { name: 'sasl', bit: CAP.sasl, needsAccounts: true },
  { name: 'server-time', bit: CAP.serverTime },
  { name: 'setname', bit: CAP.setname },
  { name: 'soju.im/search', bit: CAP.search, needsLog: true },
  { name: 'standard-replies', bit: CAP.standardReplies },
  { name: 'sts', bit: CAP.sts, announcedOnly: true },
  { name: 'userhost-in-names', bit: CAP.userhostInNames },
  { name: 'znc.in/playback', bit: CAP.zncPlayback, needsLog: true },
]

const BY_NAME = new Map(CAPABILITIES.map((row) => [row.name, row]))

export function findCapability(name: string): CapabilityRow | undefined {
  return BY_NAME.get(name)
}

export function hasCap(caps: Capabilities, bit: Capabilities): boolean {
  return (caps & bit) !== 0
}
