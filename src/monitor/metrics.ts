import { Counter, Gauge, Registry } from 'prom-client'
import { METRICS, type Metric, type Point, type Seen } from './metric-rows.ts'
import { recentQuantiles } from './recent-quantiles.ts'
import type { MonitorSource } from './source.ts'

/**
 * What `/metrics` says, in the text format of Prometheus, made anew for each call. Names follow
 * https://prometheus.io/docs/practices/naming/. Neither rooms nor people become labels: what people may
 * name as they like would make a series for each. What there is nothing to say of is left out.
 */
export function createMetrics(source: MonitorSource): () => Promise<string> {
  const recent = recentQuantiles(source)
  return () => {
    const { facts, head, figures } = source.snapshot()
    const seen: Seen = {
      facts,
      head,
      figures,
      commands: source.commands(),
      recent: recent(),
      process: processFigures(),
    }
    const registry = new Registry()
    for (const metric of METRICS) register(registry, metric, [...metric.read(seen)])
    return registry.metrics()
  }
}

/** The type that Prometheus knows this as. */
export function typeOf({ name, labels = [] }: Metric): 'counter' | 'gauge' | 'summary' {
  if (name.endsWith('_total')) return 'counter'
  return labels.includes('quantile') ? 'summary' : 'gauge'
}

function register(registry: Registry, metric: Metric, points: readonly Point[]): void {
  if (points.length === 0) return
  const { name, help, labels = [] } = metric
  const config = { name, help, labelNames: labels, registers: [registry] }
  const type = typeOf(metric)
  if (type === 'counter') {
    const counter = new Counter(config)
    for (const { labels: of = {}, value } of points) counter.inc(of, value)
    return
  }
  const gauge = new Gauge(config)
  for (const { labels: of = {}, value } of points) gauge.set(of, value)
  // A Summary of this library measures for itself. To Prometheus, quantiles alone are a summary as well.
  if (type === 'summary') Object.assign(gauge, { type })
}

function processFigures(): Seen['process'] {
  const { user, system } = process.cpuUsage()
  return {
    cpuSeconds: (user + system) / 1e6,
    residentBytes: process.memoryUsage.rss(),
    uptimeSeconds: process.uptime(),
  }
}
