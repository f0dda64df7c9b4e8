import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseModeLine, type ModeRequest } from './mode-line.ts'

/** `+o:bob`, `?b` for a query, `!o` for incomplete, `x?` for unknown. */
function brief(request: ModeRequest): string {
  switch (request.kind) {
    case 'change':
      return `${request.sign}${request.row.mode}${request.argument === undefined ? '' : `:${request.argument}`}`
    case 'query':
      return `?${request.mode}`
    case 'incomplete':
      return `!${request.mode}`
    case 'unknown':
      return `${request.mode}?`
    default:
      return request satisfies never
  }
}

const read = (letters: string, ...args: readonly string[]): string[] =>
  parseModeLine(letters, args).map((request) => brief(request))

test('MODE - "arguments will be sequentially obtained and used"', () => {
  assert.deepEqual(read('+ov-b+l', 'a', 'b', 'c', '5'), ['+o:a', '+v:b', '-b:c', '+l:5'])
})

test('MODE - letters before any sign are to be set; the last sign counts', () => {
  assert.deepEqual(read('m'), ['+m'])
  assert.deepEqual(read('+-+-m'), ['-m'])
})

test('MODE - a list without an argument is a question', () => {
  assert.deepEqual(read('b'), ['?b'])
  assert.deepEqual(read('-e+I'), ['?e', '?I'])
  assert.deepEqual(read('+bb', 'x'), ['+b:x', '?b'])
})

test('MODE - a rank, a key or a limit without its argument is incomplete; taking away needs none', () => {
  assert.deepEqual(read('+okl'), ['!o', '!k', '!l'])
  assert.deepEqual(read('-okl'), ['!o', '-k', '-l'])
})

test('MODE - -k takes an argument when there is one, -l never does', () => {
  assert.deepEqual(read('-kl', 'x', 'y'), ['-k:x', '-l'])
})

test('MODE - unknown letters take no argument from those that follow', () => {
  assert.deepEqual(read('+😀Zo', 'a'), ['😀?', 'Z?', '+o:a'])
})

test('MODE - every letter is answered once, whatever it is', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string(), { maxLength: 4 }), (letters, args) => {
      const asked = Array.from(letters).filter((letter) => letter !== '+' && letter !== '-')
      const answered = parseModeLine(letters, args).map((request) =>
        request.kind === 'change' ? request.row.mode : request.mode,
      )
      assert.deepEqual(answered, asked)
    }),
  )
})
