import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import type { ItemId, Message } from '../../../client/timeline.ts'
import { conversationAt, useChat, useModel } from './chat-context.tsx'
import { Composer } from './composer.tsx'
import {
  ConversationContext,
  type ConversationTools,
  type MessagePopup,
} from './conversation-context.ts'
import { ConversationHead } from './conversation-head.tsx'
import { MessagePopups } from './message-popup.tsx'
import { OutNotice } from './out-notice.tsx'
import { useRefusal } from './refusal.ts'
import { useSettings } from './settings.tsx'
import { TimelineView } from './timeline-view.tsx'
import { TypingLine } from './typing-line.tsx'

/** One room, or one person: what was said, and the field to say more. */
export function ConversationView({
  conversation,
}: {
  readonly conversation: Conversation
}): ReactElement {
  const [answering, setAnswering] = useState<Answering>()
  const { context, jumpedTo, popup, isHeld } = useTools(conversation, setAnswering)
  useAddressedJump(conversation, context.jump)
  return (
    <ConversationContext value={context}>
      <section className="conversation" aria-label={conversation.name}>
        <ConversationHead conversation={conversation} />
        <TimelineView conversation={conversation} jumpedTo={jumpedTo} isHeld={isHeld} />
        <TypingLine conversation={conversation.id} />
        {isOut(conversation) ? (
          <OutNotice conversation={conversation} />
        ) : (
          <Composer
            conversation={conversation}
            answering={answering}
            onAnswered={() => setAnswering(undefined)}
          />
        )}
        {popup !== undefined && <MessagePopups popup={popup} />}
      </section>
    </ConversationContext>
  )
}

/** The message that is answered, or said anew. */
export interface Answering {
  readonly how: 'reply' | 'edit'
  readonly message: Message
}

/** Where a jump leads; `count` makes two jumps to one place two. */
export interface JumpedTo {
  readonly item: ItemId
  readonly count: number
}

function isOut({ standing }: Conversation): boolean {
  return standing === 'left' || standing === 'removed' || standing === 'refused'
}

/** To the message that the address names, as soon as the server can be asked for it. */
function useAddressedJump({ id, standing }: Conversation, jump: (msgid: string) => void): void {
  const { place, store } = useChat()
  const isThere = useModel(({ connection }) => connection.state === 'online')
  const canJump = isThere && standing === 'joined'
  useEffect(() => {
    const model = store.model()
    if (!canJump || place?.msgid === undefined || model === undefined) return
    if (conversationAt(model, place.name)?.id === id) jump(place.msgid)
  }, [place, store, id, jump, canJump])
}

interface Tools {
  readonly context: ConversationTools
  readonly jumpedTo: JumpedTo | undefined
  readonly popup: MessagePopup | undefined
  readonly isHeld: boolean
}

function useTools(
  { id, name }: Conversation,
  setAnswering: (answering: Answering | undefined) => void,
): Tools {
  const { t } = useSettings()
  const { ask, notify } = useChat()
  const refusalText = useRefusal()
  const [jumpedTo, setJumpedTo] = useState<JumpedTo>()
  const jump = useCallback(
    (msgid: string) => {
      void ask({ kind: 'jump', target: name, msgid }).then((outcome) => {
        if (outcome.kind === 'done' && outcome.item !== undefined) {
          const { item } = outcome
          setJumpedTo((before) => ({ item, count: (before?.count ?? 0) + 1 }))
        } else if (outcome.kind === 'refused') {
          notify({ text: refusalText(outcome), tone: 'bad' })
        } else {
          notify({ text: t('unknownOutcome'), tone: 'bad' })
        }
      })
    },
    [ask, name, notify, refusalText, t],
  )
  const answer = useCallback(
    (how: Answering['how'], message: Message) => {
      setAnswering({ how, message })
      // When the field shows it.
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-composer]')?.focus())
    },
    [setAnswering],
  )
  const [popup, popUp] = useState<MessagePopup>()
  const { isHeld, hold } = useHold()
  const context = useMemo(
    () => ({ id, name, jump, answer, popUp, hold }),
    [id, name, jump, answer, hold],
  )
  return { context, jumpedTo, popup, isHeld }
}

/** Held as long as one of those who asked for it has not taken it back. */
function useHold(): { readonly isHeld: boolean; readonly hold: ConversationTools['hold'] } {
  const [isHeld, setHeld] = useState(false)
  const holders = useRef(new Set<string>())
  const hold = useCallback((who: string, isWanted: boolean) => {
    if (isWanted) holders.current.add(who)
    else holders.current.delete(who)
    setHeld(holders.current.size > 0)
  }, [])
  return { isHeld, hold }
}
