import type { ReactElement } from 'react'
import type { Completion } from '../../../client/complete.ts'
import { findSlash } from '../../../client/slash-table.ts'
import { commandParams } from '../state/command-params.ts'
import { Avatar } from './avatar.tsx'
import { usePerson } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import type { CompletionState } from './use-completion.ts'

/** What could be meant, above the field. The focus stays in the field. */
export function CompletionList({
  completion: { id, isOpen, found, active, pick },
}: {
  readonly completion: CompletionState
}): ReactElement {
  const { t } = useSettings()
  return (
    <>
      {isOpen && (
        <div className="completions" id={id} role="listbox" aria-label={t('completions')}>
          {found.map((one, index) => (
            // The keys are those of the field.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={one.label}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              tabIndex={-1}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(one)}
            >
              <What completion={one} />
            </div>
          ))}
        </div>
      )}
      <span className="visually-hidden" role="status">
        {isOpen ? t('completionCount', { count: String(found.length) }) : ''}
      </span>
    </>
  )
}

function What({ completion: { kind, label } }: { readonly completion: Completion }): ReactElement {
  const { language } = useSettings()
  const person = usePerson(label.toLowerCase(), label)
  switch (kind) {
    case 'command': {
      const command = findSlash(label.slice(1))
      return (
        <>
          <code>{label}</code>{' '}
          <span className="muted">{commandParams(command?.params ?? '', language)}</span>
          <span className="completion-more ellipsis">{command?.help[language]}</span>
        </>
      )
    }
    case 'nick':
      return (
        <>
          <Avatar person={person} size="s" />
          <Untrusted text={label} />
        </>
      )
    case 'room':
      return (
        <>
          <Icon name="room" />
          <Untrusted text={label} />
        </>
      )
    case 'emoji':
      return <span>{label}</span>
  }
}
