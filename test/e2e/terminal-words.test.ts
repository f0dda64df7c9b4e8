import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WORDS } from '../../src/terminal/words.ts'
import { TEXTS } from '../../src/web/monitor/state/texts.ts'

/** Said alike in English only: there is more room on the page, or it means something else there. */
const APART: ReadonlySet<string> = new Set(['heldConnections', 'keySilence'])

test('WORDS - what the page and the terminal say alike in English, they say alike in Korean', () => {
  const bare = (text: string) => text.toLowerCase().replace(/\.$/, '')
  const onPage = new Map<string, Set<string>>()
  for (const [english, korean] of Object.values(TEXTS)) {
    const key = bare(english)
    onPage.set(key, (onPage.get(key) ?? new Set()).add(bare(korean)))
  }
  const common = Object.entries(WORDS).filter(([, [en]]) => onPage.has(bare(en)))
  const different = common
    .filter(([key, [en, ko]]) => !APART.has(key) && !onPage.get(bare(en))?.has(bare(ko)))
    .map(([key, [en, ko]]) => `${key}: ${ko} / ${[...(onPage.get(bare(en)) ?? [])].join(', ')}`)
  assert.ok(common.length > 50, String(common.length))
  assert.deepEqual(different, [])
})
