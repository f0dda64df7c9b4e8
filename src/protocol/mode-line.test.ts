import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseModeLine } from './mode-line.ts'

function read(letters: string, ...args: readonly string[]): string[] {
  return parseModeLine(letters, args).map((request) => {
    if (request.kind !== 'change') return `${request.kind} ${request.mode}`
    const { sign, row, argument } = request
    return sign + row.mode + (argument === undefined ? '' : ` ${argument}`)
  })
}

test('MODE - "arguments will be sequentially obtained" by those that take one', () => {
  assert.deepEqual(read('+ov-b+ntk', 'alice', 'bob', '*!*@x', 'sesame'), [
    '+o alice',
    '+v bob',
    '-b *!*@x',
    '+n',
    '+t',
    '+k sesame',
  ])
})

test('MODE - -l and -f take none, -k takes one when it is there', () => {
  assert.deepEqual(read('-l+v', 'bob'), ['-l', '+v bob'])
  assert.deepEqual(read('-f+v', 'bob'), ['-f', '+v bob'])
  assert.deepEqual(read('-k+v', 'sesame', 'bob'), ['-k sesame', '+v bob'])
  assert.deepEqual(read('-k'), ['-k'])
})

test('MODE - "A client MAY issue this type of mode without an argument to obtain the current contents of the list"', () => {
  assert.deepEqual(read('b'), ['query b'])
  assert.deepEqual(read('-eI'), ['query e', 'query I'])
  assert.deepEqual(read('+b', ''), ['query b'])
})

test('MODE - an argument that is missing and a letter that is unknown are named', () => {
  assert.deepEqual(read('+olkf'), ['incomplete o', 'incomplete l', 'incomplete k', 'incomplete f'])
  assert.deepEqual(read('+x가😀'), ['unknown x', 'unknown 가', 'unknown 😀'])
})

test('MODE - any line is read: one request for each letter, no argument twice', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.string({ minLength: 1 })),
      (letters, args) => {
        const requests = parseModeLine(letters, args)
        assert.equal(requests.length, Array.from(letters.replaceAll(/[+-]/g, '')).length)
        const used = requests.flatMap((each) =>
          each.kind === 'change' && each.argument !== undefined ? [each.argument] : [],
        )
        assert.deepEqual(used, args.slice(0, used.length))
      },
    ),
  )
})

test('MODE - letters before any sign are to be set; of several signs the last counts', () => {
  assert.deepEqual(read('m'), ['+m'])
  assert.deepEqual(read('+-+-m'), ['-m'])
})

test('MODE - a list is changed by the first argument and asked for when there is none left', () => {
  assert.deepEqual(read('+bb', '*!*@x'), ['+b *!*@x', 'query b'])
})

test('MODE - an unknown letter takes no argument from those that follow', () => {
  assert.deepEqual(read('+Zo', 'alice'), ['unknown Z', '+o alice'])
})
