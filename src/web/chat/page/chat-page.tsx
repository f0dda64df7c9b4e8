import { useCallback, useMemo, useState, type ReactElement } from 'react'
import type { ConversationId } from '../../../client/model.ts'
import { Announcer } from './announcer.tsx'
import {
  ChatContext,
  useChat,
  useHere,
  type Chat,
  type Dialog,
  type Panel,
} from './chat-context.tsx'
import type { ChatStore } from './chat-store.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { ConversationView } from './conversation-view.tsx'
import { Dialogs } from './dialogs.tsx'
import { Nowhere } from './nowhere.tsx'
import { useSettings } from './settings.tsx'
import { SidePanel } from './side-panel.tsx'
import { Sidebar } from './sidebar.tsx'
import { Toasts, useToasts } from './toasts.tsx'
import { useAttention } from './use-attention.ts'
import { useNotices } from './use-notices.ts'
import { usePlace } from './use-place.ts'
import { ReadingContext } from './use-reading.ts'
import { useShortcuts } from './use-shortcuts.ts'
import type { WorkerLink } from './worker-link.ts'

interface ChatPageProps {
  readonly store: ChatStore
  readonly link: WorkerLink
  readonly onLeave: () => void
}

/** All that somebody sees who has come in. */
export function ChatPage({ store, link, onLeave }: ChatPageProps): ReactElement {
  const { toasts, notify, drop } = useToasts()
  const [dialog, open] = useState<Dialog>()
  const [panel, showPanel] = usePanel()
  const [searched, setSearched] = useState('')
  const [isListOpen, setListOpen] = useState(false)
  const { place, go } = usePlace(store)
  const [readNow, changeReadNow] = useState<ConversationId>()
  const reading = useMemo(() => ({ conversation: readNow, change: changeReadNow }), [readNow])
  const searchFor = useCallback(
    (words: string) => {
      setSearched(words)
      showPanel('search')
    },
    [showPanel],
  )
  const chat = useMemo(
    (): Chat => ({
      store,
      tell: link.tell,
      ask: link.ask,
      place,
      go: (next) => {
        go(next)
        setListOpen(false)
      },
      panel,
      showPanel,
      searchFor,
      searched,
      open,
      notify,
      isListOpen,
      setListOpen,
      leave: onLeave,
    }),
    [store, link, place, go, panel, showPanel, searchFor, searched, notify, isListOpen, onLeave],
  )
  return (
    <ChatContext value={chat}>
      <ReadingContext value={reading}>
        <Frame />
      </ReadingContext>
      {dialog !== undefined && <Dialogs dialog={dialog} onClose={() => open(undefined)} />}
      <Toasts toasts={toasts} onDone={drop} />
      <Announcer />
    </ChatContext>
  )
}

/** On a phone the panel is in front of all: it isn't there until it is asked for. */
function usePanel(): readonly [Panel | undefined, (panel: Panel | undefined) => void] {
  const [panel, setPanel] = useState<Panel | undefined>(() =>
    matchMedia('(min-width: 1080px)').matches ? 'members' : undefined,
  )
  return [panel, setPanel]
}

function Frame(): ReactElement {
  const { t } = useSettings()
  const { panel: wanted, isListOpen, setListOpen } = useChat()
  const here = useHere()
  // Only rooms have members.
  const panel = wanted === 'members' && here?.kind !== 'room' ? undefined : wanted
  useShortcuts()
  useAttention()
  useNotices()
  return (
    <div className={frameClass(panel, isListOpen)}>
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.querySelector<HTMLElement>('[data-composer]')?.focus()
        }}
      >
        {t('skip')}
      </a>
      <Sidebar />
      {isListOpen && (
        <button
          type="button"
          className="scrim"
          aria-label={t('close')}
          onClick={() => setListOpen(false)}
        />
      )}
      <main className="main" id="main" tabIndex={-1}>
        <ConnectionBanner />
        {here === undefined ? <Nowhere /> : <ConversationView key={here.id} conversation={here} />}
      </main>
      {panel !== undefined && <SidePanel panel={panel} here={here} />}
    </div>
  )
}

function frameClass(panel: Panel | undefined, isListOpen: boolean): string {
  return `frame${panel === undefined ? '' : ' has-panel'}${isListOpen ? ' has-list' : ''}`
}
