/** Who is typing, and that we are. https://ircv3.net/specs/client-tags/typing */
import { foldName, hasCap, send, store, type Core } from './core.ts'
import type { Typist } from './model.ts'
import { MOST } from './most.ts'

const ACTIVE_MS = 6000
const PAUSED_MS = 30_000

export function takeTyping(core: Core, id: string, nick: string, state: string): void {
  const key = foldName(core, nick)
  if (state !== 'active' && state !== 'paused') return stopTyping(core, id, key)
  if (key === core.view.parts.self.key) return
  const others = (core.view.typing.get(id) ?? []).filter((typist) => typist.key !== key)
  if (others.length >= MOST.typists) return
  core.view.typing.set(id, [...others, { nick, key, state }])
  const untilMs = core.clock.monotonic() + (state === 'active' ? ACTIVE_MS : PAUSED_MS)
  core.timers.set(`typist:${id} ${key}`, untilMs, () => stopTyping(core, id, key))
}

export function stopTyping(core: Core, id: string, key: string): void {
  const typists = core.view.typing.get(id)
  if (typists === undefined || !typists.some((typist) => typist.key === key)) return
  core.timers.clear(`typist:${id} ${key}`)
  const rest: Typist[] = typists.filter((typist) => typist.key !== key)
  if (rest.length === 0) core.view.typing.delete(id)
  else core.view.typing.set(id, rest)
}

/** "typing notification is not sent within 3 seconds of another one for a given target" */
const THROTTLE_MS = 3000
const DRAFT_MS = 1000

/** What the field holds: kept as the draft, and told to others as far as they may know. */
export function takeDraft(core: Core, id: string, text: string): void {
  const conversation = core.view.conversations.get(id)
  if (conversation === undefined || conversation.draft === text) return
  const wasEmpty = conversation.draft === ''
  const draft = text.slice(0, MOST.textCharacters)
  core.view.conversations.set(id, { ...conversation, draft })
  if (!core.timers.has(`draft:${id}`)) {
    core.timers.set(`draft:${id}`, core.clock.monotonic() + DRAFT_MS, () => keepDraft(core, id))
  }
  if (core.settings.showsTyping === 'no' || !hasCap(core, 'message-tags')) return
  if (conversation.standing !== 'joined' || text.startsWith('/')) return
  const state = text === '' ? 'done' : 'active'
  const timer = `typing:${id}`
  if (core.timers.has(timer) || (state === 'done' && wasEmpty)) return
  core.timers.set(timer, core.clock.monotonic() + THROTTLE_MS, () => {})
  send(core, { command: 'TAGMSG', params: [conversation.name], tags: [['+typing', state]] })
}

export function clearDraft(core: Core, id: string): void {
  const conversation = core.view.conversations.get(id)
  if (conversation === undefined || conversation.draft === '') return
  core.view.conversations.set(id, { ...conversation, draft: '' })
  core.timers.clear(`draft:${id}`)
  store(core, `draft:${id}`, undefined)
}

function keepDraft(core: Core, id: string): void {
  const draft = core.view.conversations.get(id)?.draft
  // A command may hold a password.
  const isKept = draft !== undefined && draft !== '' && !draft.startsWith('/')
  store(core, `draft:${id}`, isKept ? draft : undefined)
}
