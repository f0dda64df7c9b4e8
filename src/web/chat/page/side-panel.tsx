import type { ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import { useChat, type Panel } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { MembersPanel } from './members-panel.tsx'
import { MentionsPanel } from './mentions-panel.tsx'
import { NoticesPanel } from './notices-panel.tsx'
import { SearchPanel } from './search-panel.tsx'
import { useSettings } from './settings.tsx'

interface SidePanelProps {
  readonly panel: Panel
  readonly here: Conversation | undefined
}

/** Beside the conversation where there is room, else in front of it. */
export function SidePanel({ panel, here }: SidePanelProps): ReactElement {
  const { t } = useSettings()
  const { showPanel, searched } = useChat()
  return (
    <aside className="panel" aria-label={t(panel)}>
      <header className="panel-head">
        <h2>{t(panel)}</h2>
        <button
          type="button"
          className="button plain icon"
          aria-label={t('close')}
          onClick={() => showPanel(undefined)}
        >
          <Icon name="close" />
        </button>
      </header>
      {panel === 'members' && here !== undefined && <MembersPanel key={here.id} here={here} />}
      {panel === 'search' && <SearchPanel key={searched} here={here} />}
      {panel === 'mentions' && <MentionsPanel />}
      {panel === 'notices' && <NoticesPanel />}
    </aside>
  )
}
