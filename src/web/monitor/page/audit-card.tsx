import { useState, type ReactElement } from 'react'
import type { AuditRecord } from '../../../monitor/access.ts'
import { useConsole } from './console-context.tsx'
import { ListCard } from './list-card.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { useFresh } from './use-fresh.ts'

const COUNT = 50
const AGAIN_MS = 5000
const OUTCOMES = {
  done: ['good', 'outcomeDone'],
  refused: ['warn', 'outcomeRefused'],
  failed: ['bad', 'outcomeFailed'],
} as const

export function AuditCard(): ReactElement {
  const { t, format } = useSettings()
  const { api } = useConsole()
  const { value: newest, refusal } = useFresh<readonly AuditRecord[]>(
    `/audit?count=${COUNT}`,
    AGAIN_MS,
  )
  const [older, setOlder] = useState<readonly AuditRecord[]>([])
  const [hasMore, setMore] = useState(true)
  const records = newest === undefined ? undefined : joined(newest, older)
  const loadOlder = async (): Promise<void> => {
    const before = records?.at(-1)?.seq
    if (before === undefined) return
    const answer = await api.get<readonly AuditRecord[]>(`/audit?before=${before}&count=${COUNT}`)
    if (!answer.ok) return
    setOlder(joined(records ?? [], answer.value))
    setMore(answer.value.length === COUNT)
  }
  return (
    <>
      <ListCard
        title="audit"
        more="auditMore"
        empty="auditEmpty"
        rows={records}
        refusal={refusal}
        keyOf={({ seq }) => seq}
        columns={[
          {
            label: 'when',
            cell: ({ atMs }) => <span className="muted">{format.moment(atMs)}</span>,
          },
          { label: 'who', cell: ({ who }) => <Untrusted text={who} /> },
          { label: 'from', cell: ({ from }) => <Untrusted text={from} /> },
          { label: 'action', cell: ({ action }) => <Untrusted text={action} /> },
          { label: 'target', cell: ({ target = '' }) => <Untrusted text={target} /> },
          {
            label: 'reason',
            cell: ({ reason, detail }) => <Untrusted text={reason ?? detail ?? ''} />,
          },
          { label: 'outcome', cell: ({ outcome }) => <OutcomeShown outcome={outcome} /> },
        ]}
      />
      {records !== undefined && records.length >= COUNT && hasMore && (
        <div className="actions">
          <button type="button" className="button" onClick={() => void loadOlder()}>
            {t('auditOlder')}
          </button>
        </div>
      )}
    </>
  )
}

function OutcomeShown({ outcome }: Pick<AuditRecord, 'outcome'>): ReactElement {
  const { t } = useSettings()
  const [tone, text] = OUTCOMES[outcome]
  return <span className={`badge ${tone}`}>{t(text)}</span>
}

/** Newest first, each once. */
function joined(a: readonly AuditRecord[], b: readonly AuditRecord[]): readonly AuditRecord[] {
  const bySeq = new Map([...b, ...a].map((record) => [record.seq, record]))
  return [...bySeq.values()].sort((x, y) => y.seq - x.seq)
}
