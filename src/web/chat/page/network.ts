import { createChatStore, type ChatStore } from './chat-store.ts'
import { forgetIdentity, rememberedIdentity, settingsOf, type Identity } from './identity.ts'
import { openWorkerLink, type WorkerLink } from './worker-link.ts'

/** What is behind the page: the network in its worker, and what is known of it here. */
export interface Network {
  readonly store: ChatStore
  readonly link: WorkerLink
  readonly begin: (identity: Identity) => void
  readonly leave: () => void
}

/** Who is remembered comes in by themselves, unless the worker has somebody already. */
export function openNetwork(): Network {
  const store = createChatStore()
  const link = openWorkerLink((message) => {
    if (message.kind === 'changes') return store.apply(message.changes)
    const identity = rememberedIdentity()
    if (identity === undefined) return store.clear()
    return link.begin(settingsOf(identity))
  })
  return {
    store,
    link,
    begin: (identity) => link.begin(settingsOf(identity)),
    leave() {
      forgetIdentity()
      link.end()
    },
  }
}
