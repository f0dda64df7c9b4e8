import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textWidth } from './fit-text.ts'
import { createAppState } from './app-state.ts'
import { tabPlaces } from './tabs.ts'
import { words } from './words.ts'

test('WORDS - the names of all screens fit in 80 columns', () => {
  for (const language of ['en', 'ko'] as const) {
    const size = { columns: 80, rows: 24 }
    const state = createAppState({
      say: words(language),
      size,
      isConsole: false,
      firstLink: undefined,
      nowMs: 0,
    })
    const tabs = tabPlaces(state)
    assert.equal(tabs.length, 6)
    assert.ok(tabs.reduce((sum, { text }) => sum + textWidth(text), 0) <= 80)
  }
})

test('WORDS - what is said while the server is away fits in 80 columns', () => {
  const reasons = ['brokenOff', 'nobodyAnswers', 'silentServer', 'otherCertificate'] as const
  for (const language of ['en', 'ko'] as const) {
    const say = words(language)
    const texts = reasons.map((reason) =>
      say('awayText', { time: '23h 59m', reason: say(reason), at: '12:03:04' }),
    )
    for (const text of [...texts, say('shutOutText')]) assert.ok(textWidth(text) <= 77, text)
  }
})
