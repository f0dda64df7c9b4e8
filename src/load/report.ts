import { type Histogram, merged, percentileMs } from '../base/histogram.ts'
import type { Plan } from './plan.ts'
import type { Answer } from './thread.ts'

export interface Latency {
  readonly samples: number
  readonly p50Ms: number | undefined
  readonly p99Ms: number | undefined
  readonly maxMs: number | undefined
}

/** What a bench found; `--json` prints it as it is. */
export interface Report {
  readonly target: string
  readonly plan: Plan
  readonly joined: number
  readonly joinMs: number
  readonly joinsPerSecond: number
  /** What the server granted of what `--caps` asks for. */
  readonly capabilities: readonly string[]
  readonly load: LoadReport | undefined
  readonly storm: StormReport | undefined
  readonly reasons: Readonly<Record<string, number>>
}

export interface LoadReport {
  readonly senders: number
  readonly messagesPerSecond: number
  readonly deliveriesPerSecond: number
  readonly megabytesPerSecond: number
  readonly latency: Latency
  /** With echo-message: until the sender's own echo. */
  readonly echo: Latency
  readonly unanswered: number
}

export interface StormReport {
  readonly asked: number
  readonly back: number
  /** Over the time until the last was back. */
  readonly perSecond: number
  readonly times: Latency
}

export interface Measured {
  readonly plan: Plan
  readonly joined: number
  readonly joinMs: number
  /** The last answer of each thread. */
  readonly answers: readonly Answer[]
}

export function reportOf({ plan, joined, joinMs, answers }: Measured): Report {
  return {
    target: targetOf(plan),
    plan,
    joined,
    joinMs,
    joinsPerSecond: joined / (joinMs / 1000),
    capabilities: answers.find((answer) => answer.capabilities.length > 0)?.capabilities ?? [],
    load: loadOf(answers),
    storm: stormOf(answers),
    reasons: reasonsOf(answers),
  }
}

export function targetOf({ host, port, transport, tls, path }: Plan): string {
  const name = host.includes(':') ? `[${host}]` : host
  if (transport === 'websocket') return `${tls === 'off' ? 'ws' : 'wss'}://${name}:${port}${path}`
  return `${tls === 'off' ? 'irc' : 'ircs'}://${name}:${port}`
}

/** The table for people. */
export function tableOf(report: Report): string {
  const rows = [...joinRows(report), ...loadRows(report), ...stormRows(report)]
  const label = Math.max(...rows.map(([name]) => name.length))
  const value = Math.max(...rows.map(([, text]) => text.length))
  const lines = rows.map(([name, text]) => `${name.padEnd(label)}  ${text.padStart(value)}`)
  return [titleOf(report), '', ...lines, '', ...reasonLines(report.reasons), ''].join('\n')
}

type Row = readonly [name: string, value: string]

function titleOf({ target, plan, capabilities }: Report): string {
  const parts = [
    target,
    counted(plan.clients, 'client'),
    counted(plan.rooms, 'room'),
    ...(plan.storm === undefined
      ? [
          `${counted(plan.senders, 'sender')} each`,
          `window ${plan.window}`,
          `${plan.textBytes}-byte text`,
        ]
      : [`${plan.storm} storm`]),
    counted(plan.threads, 'thread'),
    ...(plan.lines === 'tagged' ? [`caps: ${capabilities.join(' ') || 'none granted'}`] : []),
  ]
  return parts.join(' · ')
}

function joinRows({ plan, joined, joinsPerSecond }: Report): Row[] {
  return [
    ['joined', `${whole(joined)} of ${whole(plan.clients)}`],
    ['joins/s', whole(joinsPerSecond)],
  ]
}

function loadRows({ load }: Report): Row[] {
  if (load === undefined) return []
  const rows: Row[] = [
    ['senders', whole(load.senders)],
    ['messages/s', whole(load.messagesPerSecond)],
    ['deliveries/s', whole(load.deliveriesPerSecond)],
    ['MB/s', load.megabytesPerSecond.toFixed(1)],
    ...latencyRows('latency', load.latency),
  ]
  if (load.echo.samples > 0) rows.push(...latencyRows('echo', load.echo))
  if (load.latency.samples === 0) rows.push(['never answered', whole(load.unanswered)])
  return rows
}

function stormRows({ storm }: Report): Row[] {
  if (storm === undefined) return []
  return [
    ['back in their rooms', `${whole(storm.back)} of ${whole(storm.asked)}`],
    ['rejoins/s', whole(storm.perSecond)],
    ...latencyRows('back after', storm.times),
  ]
}

function latencyRows(name: string, { p50Ms, p99Ms, maxMs }: Latency): Row[] {
  return [
    [`${name} p50`, milliseconds(p50Ms)],
    [`${name} p99`, milliseconds(p99Ms)],
    [`${name} max`, milliseconds(maxMs)],
  ]
}

function reasonLines(reasons: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(reasons)
  if (entries.length === 0) return ['no errors']
  const width = Math.max(...entries.map(([, count]) => whole(count).length))
  return [
    'errors:',
    ...entries.map(([reason, count]) => `  ${whole(count).padStart(width)}  ${reason}`),
  ]
}

function loadOf(answers: readonly Answer[]): LoadReport | undefined {
  const loads = answers.flatMap(({ load }) => (load === undefined ? [] : [load]))
  if (loads.length === 0) return undefined
  const perSecond = (of: (load: (typeof loads)[number]) => number) =>
    loads.reduce((sum, load) => sum + of(load) / (load.tookMs / 1000), 0)
  return {
    senders: loads.reduce((sum, load) => sum + load.senders, 0),
    messagesPerSecond: perSecond((load) => load.messages),
    deliveriesPerSecond: perSecond((load) => load.deliveries),
    megabytesPerSecond: perSecond((load) => load.bytes) / 1e6,
    latency: latencyOf(loads.map(({ latency }) => latency)),
    echo: latencyOf(loads.map(({ echo }) => echo)),
    unanswered: loads.reduce((sum, load) => sum + load.unanswered, 0),
  }
}

function stormOf(answers: readonly Answer[]): StormReport | undefined {
  const storms = answers.flatMap(({ storm }) => (storm === undefined ? [] : [storm]))
  if (storms.length === 0) return undefined
  const times = latencyOf(storms.map((storm) => storm.times))
  const tookMs = times.maxMs ?? 0
  return {
    asked: storms.reduce((sum, storm) => sum + storm.asked, 0),
    back: times.samples,
    perSecond: tookMs > 0 ? times.samples / (tookMs / 1000) : 0,
    times,
  }
}

function latencyOf(histograms: readonly Histogram[]): Latency {
  const all = merged(histograms)
  return {
    samples: all.samples,
    p50Ms: percentileMs(all, 0.5),
    p99Ms: percentileMs(all, 0.99),
    maxMs: percentileMs(all, 1),
  }
}

function reasonsOf(answers: readonly Answer[]): Record<string, number> {
  const all = new Map<string, number>()
  for (const { reasons } of answers) {
    for (const [reason, count] of reasons) all.set(reason, (all.get(reason) ?? 0) + count)
  }
  return Object.fromEntries([...all].sort(([, a], [, b]) => b - a))
}

function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? '-' : `${value.toFixed(2)} ms`
}
