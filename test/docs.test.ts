import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { apiDocumentText } from '../scripts/api-document.ts'
import { commandsDocument } from '../scripts/commands-document.ts'
import { commands } from '../src/commands/index.ts'
import { routes } from '../src/monitor/http/route-table.ts'
import { CHANNEL_MODE_TEXTS } from '../src/protocol/mode-texts.ts'
import { CHANNEL_MODES } from '../src/protocol/modes.ts'

const docs = new URL('../docs/', import.meta.url)

test('DOCS - docs/commands.md is current; if not: node scripts/write-docs.ts', () => {
  assert.equal(readFileSync(new URL('commands.md', docs), 'utf8'), commandsDocument())
})

test('DOCS - docs/openapi.json is current; if not: node scripts/write-docs.ts', () => {
  assert.equal(readFileSync(new URL('openapi.json', docs), 'utf8'), apiDocumentText())
})

test('DOCS - the document of the API has every route, and what it refers to', () => {
  const text = apiDocumentText()
  const { paths, components } = JSON.parse(text) as {
    paths: Record<string, Record<string, object>>
    components: { schemas: object; responses: object }
  }
  for (const { method, path } of routes) {
    const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    assert.ok(operation !== undefined, `${method} ${path}`)
  }
  const references = [...text.matchAll(/"\$ref": "([^"]*)"/g)].map(([, to = '']) => to)
  assert.ok(references.length > routes.length)
  const known = [
    ...Object.keys(components.schemas).map((name) => `#/components/schemas/${name}`),
    ...Object.keys(components.responses).map((name) => `#/components/responses/${name}`),
  ]
  assert.deepEqual(
    references.filter((to) => !known.includes(to)),
    [],
  )
})

test('DOCS - every command is in it, and what a command refers to is there', () => {
  const text = commandsDocument()
  for (const [name, { syntax, spec }] of commands) {
    assert.ok(text.includes(syntax.replaceAll('|', '\\|')), name)
    if (!spec.startsWith('https://')) assert.ok(existsSync(new URL(`../${spec}`, docs)), spec)
  }
})

test('DOCS - every channel mode has its words', () => {
  assert.deepEqual(Object.keys(CHANNEL_MODE_TEXTS).sort(), [...CHANNEL_MODES.keys()].sort())
})
