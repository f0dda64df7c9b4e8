import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { Conversation, SearchQuery } from '../../../client/model.ts'
import { queryOf } from '../state/search-words.ts'
import { useChat, useModel } from './chat-context.tsx'
import { FoundMessage } from './found-message.tsx'
import { Icon } from './icon.tsx'
import { useRefusal } from './refusal.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from './untrusted.tsx'

/** Words, and where, by whom, and when they were said. */
export function SearchPanel({ here }: { readonly here: Conversation | undefined }): ReactElement {
  const { t } = useSettings()
  const { tell, searched } = useChat()
  const canSearch = useModel((model) => model.server.can.search)
  const [words, setWords] = useState(searched)
  const [where, setWhere] = useState<'everywhere' | 'here'>('everywhere')
  const [days, setDays] = useState<Days>({ after: '', before: '' })
  const [from, setFrom] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    setWords(searched)
    if (searched !== '') tell({ kind: 'search', query: queryOf(searched, dayAt) })
  }, [searched, tell])
  if (!canSearch) return <p className="panel-empty">{t('noSearch')}</p>
  const submit = (): void => {
    const typed = queryOf(words, dayAt)
    const query = { ...filters({ where, here, from, days }), ...typed }
    const isEmpty = query.text === '' && query.from === undefined && query.in === undefined
    tell(isEmpty ? { kind: 'clearSearch' } : { kind: 'search', query })
  }
  return (
    <div className="panel-body">
      <form
        className="search-form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <div className="search-field">
          <input
            ref={field}
            className="input"
            type="search"
            value={words}
            placeholder={t('searchWords')}
            aria-label={t('searchWords')}
            onChange={({ target }) => setWords(target.value)}
          />
          <button type="submit" className="button primary icon" aria-label={t('search')}>
            <Icon name="search" />
          </button>
        </div>
        <div className="segments" role="group" aria-label={t('searchWhere')}>
          {(['everywhere', 'here'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="segment"
              aria-pressed={where === one}
              disabled={one === 'here' && here === undefined}
              onClick={() => setWhere(one)}
            >
              {one === 'everywhere' ? (
                t('everywhere')
              ) : (
                <Untrusted text={here?.name ?? t('thisRoom')} />
              )}
            </button>
          ))}
        </div>
        <details className="search-more">
          <summary>{t('filters')}</summary>
          <label className="field">
            <span>{t('saidBy')}</span>
            <input
              className="input"
              value={from}
              onChange={({ target }) => setFrom(target.value)}
            />
          </label>
          <div className="field-pair">
            <label className="field">
              <span>{t('from')}</span>
              <input
                className="input"
                type="date"
                value={days.after}
                onChange={({ target }) => setDays({ ...days, after: target.value })}
              />
            </label>
            <label className="field">
              <span>{t('until')}</span>
              <input
                className="input"
                type="date"
                value={days.before}
                onChange={({ target }) => setDays({ ...days, before: target.value })}
              />
            </label>
          </div>
        </details>
      </form>
      <Results />
    </div>
  )
}

interface Days {
  readonly after: string
  readonly before: string
}

interface Filters {
  readonly where: 'everywhere' | 'here'
  readonly here: Conversation | undefined
  readonly from: string
  readonly days: Days
}

const DAY_MS = 86_400_000

function filters({ where, here, from, days }: Filters): Partial<SearchQuery> {
  const after = dayIn(days.after)
  const before = dayIn(days.before)
  return {
    ...(where === 'here' && here !== undefined ? { in: here.name } : {}),
    ...(from.trim() === '' ? {} : { from: from.trim() }),
    ...(after === undefined ? {} : { afterMs: after }),
    // To its end.
    ...(before === undefined ? {} : { beforeMs: before + DAY_MS - 1 }),
  }
}

function dayIn(text: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  return year === undefined ? undefined : dayAt(Number(year), Number(month), Number(day))
}

function dayAt(year: number, month: number, day: number): number {
  return new Date(year, month - 1, day).getTime()
}

function Results(): ReactElement {
  const { t, format } = useSettings()
  const { tell } = useChat()
  const refusalText = useRefusal()
  const { state, results, isMore, query, refusal } = useModel((model) => model.search)
  const oldest = results.at(-1)?.message.timeMs
  return (
    <>
      <p className="search-state" role="status">
        {state === 'searching' && t('searching')}
        {state === 'found' &&
          results.length > 0 &&
          t('foundCount', { count: `${format.count(results.length)}${isMore ? '+' : ''}` })}
      </p>
      {state === 'failed' && (
        <p className="problem" role="alert">
          {refusal === undefined ? t('searchFailed') : <Untrusted text={refusalText(refusal)} />}
        </p>
      )}
      {state === 'none' && <p className="panel-empty">{t('searchHint')}</p>}
      {state === 'found' && results.length === 0 && (
        <div className="empty">
          <Icon name="search" />
          <strong>{t('nothingFound')}</strong>
          <p>{t('nothingFoundMore')}</p>
        </div>
      )}
      <ul className="found-list">
        {results.map(({ target, message }) => (
          <FoundMessage key={message.id} place={target} message={message} />
        ))}
      </ul>
      {isMore && query !== undefined && oldest !== undefined && (
        <button
          type="button"
          className="button"
          onClick={() => tell({ kind: 'search', query: { ...query, beforeMs: oldest - 1 } })}
        >
          {t('olderResults')}
        </button>
      )}
    </>
  )
}
