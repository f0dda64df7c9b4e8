import type { ReactElement } from 'react'
import { stripFormatting } from '../../../client/format.ts'
import type { Answering } from './conversation-view.tsx'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { Sentence } from './sentence.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** What is answered, or said anew, above the field. */
export function AnsweringBar({
  answering: { how, message },
  onCancel,
}: {
  readonly answering: Answering
  readonly onCancel: () => void
}): ReactElement {
  const { t } = useSettings()
  return (
    <div className="answering">
      <Icon name={how === 'reply' ? 'reply' : 'edit'} />
      <p className="ellipsis">
        {how === 'reply' ? (
          <Sentence text="replyingTo" parts={{ who: <Untrusted text={message.author.nick} /> }} />
        ) : (
          <strong>{t('editing')}</strong>
        )}{' '}
        <span className="muted">
          {how === 'reply' ? (
            <Untrusted text={stripFormatting(message.text).replaceAll('\n', ' ')} />
          ) : (
            t('editingMore')
          )}
        </span>
      </p>
      <button
        type="button"
        className="button plain icon small"
        aria-label={t('cancel')}
        onClick={onCancel}
      >
        <Icon name="close" />
      </button>
    </div>
  )
}
