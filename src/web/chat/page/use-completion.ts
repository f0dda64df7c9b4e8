import { useId, useState, type KeyboardEvent } from 'react'
import { completionsAt, type Completion } from '../../../client/complete.ts'
import { useChat } from './chat-context.tsx'

interface CompletionOptions {
  readonly conversation: string
  readonly text: string
  /** What the field is to hold, and where in it the cursor is to be. */
  readonly onComplete: (text: string, cursor: number) => void
}

export interface CompletionState {
  readonly id: string
  readonly isOpen: boolean
  readonly found: readonly Completion[]
  readonly active: number
  readonly activeId: string | undefined
  readonly pick: (completion: Completion) => void
  /** Whether the key was for the list. */
  readonly onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean
  /** The cursor is there now. */
  readonly onSelect: (at: number) => void
  readonly onTyped: (at: number) => void
  readonly close: () => void
}

/** Words that begin so open the list by themselves; for any other it is Tab that does. */
const SELF_OPENING = /(?:^|\s)(?:@\S*|#\S+|:[a-z_+-]{2,}|^\/\w*)$/

export function useCompletion({
  conversation,
  text,
  onComplete,
}: CompletionOptions): CompletionState {
  const { store } = useChat()
  const id = useId()
  const [at, setAt] = useState(0)
  const [active, setActive] = useState(0)
  const [mode, setMode] = useState<'auto' | 'asked' | 'closed'>('auto')
  const wanted = mode === 'asked' || (mode === 'auto' && SELF_OPENING.test(text.slice(0, at)))
  const model = store.model()
  const all = wanted && model !== undefined ? completionsAt(model, conversation, { text, at }) : []
  // What is written out already needs no list, and Enter sends it.
  const found = all.some((one) => isWrittenOut(one, text)) ? [] : all
  const isOpen = found.length > 0
  const pick = (completion: Completion): void => {
    const next = text.slice(0, completion.from) + completion.text + text.slice(completion.to)
    const cursor = completion.from + completion.text.length
    onComplete(next, cursor)
    setMode('closed')
    setAt(cursor)
  }
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const action = isOpen
      ? openAction(event, { found, active, setActive, pick, close: () => setMode('closed') })
      : closedAction(event, text, () => setMode('asked'))
    if (action === undefined) return false
    event.preventDefault()
    event.stopPropagation()
    action()
    return true
  }
  return {
    id,
    isOpen,
    found,
    active,
    activeId: isOpen ? `${id}-${active}` : undefined,
    pick,
    onKey,
    onSelect: setAt,
    onTyped(cursor) {
      setAt(cursor)
      setActive(0)
      setMode((before) => (before === 'closed' ? 'auto' : before))
    },
    close: () => setMode('closed'),
  }
}

function isWrittenOut({ text: whole, from, to }: Completion, text: string): boolean {
  return whole.trim().toLowerCase() === text.slice(from, to).toLowerCase()
}

interface OpenList {
  readonly found: readonly Completion[]
  readonly active: number
  readonly setActive: (index: number) => void
  readonly pick: (completion: Completion) => void
  readonly close: () => void
}

function openAction(
  { key, shiftKey }: KeyboardEvent,
  { found, active, setActive, pick, close }: OpenList,
): (() => void) | undefined {
  const chosen = found[active]
  const move = (step: number) => () => setActive((active + step + found.length) % found.length)
  switch (key) {
    case 'ArrowDown':
      return move(1)
    case 'ArrowUp':
      return move(-1)
    case 'Enter':
      return shiftKey || chosen === undefined ? undefined : () => pick(chosen)
    case 'Tab':
      return shiftKey || chosen === undefined ? undefined : () => pick(chosen)
    case 'Escape':
      return close
    default:
      return undefined
  }
}

/** Tab completes a word; with no word to complete it goes on to the next field, as everywhere. */
function closedAction(
  { key, shiftKey, currentTarget }: KeyboardEvent<HTMLTextAreaElement>,
  text: string,
  ask: () => void,
): (() => void) | undefined {
  const hasWord = /\S$/.test(text.slice(0, currentTarget.selectionStart))
  return key === 'Tab' && !shiftKey && hasWord ? ask : undefined
}
