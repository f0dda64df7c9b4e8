import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerptOf, partsOf } from './found-words.ts'

function marked(text: string, words: readonly string[]): string {
  return partsOf(text, words)
    .map((part) => (part.isFound ? `[${part.text}]` : part.text))
    .join('')
}

test('web chat - what was looked for is marked, in every script, and whatever signs it has', () => {
  assert.equal(marked('The Water shader, water!', ['water']), 'The [Water] shader, [water]!')
  assert.equal(marked('노을 팔레트를 골라요', ['팔레트']), '노을 [팔레트]를 골라요')
  assert.equal(marked('a.b (c) [d] a+b', ['(c)', '[d]', 'a+b']), 'a.b [(c)] [[d]] [a+b]')
  assert.equal(marked('axb', ['a.b']), 'axb')
  assert.equal(marked('nothing', []), 'nothing')
  assert.equal(marked('nothing', ['']), 'nothing')
})

test('web chat - of a long text the part with the words is shown', () => {
  const text = `${'before '.repeat(100)}needle${' after'.repeat(100)}`
  const excerpt = excerptOf(text, ['needle'])
  assert.match(excerpt, /^….*needle.*…$/)
  assert.ok(excerpt.length <= 282)
  assert.equal(excerptOf('short', ['needle']), 'short')
  assert.match(excerptOf(text, []), /^before .*…$/)
})
