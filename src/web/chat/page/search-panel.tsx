import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { Conversation, SearchQuery } from '../../../client/model.ts'
import { queryOf } from '../state/search-words.ts'
import { useChat, useModel } from './chat-context.tsx'
import { TextField } from './fields.tsx'
import { FoundMessage } from './found-message.tsx'
import { Icon } from './icon.tsx'
import { useRefusal } from './refusal.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Words, and where, by whom, and when they were said. */
export function SearchPanel({ here }: { readonly here: Conversation | undefined }): ReactElement {
  const { t } = useSettings()
  const canSearch = useModel((model) => model.server.can.search)
  if (!canSearch) return <p className="panel-empty">{t('noSearch')}</p>
  return (
    <div className="panel-body">
      <SearchForm here={here} />
      <Results />
    </div>
  )
}

function SearchForm({ here }: { readonly here: Conversation | undefined }): ReactElement {
  const { t } = useSettings()
  const { tell, searched } = useChat()
  const [words, setWords] = useState(searched)
  const [filter, setFilter] = useState<Filter>(NO_FILTER)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
    if (searched.trim() !== '') tell({ kind: 'search', query: queryOf(searched, dayAt) })
  }, [searched, tell])
  const submit = (): void => {
    const query = { ...filterOf(filter, here), ...queryOf(words, dayAt) }
    const { text, from, hasLink, in: place } = query
    const isEmpty = text === '' && [from, hasLink, place].every((one) => one === undefined)
    tell(isEmpty ? { kind: 'clearSearch' } : { kind: 'search', query })
  }
  return (
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
      <SearchFilter filter={filter} here={here} onChange={setFilter} />
    </form>
  )
}

interface Filter {
  readonly where: 'everywhere' | 'here'
  readonly from: string
  readonly hasLink: boolean
  /** `2026-01-31`, or empty. */
  readonly after: string
  readonly before: string
}

const NO_FILTER: Filter = { where: 'everywhere', from: '', hasLink: false, after: '', before: '' }

interface SearchFilterProps {
  readonly filter: Filter
  readonly here: Conversation | undefined
  readonly onChange: (filter: Filter) => void
}

function SearchFilter({ filter, here, onChange }: SearchFilterProps): ReactElement {
  const { t } = useSettings()
  return (
    <>
      <div className="segments" role="group" aria-label={t('searchWhere')}>
        {(['everywhere', 'here'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={filter.where === one}
            disabled={one === 'here' && here === undefined}
            onClick={() => onChange({ ...filter, where: one })}
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
        <TextField
          label={t('saidBy')}
          value={filter.from}
          onChange={(from) => onChange({ ...filter, from })}
        />
        <div className="field-pair">
          <TextField
            label={t('from')}
            value={filter.after}
            onChange={(after) => onChange({ ...filter, after })}
            input={{ type: 'date' }}
          />
          <TextField
            label={t('until')}
            value={filter.before}
            onChange={(before) => onChange({ ...filter, before })}
            input={{ type: 'date' }}
          />
        </div>
        <label className="check">
          <input
            type="checkbox"
            checked={filter.hasLink}
            onChange={({ target }) => onChange({ ...filter, hasLink: target.checked })}
          />
          <span>{t('withLink')}</span>
        </label>
      </details>
    </>
  )
}

const DAY_MS = 86_400_000

function filterOf(filter: Filter, here: Conversation | undefined): Partial<SearchQuery> {
  const after = dayIn(filter.after)
  const before = dayIn(filter.before)
  const from = filter.from.trim()
  return {
    ...(filter.where === 'here' && here !== undefined ? { in: here.name } : {}),
    ...(from === '' ? {} : { from }),
    ...(filter.hasLink ? { hasLink: true } : {}),
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
  const { t } = useSettings()
  const { state, results, query } = useModel((model) => model.search)
  const words = (query?.text ?? '').split(/\s+/)
  return (
    <>
      <ResultState />
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
          <FoundMessage key={message.id} place={target} message={message} words={words} />
        ))}
      </ul>
      <Older />
    </>
  )
}

function ResultState(): ReactElement {
  const { t, format } = useSettings()
  const refusalText = useRefusal()
  const { state, results, isMore, refusal } = useModel((model) => model.search)
  const count = `${format.count(results.length)}${isMore ? '+' : ''}`
  return (
    <>
      <p className="search-state" role="status">
        {state === 'searching' && t('searching')}
        {state === 'found' && results.length > 0 && t('foundCount', { count })}
      </p>
      {state === 'failed' && (
        <p className="problem" role="alert">
          {refusal === undefined ? t('searchFailed') : <Untrusted text={refusalText(refusal)} />}
        </p>
      )}
    </>
  )
}

function Older(): ReactElement {
  const { t } = useSettings()
  const { tell } = useChat()
  const { results, isMore, query } = useModel((model) => model.search)
  const oldest = results.at(-1)?.message.timeMs
  if (!isMore || query === undefined || oldest === undefined) return <></>
  return (
    <button
      type="button"
      className="button"
      onClick={() => tell({ kind: 'search', query: { ...query, beforeMs: oldest } })}
    >
      {t('olderResults')}
    </button>
  )
}
