import { useEffect } from 'react'
import type { Model } from '../../../client/model.ts'
import { callsIn } from '../state/attention.ts'
import { sortedConversations } from '../state/conversation-list.ts'
import { useChat, type Chat } from './chat-context.tsx'

/** The keys of the page: each is on the sheet that Ctrl+/ shows. */
export function useShortcuts(): void {
  const chat = useChat()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || document.querySelector('dialog[open]') !== null) return
      const run = shortcutOf(event, chat)
      if (run === undefined) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [chat])
}

function shortcutOf(event: KeyboardEvent, chat: Chat): (() => void) | undefined {
  const isCommand = event.ctrlKey || event.metaKey
  if (isCommand && !event.altKey) return commandOf(event, chat)
  if (event.altKey && !isCommand) return wayOf(event, chat)
  if (event.key === 'Escape') return wayOut(chat)
  return typedAnywhere(event)
}

function commandOf({ key, shiftKey }: KeyboardEvent, chat: Chat): (() => void) | undefined {
  const keys: Readonly<Record<string, () => void>> = {
    k: () => chat.open({ kind: 'switcher' }),
    '/': () => chat.open({ kind: 'shortcuts' }),
    ',': () => chat.open({ kind: 'settings' }),
  }
  const withShift: Readonly<Record<string, () => void>> = {
    f: () => chat.searchFor(''),
    m: () => chat.showPanel(chat.panel === 'mentions' ? undefined : 'mentions'),
    u: () => chat.showPanel(chat.panel === 'members' ? undefined : 'members'),
    l: () => chat.open({ kind: 'directory' }),
  }
  const name = key.toLowerCase()
  const found = shiftKey ? withShift : keys
  return Object.hasOwn(found, name) ? found[name] : undefined
}

/** To the conversation above or below, with Shift to one in which something is unread. */
function wayOf({ key, shiftKey }: KeyboardEvent, chat: Chat): (() => void) | undefined {
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined
  const model = chat.store.model()
  const name =
    model === undefined
      ? undefined
      : neighbour(model, chat.place?.name, {
          step: key === 'ArrowDown' ? 1 : -1,
          among: shiftKey ? 'unread' : 'all',
        })
  return name === undefined ? undefined : () => chat.go({ name })
}

function neighbour(
  model: Model,
  from: string | undefined,
  { step, among }: { readonly step: 1 | -1; readonly among: 'all' | 'unread' },
): string | undefined {
  const all = sortedConversations(model.conversations.values())
  const at = all.findIndex(({ name }) => name.toLowerCase() === from?.toLowerCase())
  for (let count = 1; count <= all.length; count++) {
    const one = all[(at + step * count + all.length * 2) % all.length]
    if (one === undefined) continue
    if (among === 'all' || one.unread > 0 || callsIn(one) > 0) return one.name
  }
  return undefined
}

function wayOut(chat: Chat): (() => void) | undefined {
  if (chat.isListOpen) return () => chat.setListOpen(false)
  const isBeside = matchMedia('(min-width: 1080px)').matches && chat.panel === 'members'
  return chat.panel === undefined || isBeside ? undefined : () => chat.showPanel(undefined)
}

/** Where keys have a meaning of their own. */
const OWN_KEYS = 'input, textarea, select, [data-message], [popover]'

/** Who begins to type wants to write: the focus goes to the field before the letter does. */
function typedAnywhere({ target, key }: KeyboardEvent): undefined {
  const isLetter = (key.length === 1 && key !== ' ') || key === 'Process'
  if (!isLetter || !(target instanceof Element) || target.closest(OWN_KEYS) !== null) return
  document.querySelector<HTMLElement>('[data-composer]')?.focus()
}
