import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const css = readFileSync(new URL('./styles/tokens.css', import.meta.url), 'utf8')
const THEMES = ['light', 'dark'] as const

/** What is written on what. */
const TEXT: readonly (readonly [text: string, ground: string])[] = [
  ...['--bg', '--surface', '--surface-2'].flatMap((ground) =>
    ['--text', '--text-2'].map((text) => [text, ground] as const),
  ),
  ['--accent', '--bg'],
  ['--accent', '--surface'],
  ['--accent', '--accent-soft'],
  ['--on-accent', '--accent'],
  ['--on-bad', '--bad'],
  ['--bad', '--surface'],
  ['--bad', '--bad-soft'],
  ['--warn', '--warn-soft'],
  ['--good', '--good-soft'],
  ['--bg', '--text'],
]
/** Borders of what can be used, lines of graphs, the ring of the focus. */
const SHAPES: readonly (readonly [shape: string, ground: string])[] = [
  ['--line-strong', '--surface'],
  ['--line-strong', '--bg'],
  ['--series-1', '--surface'],
  ['--series-2', '--surface'],
  ['--accent', '--bg'],
]

for (const [index, theme] of THEMES.entries()) {
  // https://www.w3.org/TR/WCAG22/#contrast-minimum
  test(`CONTRAST - all text can be read in the ${theme} theme: "a contrast ratio of at least 4.5:1"`, () => {
    for (const [text, ground] of TEXT) check(text, ground, 4.5)
  })

  // https://www.w3.org/TR/WCAG22/#non-text-contrast
  test(`CONTRAST - all shapes can be seen in the ${theme} theme: "a contrast ratio of at least 3:1"`, () => {
    for (const [shape, ground] of SHAPES) check(shape, ground, 3)
  })

  function check(above: string, below: string, least: number): void {
    const ratio = contrast(colorOf(above, index), colorOf(below, index))
    assert.ok(ratio >= least, `${above} on ${below}: ${ratio.toFixed(2)}`)
  }
}

function colorOf(name: string, theme: number): string {
  const [, light, dark] =
    new RegExp(`${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css) ?? []
  const color = theme === 0 ? light : dark
  assert.ok(color !== undefined, name)
  return color
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
