import type { ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import { useChat } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { useRefusal } from './refusal.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from './untrusted.tsx'

const TEXTS = { left: 'youLeft', removed: 'youWereRemoved', refused: 'youWereRefused' } as const

/** In place of the field where one can't write: why, and the way back. */
export function OutNotice({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const { t } = useSettings()
  const { tell } = useChat()
  const refusalText = useRefusal()
  const { id, name, standing, refusal } = conversation
  const text = standing === 'left' || standing === 'removed' ? TEXTS[standing] : TEXTS.refused
  return (
    <div className="out" role="status">
      <Icon name={standing === 'left' ? 'out' : 'warn'} />
      <p>
        <strong>{t(text)}</strong>{' '}
        {refusal !== undefined && <Untrusted text={refusalText(refusal)} />}
      </p>
      <div className="actions">
        {refusal?.code === '473' && (
          <button type="button" className="button" onClick={() => tell({ kind: 'knock', name })}>
            {t('knock')}
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => tell({ kind: 'close', conversation: id })}
        >
          {t('takeFromList')}
        </button>
        <button
          type="button"
          className="button primary"
          onClick={() => tell({ kind: 'join', name })}
        >
          {t('joinAgain')}
        </button>
      </div>
    </div>
  )
}
