import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
} from 'react'
import { stripFormatting } from '../../../client/format.ts'
import type { Conversation } from '../../../client/model.ts'
import { isTooLong } from '../state/long-text.ts'
import { AnsweringBar } from './answering-bar.tsx'
import { useChat, useModel } from './chat-context.tsx'
import { CompletionList } from './completion-list.tsx'
import type { Answering } from './conversation-view.tsx'
import { EmojiPicker } from './emoji-picker.tsx'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { useCompletion } from './use-completion.ts'
import { useSend } from './use-send.ts'

interface ComposerProps {
  readonly conversation: Conversation
  readonly answering: Answering | undefined
  readonly onAnswered: () => void
}

/** The field in which one writes. What stands in it is kept as a draft. */
export function Composer(props: ComposerProps): ReactElement {
  const { t } = useSettings()
  const { conversation, answering, onAnswered } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useDraft(conversation, answering)
  const [picker, setPicker] = useState<HTMLElement>()
  const completion = useCompletion({ conversation: conversation.id, text, field, onText: setText })
  const submit = useSend(props, () => setText(''))
  const send = useCallback(() => submit(text), [submit, text])
  useGrowth(field, text)
  const isQueued = useModel((model) => model.connection.state !== 'online')
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {answering !== undefined && <AnsweringBar answering={answering} onCancel={onAnswered} />}
      <CompletionList completion={completion} />
      <div className="composer-box">
        <textarea
          ref={field}
          className="composer-field"
          data-composer=""
          rows={1}
          value={text}
          placeholder={t(isQueued ? 'writeLater' : 'write', { name: conversation.name })}
          aria-label={t('write', { name: conversation.name })}
          aria-autocomplete="list"
          aria-controls={completion.isOpen ? completion.id : undefined}
          aria-activedescendant={completion.activeId}
          enterKeyHint="send"
          onChange={({ target }) => setText(target.value)}
          onSelect={completion.onSelect}
          onBlur={completion.close}
          onPaste={usePasteOfLines()}
          onKeyDown={(event) => onKey(event, { completion, send, answering, onAnswered })}
        />
        <button
          type="button"
          className="button plain icon"
          aria-label={t('pickEmoji')}
          title={t('pickEmoji')}
          onClick={({ currentTarget }) => setPicker(currentTarget)}
        >
          <Icon name="smile" />
        </button>
        <button
          type="submit"
          className="button icon send"
          aria-label={t('send')}
          title={t('send')}
          disabled={text.trim() === ''}
        >
          <Icon name="send" />
        </button>
      </div>
      {picker !== undefined && (
        <EmojiPicker
          anchor={picker}
          onPick={(emoji) => {
            insert(field, emoji, setText)
          }}
          onClose={() => setPicker(undefined)}
        />
      )}
      <Length text={text} />
    </form>
  )
}

interface Keys {
  readonly completion: ReturnType<typeof useCompletion>
  readonly send: () => void
  readonly answering: Answering | undefined
  readonly onAnswered: () => void
}

function onKey(event: KeyboardEvent<HTMLTextAreaElement>, keys: Keys): void {
  const { completion, send, answering, onAnswered } = keys
  // Enter ends a syllable that is being put together: it sends nothing. Safari says 229 after it has ended.
  if (event.nativeEvent.isComposing || event.keyCode === 229) return
  if (completion.onKey(event)) return
  if (event.key === 'Enter' && !event.shiftKey && !isOnPhone()) {
    event.preventDefault()
    send()
  } else if (event.key === 'Escape' && answering !== undefined) {
    event.preventDefault()
    event.stopPropagation()
    onAnswered()
  } else if (event.key === 'ArrowUp' && event.currentTarget.value === '') {
    event.preventDefault()
    document.querySelector<HTMLElement>('[data-tab-stop]')?.focus()
  }
}

/** There, Enter is for a new line, and the button sends. */
function isOnPhone(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches
}

/** What stands in the field, which is told to the client at each stroke. An edit begins with the message, and gives the draft back. */
function useDraft(
  { id, draft }: Conversation,
  answering: Answering | undefined,
): readonly [string, (text: string) => void] {
  const { tell } = useChat()
  const [text, setText] = useState(draft)
  const edited = answering?.how === 'edit' ? answering.message : undefined
  const before = useRef<string | undefined>(undefined)
  const latest = useRef(text)
  latest.current = text
  useEffect(() => {
    if (edited !== undefined) {
      before.current ??= latest.current
      setText(stripFormatting(edited.text))
    } else if (before.current !== undefined) {
      setText(before.current)
      before.current = undefined
    }
  }, [edited])
  const change = useCallback(
    (next: string) => {
      setText(next)
      if (edited === undefined) tell({ kind: 'draft', conversation: id, text: next })
    },
    [tell, id, edited],
  )
  return [text, change]
}

function useGrowth(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current
    if (element === null) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [field, text])
}

/** Line ends of other systems, as they are written here. */
function usePasteOfLines(): (event: ClipboardEvent<HTMLTextAreaElement>) => void {
  return useCallback((event) => {
    const pasted = event.clipboardData.getData('text/plain')
    if (!pasted.includes('\r')) return
    event.preventDefault()
    // It goes on the list of what can be undone.
    document.execCommand('insertText', false, pasted.replaceAll(/\r\n?/g, '\n'))
  }, [])
}

function insert(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  onText: (text: string) => void,
): void {
  const element = field.current
  if (element === null) return
  const { selectionStart, selectionEnd, value } = element
  onText(value.slice(0, selectionStart) + text + value.slice(selectionEnd))
  requestAnimationFrame(() => {
    element.focus()
    element.setSelectionRange(selectionStart + text.length, selectionStart + text.length)
  })
}

function Length({ text }: { readonly text: string }): ReactElement {
  const { t } = useSettings()
  const limits = useModel((model) => model.server.limits)
  if (text.length < 400 || !isTooLong(text, limits)) return <></>
  return (
    <p className="composer-note" role="status">
      {t('willBeSplit')}
    </p>
  )
}
