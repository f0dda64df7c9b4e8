import { useState, type ReactElement } from 'react'
import type { Message } from '../../../client/timeline.ts'
import { useChat } from './chat-context.tsx'
import { useConversation } from './conversation-context.ts'
import { Icon, type IconName } from './icon.tsx'
import { Popup } from './popup.tsx'
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
  const [menu, setMenu] = useState<HTMLElement>()
  if (message.life.state === 'redacted') return <></>
  return (
    <div className="message-actions" role="group" aria-label={t('messageActions')}>
      {tools.canReact && <Tool icon="smile" label={t('react')} onClick={onReact} />}
      {tools.canReply && <Tool icon="reply" label={t('reply')} onClick={tools.reply} />}
      {tools.canEdit && <Tool icon="edit" label={t('edit')} onClick={tools.edit} />}
      <Tool icon="more" label={t('more')} onClick={setMenu} />
      {menu !== undefined && (
        <Popup
          anchor={menu}
          label={t('messageActions')}
          role="menu"
          onClose={() => setMenu(undefined)}
        >
          <Menu message={message} tools={tools} onDone={() => setMenu(undefined)} />
        </Popup>
      )}
    </div>
  )
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

interface MenuProps {
  readonly message: Message
  readonly tools: MessageTools
  readonly onDone: () => void
}

function Menu({ message, tools, onDone }: MenuProps): ReactElement {
  const { t } = useSettings()
  const { open } = useChat()
  const { id } = useConversation()
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
    <div className="menu">
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
