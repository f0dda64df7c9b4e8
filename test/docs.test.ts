import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { commandsDocument } from '../scripts/commands-document.ts'
import { commands } from '../src/commands/index.ts'
import { CHANNEL_MODE_TEXTS } from '../src/protocol/mode-texts.ts'
import { CHANNEL_MODES } from '../src/protocol/modes.ts'

const docs = new URL('../docs/', import.meta.url)

test('DOCS - docs/commands.md is current; if not: node scripts/write-docs.ts', () => {
  assert.equal(readFileSync(new URL('commands.md', docs), 'utf8'), commandsDocument())
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
