import type { ReactElement } from 'react'
import { stripFormatting } from '../../../client/format.ts'
import type { Quote } from '../../../client/timeline.ts'
import { hueClass } from './avatar.tsx'
import { usePerson } from './chat-context.tsx'
import { useConversation } from './conversation-context.ts'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** What is answered; it leads there. */
export function QuoteLine({ quote }: { readonly quote: Quote }): ReactElement {
  const { t } = useSettings()
  const { jump } = useConversation()
  const { msgid, nick, excerpt } = quote
  const person = usePerson((nick ?? '').toLowerCase(), nick ?? '')
  return (
    <button type="button" className="quote" title={t('toQuoted')} onClick={() => jump(msgid)}>
      <Icon name="reply" />
      {nick === undefined ? (
        <span className="ellipsis">{t('quoteUnknown')}</span>
      ) : (
        <>
          <strong className={hueClass(person)}>
            <Untrusted text={nick} />
          </strong>
          <span className="ellipsis">
            <Untrusted text={stripFormatting(excerpt ?? '').replaceAll('\n', ' ')} />
          </span>
        </>
      )}
    </button>
  )
}
