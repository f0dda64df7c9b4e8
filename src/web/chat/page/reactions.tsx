import type { ReactElement } from 'react'
import type { Message } from '../../../client/timeline.ts'
import { safeText } from '../../shared/safe-text.ts'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { safeNodes } from '../../shared/page/untrusted.tsx'
import type { MessageTools } from './use-message-tools.ts'

interface ReactionsProps {
  readonly message: Message
  readonly tools: MessageTools
  readonly onMore: (anchor: HTMLElement) => void
}

/** Longer ones are words, not signs: they are cut. */
const LONGEST = 24
const MOST_NAMES = 12

export function Reactions({ message, tools, onMore }: ReactionsProps): ReactElement {
  const { t, format } = useSettings()
  const { reactions } = message
  if (reactions.length === 0) return <></>
  return (
    <div className="reactions">
      {reactions.map(({ emoji, nicks, isMine }) => {
        const who = safeText(nicks.slice(0, MOST_NAMES).join(', '))
        const label = t('reactedWith', { emoji: safeText(emoji), who })
        return (
          <button
            key={emoji}
            type="button"
            className="reaction"
            aria-pressed={isMine}
            title={label}
            disabled={!tools.canReact}
            onClick={() => tools.toggle(emoji, isMine)}
          >
            <bdi>{safeNodes(Array.from(emoji).slice(0, LONGEST).join(''))}</bdi>
            <span>{format.count(nicks.length)}</span>
            <span className="visually-hidden">{who}</span>
          </button>
        )
      })}
      {tools.canReact && (
        <button
          type="button"
          className="reaction is-more"
          aria-label={t('react')}
          title={t('react')}
          onClick={({ currentTarget }) => onMore(currentTarget)}
        >
          <Icon name="smile" />
        </button>
      )}
    </div>
  )
}
