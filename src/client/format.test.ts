import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatText, stripFormatting, type FormatContext, type Token } from './format.ts'

const context: FormatContext = {
  roomPrefixes: '#',
  personKey: (word) => (word.toLowerCase() === 'mina' ? 'mina' : undefined),
}

function plain(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.kind === 'break' ? '\n' : token.text)).join('')
}

test('FORMAT - styles begin and end where their characters stand', () => {
  assert.deepEqual(formatText('a\x02b\x1dc\x0fd', context), [
    { kind: 'text', text: 'a', style: {} },
    { kind: 'text', text: 'b', style: { bold: true } },
    { kind: 'text', text: 'c', style: { bold: true, italic: true } },
    { kind: 'text', text: 'd', style: {} },
  ])
})

test('FORMAT - colors take one or two digits, and a comma only before a digit', () => {
  assert.deepEqual(formatText('\x0304,12red\x03 no\x035,x', context), [
    { kind: 'text', text: 'red', style: { color: 4, background: 12 } },
    { kind: 'text', text: ' no', style: {} },
    { kind: 'text', text: ',x', style: { color: 5 } },
  ])
  assert.deepEqual(formatText('\x04FF00ffx', context), [
    { kind: 'text', text: 'x', style: { color: '#ff00ff' } },
  ])
})

for (const [text, href] of [
  ['https://a.example/b?c=d#e', 'https://a.example/b?c=d#e'],
  ['(see https://a.example/x_(y)).', 'https://a.example/x_(y)'],
  ['https://a.example, and', 'https://a.example'],
  ['www.a.example!', 'https://www.a.example'],
  ['"ircs://a.example/#room"', 'ircs://a.example/#room'],
] as const) {
  test(`FORMAT - a link ends where it ends: ${text}`, () => {
    const tokens = formatText(text, context)
    assert.equal(tokens.find(({ kind }) => kind === 'link')?.kind, 'link')
    assert.deepEqual(
      tokens.flatMap((token) => (token.kind === 'link' ? [token.href] : [])),
      [href],
    )
    assert.equal(plain(tokens), text)
  })
}

test('FORMAT - nothing but what is safe to open is a link', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc',
    'https://',
    'x:y',
  ]) {
    assert.ok(formatText(text, context).every(({ kind }) => kind === 'text'))
  }
})

test('FORMAT - people and rooms are found beside punctuation', () => {
  const tokens = formatText('Mina: come to #art, ok @mina?', context)
  assert.deepEqual(
    tokens.flatMap((token) =>
      token.kind === 'mention' || token.kind === 'room' ? [token.text] : [],
    ),
    ['Mina', '#art', '@mina'],
  )
})

test('FORMAT - in code nothing else has a meaning', () => {
  assert.deepEqual(formatText('run `a \x02b` or\n```ts\nlet x = `1`\n```', context), [
    { kind: 'text', text: 'run ', style: {} },
    { kind: 'code', text: 'a b' },
    { kind: 'text', text: ' or', style: {} },
    { kind: 'break' },
    { kind: 'codeBlock', text: 'let x = `1`', language: 'ts' },
  ])
  assert.equal(formatText('a ` b', context).length, 1)
})

test('FORMAT - nothing that can be seen is lost, whatever was written', () => {
  const part = fc.oneof(
    fc.constantFrom(
      '`',
      '```',
      '\n',
      '\x02',
      '\x03',
      '4,',
      '\x04',
      'https://a.b/',
      '#art',
      '@mina',
      '(',
      ')',
    ),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const text = parts.join('').replaceAll('\r', '')
      const seen = (one: string) => one.replaceAll(/[`\n]/g, '')
      const shown = formatText(text, context).filter(({ kind }) => kind !== 'codeBlock')
      if (shown.length < formatText(text, context).length) return
      assert.equal(seen(plain(shown)), seen(stripFormatting(text)))
    }),
  )
})

// Work, not time, is what must not explode: what is asked of the context grows with the text.
test('FORMAT - a hostile text asks no more than its length', () => {
  for (const part of ['`', '```', '``` `', '(', 'www.', 'https://a).', '\x03', '@', 'a:']) {
    let asked = 0
    const text = part.repeat(20_000 / part.length)
    const counting = { ...context, personKey: () => void asked++ }
    assert.ok(formatText(text, counting).length <= text.length)
    assert.ok(asked <= text.length)
  }
})
