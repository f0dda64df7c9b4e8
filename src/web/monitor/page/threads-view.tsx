import { Fragment, type ReactElement, type ReactNode } from 'react'
import type { ThreadLoad } from '../../../feed/figures.ts'
import { ringLevel, type Level } from '../../../feed/health.ts'
import type { CommandUse } from '../../../monitor/source.ts'
import { useMonitor } from './console-context.tsx'
import { Empty } from './empty.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { useFresh } from './use-fresh.ts'

const COMMANDS_AGAIN_MS = 5000
const SHOWN_COMMANDS = 30

/** How busy each thread is, and with what. */
export function ThreadsView(): ReactElement {
  const figures = useMonitor((state) => state.figures)
  return (
    <div className="view">
      {figures === undefined ? (
        <Empty icon="threads" title="noFigures" />
      ) : (
        <div className="threads figures">
          {figures.threads.map((thread) => (
            <Thread key={thread.name} thread={thread} />
          ))}
        </div>
      )}
      <Commands />
    </div>
  )
}

function Thread({ thread }: { readonly thread: ThreadLoad }): ReactElement {
  const { t, format } = useSettings()
  const { name, cpu, loopDelayMs, rings } = thread
  return (
    <section className="panel thread" aria-label={name}>
      <h2>{name}</h2>
      {cpu !== undefined && <Meter label={t('processor')} share={cpu} level={cpuLevel(cpu)} />}
      {rings !== undefined && (
        <>
          <Meter
            label={t('ringIn')}
            share={rings.completions}
            level={ringLevel(rings.completions)}
          />
          <Meter
            label={t('ringOut')}
            share={rings.submissions}
            level={ringLevel(rings.submissions)}
          />
        </>
      )}
      <Facts
        facts={[
          [
            t('loopDelay'),
            loopDelayMs &&
              `${t('p50')} ${format.ms(loopDelayMs.p50)} · ${t('p99')} ${format.ms(loopDelayMs.p99)} · ${t('max')} ${format.ms(loopDelayMs.max)}`,
          ],
          [t('heap'), format.bytes(thread.heapBytes)],
          [t('connections'), optional(thread.connections, format.count)],
          [
            t('deliveries'),
            optional(thread.deliveriesPerSecond, (value) => `${format.compact(value)} /s`),
          ],
          [t('queued'), optional(thread.queuedBytes, format.bytes)],
        ]}
      />
    </section>
  )
}

/** No alert is about it: a thread may be busy, as long as its loop is on time. */
function cpuLevel(share: number): Level {
  if (share >= 0.9) return 'bad'
  return share >= 0.7 ? 'warn' : 'good'
}

function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [string, ReactNode])[]
}): ReactElement {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  )
}

function Meter({
  label,
  share,
  level,
}: {
  readonly label: string
  readonly share: number
  readonly level: Level
}): ReactElement {
  const { format } = useSettings()
  const width = `${Math.min(100, share * 100)}%`
  return (
    <div className="meter">
      <span>{label}</span>
      <b>{format.percent(share)}</b>
      <span className={`bar ${level}`} aria-hidden="true">
        <i style={{ width }} />
      </span>
    </div>
  )
}

function Commands(): ReactElement {
  const { t, format } = useSettings()
  const { value: commands = [] } = useFresh<readonly CommandUse[]>('/commands', COMMANDS_AGAIN_MS)
  if (commands.length === 0) return <></>
  const all = commands.reduce((sum, { uses }) => sum + uses, 0)
  return (
    <section className="panel" aria-labelledby="commands">
      <div className="panel-head">
        <h2 id="commands">{t('commandsUsed')}</h2>
      </div>
      <div className="list-scroll figures">
        <table className="list-table narrow">
          <thead>
            <tr>
              <th>{t('command')}</th>
              <th className="end">{t('uses')}</th>
              <th className="end">{t('share')}</th>
              <th className="end">{t('bytes')}</th>
            </tr>
          </thead>
          <tbody>
            {commands.slice(0, SHOWN_COMMANDS).map(({ command, uses, bytes }) => (
              <tr key={command}>
                <td className="mono">
                  <Untrusted text={command} />
                </td>
                <td className="end">{format.count(uses)}</td>
                <td className="end">{format.percent(uses / Math.max(1, all))}</td>
                <td className="end">{format.bytes(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function optional(value: number | undefined, write: (value: number) => string): string | undefined {
  return value === undefined ? undefined : write(value)
}
