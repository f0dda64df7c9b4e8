import { CAP, type Capabilities } from '../protocol/capabilities.ts'

/** The capabilities that change what a client gets to see of an event. */
const VISIBLE =
  CAP.messageTags |
  CAP.serverTime |
  CAP.accountTag |
  CAP.batch |
  CAP.accountNotify |
  CAP.extendedJoin |
  CAP.awayNotify |
  CAP.chghost |
  CAP.setname |
  CAP.inviteNotify |
  CAP.extendedMonitor |
  CAP.multiline |
  CAP.channelRename |
  CAP.messageRedaction

/** Keeps every class apart from the stranger's, which is 0. */
const REGISTERED = 1 << 30

/** A delivery class is the set of capabilities that it stands for, and `REGISTERED`. */
export function deliveryClassOf(caps: Capabilities): number {
  return (caps & VISIBLE) | REGISTERED
}
