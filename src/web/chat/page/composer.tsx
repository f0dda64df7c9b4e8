import {
  useCallback,
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
import { isOnPhone } from './is-on-phone.ts'
import { useCompletion, type CompletionState } from './use-completion.ts'
import { useSend } from './use-send.ts'

interface ComposerProps {
  readonly conversation: Conversation
  readonly answering: Answering | undefined
  readonly onAnswered: () => void
}

/** The field in which one writes. What stands in it is kept as a draft. */
export function Composer(props: ComposerProps): ReactElement {
  const { conversation, answering, onAnswered } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useDraft(conversation, answering)
  const putText = useCursor(field, text, setText)
  const completion = useCompletion({ conversation: conversation.id, text, onComplete: putText })
  const submit = useSend(props, () => setText(''))
  const send = (): void => submit(text)
  useGrowth(field, text)
  useFocus(field)
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
        <Field
          field={field}
          name={conversation.name}
          text={text}
          onText={setText}
          completion={completion}
          onKeyDown={(event) => onKey(event, { completion, send, answering, onAnswered })}
        />
        <Buttons hasText={text.trim() !== ''} onEmoji={(emoji) => insert(field, emoji, putText)} />
      </div>
      <Length text={text} />
    </form>
  )
}

interface FieldProps {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly name: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly completion: CompletionState
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void
}

function Field(props: FieldProps): ReactElement {
  const { field, name, text, onText, completion, onKeyDown } = props
  const { t } = useSettings()
  const isQueued = useModel((model) => model.connection.state !== 'online')
  return (
    <textarea
      ref={field}
      className="composer-field"
      data-composer=""
      rows={1}
      value={text}
      placeholder={t(isQueued ? 'writeLater' : 'write', { name })}
      aria-label={t('write', { name })}
      aria-autocomplete="list"
      aria-controls={completion.isOpen ? completion.id : undefined}
      aria-activedescendant={completion.activeId}
      enterKeyHint="send"
      onChange={({ target }) => {
        onText(target.value)
        completion.onTyped(target.selectionStart)
      }}
      onSelect={({ currentTarget }) => completion.onSelect(currentTarget.selectionStart)}
      onBlur={completion.close}
      onPaste={pasteLines}
      onKeyDown={onKeyDown}
    />
  )
}

interface ButtonsProps {
  readonly hasText: boolean
  readonly onEmoji: (emoji: string) => void
}

function Buttons({ hasText, onEmoji }: ButtonsProps): ReactElement {
  const { t } = useSettings()
  const [picker, setPicker] = useState<HTMLElement>()
  return (
    <>
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
        disabled={!hasText}
      >
        <Icon name="send" />
      </button>
      {picker !== undefined && (
        <EmojiPicker anchor={picker} onPick={onEmoji} onClose={() => setPicker(undefined)} />
      )}
    </>
  )
}

interface Keys {
  readonly completion: CompletionState
  readonly send: () => void
  readonly answering: Answering | undefined
  readonly onAnswered: () => void
}

function onKey(event: KeyboardEvent<HTMLTextAreaElement>, keys: Keys): void {
  const { completion, send, answering, onAnswered } = keys
  // Enter ends a syllable that is being put together: it sends nothing. Safari says 229 after it has ended.
  if (event.nativeEvent.isComposing || event.keyCode === 229) return
  if (completion.onKey(event)) return
  // On a phone, Enter is for a new line, and the button sends.
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

/** Whoever comes here means to write. On a phone the keyboard would be in the way of reading. */
function useFocus(field: RefObject<HTMLTextAreaElement | null>): void {
  useLayoutEffect(() => {
    if (!isOnPhone()) field.current?.focus({ preventScroll: true })
  }, [field])
}

/** What stands in the field, which is told to the client at each stroke. An edit begins with the message, and gives the draft back. */
function useDraft(
  { id, draft }: Conversation,
  answering: Answering | undefined,
): readonly [string, (text: string) => void] {
  const { tell } = useChat()
  const edited = answering?.how === 'edit' ? answering.message : undefined
  const [own, setOwn] = useState(draft)
  const [edit, setEdit] = useState({ edited, text: '' })
  if (edit.edited !== edited) {
    setEdit({ edited, text: edited === undefined ? '' : stripFormatting(edited.text) })
  }
  const change = useCallback(
    (text: string) => {
      if (edited !== undefined) return setEdit({ edited, text })
      setOwn(text)
      return tell({ kind: 'draft', conversation: id, text })
    },
    [tell, id, edited],
  )
  return [edited === undefined ? own : edit.text, change]
}

function useGrowth(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current
    if (element === null) return
    fitHeight(element)
  }, [field, text])
}

function fitHeight(element: HTMLTextAreaElement): void {
  const { style } = element
  style.height = 'auto'
  style.height = `${element.scrollHeight}px`
}

/** Line ends of other systems, as they are written here. */
function pasteLines(event: ClipboardEvent<HTMLTextAreaElement>): void {
  const pasted = event.clipboardData.getData('text/plain')
  if (!pasted.includes('\r')) return
  event.preventDefault()
  // It goes on the list of what can be undone.
  document.execCommand('insertText', false, pasted.replaceAll(/\r\n?/g, '\n'))
}

/** Puts text in the field, and the cursor in its place once it is there. */
function useCursor(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  onText: (text: string) => void,
): (text: string, cursor: number) => void {
  const wanted = useRef<number | undefined>(undefined)
  useLayoutEffect(() => {
    const cursor = wanted.current
    if (cursor === undefined) return
    wanted.current = undefined
    field.current?.focus()
    field.current?.setSelectionRange(cursor, cursor)
  }, [field, text])
  return (next, cursor) => {
    wanted.current = cursor
    onText(next)
  }
}

function insert(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  onPut: (text: string, cursor: number) => void,
): void {
  const element = field.current
  if (element === null) return
  const { selectionStart, selectionEnd, value } = element
  const next = value.slice(0, selectionStart) + text + value.slice(selectionEnd)
  onPut(next, selectionStart + text.length)
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
