import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse, stringify } from 'smol-toml'
import { isTable } from './config-keys.ts'
import { tomlLines } from './toml-lines.ts'

const TEXT = `# first
title = "a # b = c"  # comment [x]
"quoted key" = 'x'
dotted.inner . deep = 1
text = """
[not.a.table]
fake = 1 \\"""
"""
raw = '''
also_fake = 2
'''
list = [
  1, # ]
  "]", { a = 1 },
]
point = { x = 1, y = [2] }

[a.b]
c = 1
[[rows]]
name = "one"
[rows.more]
z = 1
[[rows]]
name = "two"
[[rows.inner]]
k = 1
`

test('toml lines - keys of every kind have their line', () => {
  parse(TEXT)
  const lineOf = tomlLines(TEXT)
  const expected: readonly [(string | number)[], number | undefined][] = [
    [['title'], 2],
    [['quoted key'], 3],
    [['dotted'], 4],
    [['dotted', 'inner', 'deep'], 4],
    [['text'], 5],
    [['fake'], undefined],
    [['raw'], 9],
    [['also_fake'], undefined],
    [['list'], 12],
    [['list', 2, 'a'], 12],
    [['point', 'y', 0], 16],
    [['a'], 18],
    [['a', 'b', 'c'], 19],
    [['a', 'b', 'missing'], 18],
    [['rows', 0, 'name'], 21],
    [['rows', 0, 'more', 'z'], 23],
    [['rows', 1, 'name'], 25],
    [['rows', 1, 'inner', 0, 'k'], 27],
  ]
  for (const [path, line] of expected) assert.equal(lineOf(path), line, path.join('.'))
})

test('toml lines - CR LF counts as one line end', () => {
  assert.equal(tomlLines('a = 1\r\n\r\nb = 2\r\n')(['b']), 3)
})

test('toml lines - whatever is written, every key is found on the line that holds it', () => {
  const key = fc.string({ unit: 'grapheme-ascii', minLength: 1 })
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()))
  const document = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf)))
  fc.assert(
    fc.property(document, (value) => {
      const text = stringify(value)
      const lines = text.split('\n')
      const lineOf = tomlLines(text)
      for (const [name, entry] of Object.entries(parse(text))) {
        const inner = isTable(entry) ? Object.keys(entry).map((part) => [name, part]) : []
        for (const path of [[name], ...inner]) {
          const line = lines[(lineOf(path) ?? 0) - 1] ?? ''
          const last = path.at(-1) ?? ''
          assert.ok(line.includes(/^[\w-]+$/.test(last) ? last : JSON.stringify(last)), last)
        }
      }
    }),
  )
})

test('toml lines - any text at all comes to an end', () => {
  const unit = fc.constantFrom(...'a = . [ ] { } " \' # \\ \n'.split(' '), ' ')
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      assert.equal(tomlLines(text)(['missing']), undefined)
    }),
  )
})
