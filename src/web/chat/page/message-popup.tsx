import { useEffect, type KeyboardEvent, type ReactElement } from 'react'
import { useChat, useModel } from './chat-context.tsx'
import { useConversation, type MessagePopup } from './conversation-context.ts'
import { EmojiPicker } from './emoji-picker.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Popup } from './popup.tsx'
import { useSettings } from './settings.tsx'
import { useMessageTools } from './use-message-tools.ts'

const HOLDER = 'popup'

/**
 * What opened at a message. It belongs to the conversation and not to the message's row, which is drawn anew,
 * moved and taken away by whatever is said meanwhile.
 */
export function MessagePopups({ popup }: { readonly popup: MessagePopup }): ReactElement {
  const { t } = useSettings()
  const { id, popUp, hold } = useConversation()
  const { kind, anchor } = popup
  const message = useModel(({ timelines }) =>
    timelines.get(id)?.items.find((item) => item.id === popup.message.id),
  )
  const latest = message?.kind === 'message' ? message : popup.message
  const tools = useMessageTools(latest)
  useEffect(() => {
    // Its buttons are seen as long: one of them gets the focus back.
    const row = anchor.closest('[data-message]')
    row?.setAttribute('data-popup', '')
    hold(HOLDER, true)
    return () => {
      row?.removeAttribute('data-popup')
      hold(HOLDER, false)
    }
  }, [hold, anchor])
  const close = (): void => popUp(undefined)
  if (kind === 'emoji') return <EmojiPicker anchor={anchor} onPick={tools.react} onClose={close} />
  return (
    <Popup anchor={anchor} label={t('messageActions')} role="menu" onClose={close}>
      <Menu popup={{ ...popup, message: latest }} onDone={close} />
    </Popup>
  )
}

interface MenuProps {
  readonly popup: MessagePopup
  readonly onDone: () => void
}

function Menu({ popup: { message }, onDone }: MenuProps): ReactElement {
  const { t } = useSettings()
  const { open } = useChat()
  const { id } = useConversation()
  const tools = useMessageTools(message)
  const { nick } = message.author
  const item = (icon: IconName, text: string, run: () => void): ReactElement => (
    <button
      type="button"
      role="menuitem"
      className="menu-item"
      onClick={() => {
        onDone()
        run()
      }}
    >
      <Icon name={icon} />
      {text}
    </button>
  )
  return (
    // The keys of a menu: https://www.w3.org/WAI/ARIA/apg/patterns/menubar/
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="menu" onKeyDown={moveInMenu}>
      {tools.canReply && item('reply', t('reply'), tools.reply)}
      {tools.canEdit && item('edit', t('edit'), tools.edit)}
      {item('copy', t('copyText'), tools.copyText)}
      {message.msgid !== undefined && item('link', t('copyLink'), tools.copyLink)}
      {!message.author.isSelf &&
        item('person', t('aboutPerson'), () => open({ kind: 'person', nick, conversation: id }))}
      {tools.canRedact && (
        <div className="menu-danger">{item('trash', t('redact'), tools.redact)}</div>
      )}
    </div>
  )
}

function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
  const at = items.findIndex((item) => item === document.activeElement)
  const next: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }
  const index = Object.hasOwn(next, event.key) ? next[event.key] : undefined
  if (index === undefined) return
  event.preventDefault()
  items[index]?.focus()
}
