import { useEffect, useRef, type ReactElement } from 'react'
import type { Notice } from '../../../client/model.ts'
import { useChat, useModel } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { MessageText } from './message-text.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { isShown, useNoticeText } from './use-notices.ts'

/** What the server and its services said that belongs to no conversation, oldest first. */
export function NoticesPanel(): ReactElement {
  const { t } = useSettings()
  const notices = useModel((model) => model.notices)
  const motd = useModel((model) => model.server.motd)
  const shown = notices.filter(isShown)
  const body = useRef<HTMLDivElement>(null)
  const last = shown.at(-1)?.id
  useEffect(() => {
    body.current?.scrollTo({ top: body.current.scrollHeight })
  }, [last])
  return (
    // A place that scrolls has to be reached with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={body} className="panel-body" tabIndex={0}>
      {motd.length > 0 && (
        <section className="motd" aria-label={t('motd')}>
          <h3>{t('motd')}</h3>
          {motd.map((line, index) => (
            <p key={index}>
              <MessageText text={line} isInline />
            </p>
          ))}
        </section>
      )}
      {shown.length === 0 && (
        <div className="empty">
          <Icon name="server" />
          <strong>{t('noNotices')}</strong>
          <p>{t('noNoticesMore')}</p>
        </div>
      )}
      <ul className="notices">
        {shown.map((notice, index) => (
          <NoticeItem key={notice.id} notice={notice} before={shown[index - 1]} />
        ))}
      </ul>
    </div>
  )
}

/** Lines of one answer stand close together, under one name. */
const TOGETHER_MS = 3000

function NoticeItem({
  notice,
  before,
}: {
  readonly notice: Notice
  readonly before: Notice | undefined
}): ReactElement {
  const { format } = useSettings()
  const { open } = useChat()
  const textOf = useNoticeText()
  const { kind, from, timeMs } = notice
  const isMore = before?.from === from && timeMs - before.timeMs < TOGETHER_MS
  const isPerson = kind === 'invitation' || kind === 'knock'
  return (
    <li className={`notice${isMore ? ' is-more' : ''}${kind === 'refusal' ? ' is-bad' : ''}`}>
      {!isMore && (
        <p className="notice-head">
          {isPerson ? (
            <button
              type="button"
              className="name-link"
              onClick={() => open({ kind: 'person', nick: from })}
            >
              <Untrusted text={from} />
            </button>
          ) : (
            <strong>
              <Untrusted text={from} />
            </strong>
          )}
          <time>{format.near(timeMs)}</time>
        </p>
      )}
      <p className="notice-text">
        <MessageText text={textOf(notice)} isInline />
      </p>
    </li>
  )
}
