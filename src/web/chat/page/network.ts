import type { Model } from '../../../client/model.ts'
import { createChatStore, type ChatStore } from './chat-store.ts'
import {
  forgetIdentity,
  isComplete,
  rememberedIdentity,
  settingsOf,
  type Identity,
} from './identity.ts'
import { openWorkerLink, type WorkerLink } from './worker-link.ts'

/** What is behind the page: the network in its worker, and what is known of it here. */
export interface Network {
  readonly store: ChatStore
  readonly link: WorkerLink
  /** `password`: of the account, where somebody has just typed it. */
  readonly begin: (identity: Identity, password?: string) => void
  /** This browser isn't logged in any more. */
  readonly leave: () => void
  /** Somebody who is remembered waits for their own name: a page that was closed just now may have it still. */
  readonly isComingBack: (model: Model) => boolean
}

const AGAIN_MS = 500
const MOST_TIMES = 12

/** Who is remembered comes in by themselves, unless the worker has somebody already. */
export function openNetwork(): Network {
  const store = createChatStore()
  let times = 0
  const link = openWorkerLink((message) => {
    if (message.kind === 'changes') return store.apply(message.changes)
    const identity = rememberedIdentity()
    if (identity === undefined || !isComplete(identity)) return store.clear()
    times = MOST_TIMES
    return link.begin(settingsOf(identity))
  }, store.onceShown)
  const isComingBack = ({ connection: { question } }: Model): boolean =>
    times > 0 && question?.kind === 'nick' && question.taken === rememberedIdentity()?.nick
  store.onApplied((before, after) => {
    if (after.connection.state === 'online') times = 0
    if (before.connection === after.connection || !isComingBack(after)) return
    const nick = after.connection.question?.kind === 'nick' ? after.connection.question.taken : ''
    times--
    setTimeout(() => link.tell({ kind: 'chooseNick', nick }), AGAIN_MS)
  })
  return {
    store,
    link,
    begin(identity, password) {
      times = 0
      link.begin(settingsOf(identity, password))
    },
    leave() {
      times = 0
      const { device } = rememberedIdentity() ?? {}
      if (device !== undefined) link.tell({ kind: 'dropAppPassword', label: device.label })
      forgetIdentity()
      link.end()
    },
    isComingBack,
  }
}
