import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { METRICS } from '../src/monitor/metric-rows.ts'
import { typeOf } from '../src/monitor/metrics.ts'

const docs = new URL('../docs/', import.meta.url)
const ALERTS = readFileSync(new URL('alerts.yml', docs), 'utf8')
const BOARD = JSON.parse(readFileSync(new URL('grafana.json', docs), 'utf8')) as Board

interface Board {
  readonly panels: readonly {
    readonly id: number
    readonly title: string
    readonly datasource: { readonly uid: string }
    readonly gridPos: Rectangle
    readonly targets: readonly { readonly expr: string; readonly refId: string }[]
  }[]
  readonly templating: {
    readonly list: readonly {
      readonly name: string
      readonly type: string
      readonly definition?: string
    }[]
  }
  readonly annotations: { readonly list: readonly { readonly expr: string }[] }
}

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

const known = new Map(METRICS.map((metric) => [metric.name, metric]))

function assertExpression(expr: string): void {
  const names = expr.match(/\b(?:maru|process|nodejs)_\w+/g) ?? []
  assert.ok(names.length > 0 || /\bup\b/.test(expr), `no metric: ${expr}`)
  for (const name of names) {
    const metric = known.get(name)
    assert.ok(metric !== undefined, `${name} is none of ours: ${expr}`)
    const isRated = new RegExp(String.raw`\b(?:rate|increase)\(${name}\b`).test(expr)
    assert.equal(isRated, typeOf(metric) === 'counter', `a rate is of a counter: ${expr}`)
    assertLabels(expr, name, metric.labels ?? [])
  }
  for (const [open, close] of ['()', '{}', '[]']) {
    assert.equal(expr.split(open ?? '').length, expr.split(close ?? '').length, expr)
  }
}

/** `instance` and `job` come from the scraper. */
function assertLabels(expr: string, name: string, labels: readonly string[]): void {
  const [, selector = ''] = new RegExp(String.raw`${name}\{([^}]*)\}`).exec(expr) ?? []
  for (const [, label = ''] of selector.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)) {
    assert.ok([...labels, 'instance', 'job'].includes(label), `${name} has no ${label}: ${expr}`)
  }
}

test('MONITORING - the board asks for metrics that there are, counters as rates', () => {
  const targets = BOARD.panels.flatMap((panel) => panel.targets)
  assert.ok(targets.length >= BOARD.panels.length)
  for (const { expr } of [...targets, ...BOARD.annotations.list]) assertExpression(expr)
})

test('MONITORING - the board takes any data source, and one of several servers', () => {
  const variables = BOARD.templating.list.map(({ name, type }) => [name, type])
  assert.deepEqual(variables, [
    ['datasource', 'datasource'],
    ['instance', 'query'],
  ])
  for (const { datasource, targets, title } of BOARD.panels) {
    assert.equal(datasource.uid, '${datasource}', title)
    for (const { expr } of targets) assert.ok(expr.includes('instance="$instance"'), expr)
    assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, title)
  }
})

test('MONITORING - the panels of the board have their places, and no two the same', () => {
  const { panels } = BOARD
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length)
  for (const [i, { gridPos: a, title }] of panels.entries()) {
    assert.ok(a.x >= 0 && a.x + a.w <= 24, title)
    const over = panels.slice(i + 1).filter(({ gridPos: b }) => {
      return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
    })
    assert.deepEqual(over, [], title)
  }
})

test('MONITORING - alert rules ask for metrics that there are, and each says how bad it is and what it is', () => {
  const rules = ALERTS.split(/^ {6}- (?=alert: )/m).slice(1)
  assert.ok(rules.length >= 10)
  for (const rule of rules) {
    const [, name = ''] = /^alert: (Maru[A-Z]\w+)$/m.exec(rule) ?? []
    assert.notEqual(name, '', rule)
    assertExpression(/^ {8}expr: (.*)$/m.exec(rule)?.[1] ?? '')
    assert.match(rule, /^ {10}severity: (?:warning|critical)$/m, name)
    assert.match(rule, /^ {10}summary: \S.*\{\{ \$labels\.instance \}\}/m, name)
    // A plain scalar of YAML would end at these.
    assert.doesNotMatch(rule, /^ +(?:expr|summary): .*(?:: | #)/m, name)
  }
})

test('MONITORING - what is worth a rule here is on the board, too', () => {
  const shown = BOARD.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n')
  const unshown = [...new Set(ALERTS.match(/\bmaru_\w+/g))].filter((name) => !shown.includes(name))
  assert.deepEqual(unshown, [])
})
