import { useCallback, useEffect, useRef, type PointerEvent, type ReactElement } from 'react'
import type { Message } from '../../../client/timeline.ts'
import { useConversation } from './conversation-context.ts'
import { Icon, type IconName } from './icon.tsx'
import { useSettings } from './settings.tsx'
import type { MessageTools } from './use-message-tools.ts'

interface MessageActionsProps {
  readonly message: Message
  readonly tools: MessageTools
  readonly onReact: (anchor: HTMLElement) => void
}

/** What can be done with a message: shown for the one under the pointer, or with the focus. */
export function MessageActions({ message, tools, onReact }: MessageActionsProps): ReactElement {
  const { t } = useSettings()
  const { popUp } = useConversation()
  const { aim, letGo } = useAim(message.id)
  if (message.life.state === 'redacted') return <></>
  return (
    <div
      className="message-actions"
      role="group"
      aria-label={t('messageActions')}
      onPointerMove={aim}
      onPointerLeave={letGo}
    >
      {tools.canReact && <Tool icon="smile" label={t('react')} onClick={onReact} />}
      {tools.canReply && <Tool icon="reply" label={t('reply')} onClick={tools.reply} />}
      {tools.canEdit && <Tool icon="edit" label={t('edit')} onClick={tools.edit} />}
      <Tool
        icon="more"
        label={t('more')}
        onClick={(anchor) => popUp({ kind: 'menu', message, anchor })}
      />
    </div>
  )
}

/** A pointer that rests aims at nothing any more. */
const AIM_MS = 1500

/** While a pointer moves over the buttons, the message stays under it: nobody deletes another one by mistake. */
function useAim(id: string): {
  readonly aim: (event: PointerEvent) => void
  readonly letGo: () => void
} {
  const { hold } = useConversation()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const letGo = useCallback(() => {
    clearTimeout(timer.current)
    hold(id, false)
  }, [hold, id])
  useEffect(() => letGo, [letGo])
  const aim = ({ pointerType }: PointerEvent): void => {
    if (pointerType !== 'mouse') return
    hold(id, true)
    clearTimeout(timer.current)
    timer.current = setTimeout(letGo, AIM_MS)
  }
  return { aim, letGo }
}

interface ToolProps {
  readonly icon: IconName
  readonly label: string
  readonly onClick: (anchor: HTMLElement) => void
}

/** Tabbed to only from the message that has the focus: a page of them would be too many. */
function Tool({ icon, label, onClick }: ToolProps): ReactElement {
  return (
    <button
      type="button"
      className="tool"
      aria-label={label}
      title={label}
      onClick={({ currentTarget }) => onClick(currentTarget)}
    >
      <Icon name={icon} />
    </button>
  )
}
