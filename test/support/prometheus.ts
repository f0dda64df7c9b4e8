/** One metric of the text format, as a scraper reads it. */
export interface Scraped {
  readonly help: string
  readonly type: string
  /** By the labels as they are written, `''` without any. */
  readonly values: ReadonlyMap<string, number>
}

const METRIC =
  /^# HELP ([a-z][a-z0-9_]*) (\S.*)\n# TYPE \1 (counter|gauge|summary|histogram)\n([^]*)$/
const LABEL = String.raw`[a-z][a-z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"`
const SAMPLE = new RegExp(
  String.raw`^([a-z][a-z0-9_]*)(?:\{(${LABEL}(?:,${LABEL})*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$`,
)

/**
 * Reads the text format line by line; throws for a line that is none of it, for one in the wrong place, and
 * for a series that is there twice. https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function scrape(text: string): ReadonlyMap<string, Scraped> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const metrics = new Map<string, Scraped>()
  for (const part of text.split(/^(?=# HELP )/m)) {
    const [, name, help = '', type = '', samples = ''] = METRIC.exec(part) ?? []
    if (name === undefined || metrics.has(name)) throw new Error(`what is ${part}?`)
    metrics.set(name, { help, type, values: valuesOf(name, samples.split('\n').filter(Boolean)) })
  }
  return metrics
}

function valuesOf(of: string, samples: readonly string[]): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  for (const line of samples) {
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? []
    if (name !== of || values.has(labels)) throw new Error(`what is ${line}?`)
    values.set(labels, Number(value))
  }
  return values
}
