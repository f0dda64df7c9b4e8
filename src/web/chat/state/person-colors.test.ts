import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PERSON_HUES } from './person-look.ts'

const people = readFileSync(new URL('../page/styles/people.css', import.meta.url), 'utf8')
const tokens = readFileSync(new URL('../../shared/styles/tokens.css', import.meta.url), 'utf8')

for (const [index, theme] of (['light', 'dark'] as const).entries()) {
  // https://www.w3.org/TR/WCAG22/#contrast-minimum
  test(`CONTRAST - everybody's name can be read on every ground, ${theme}: "at least 4.5:1"`, () => {
    for (let hue = 0; hue < PERSON_HUES; hue++) {
      const color = colorOf(people, `--person-${hue}`, index)
      const grounds = ['--bg', '--surface', '--surface-2'].map((name) =>
        colorOf(tokens, name, index),
      )
      for (const ground of [...grounds, colorOf(people, `--person-soft-${hue}`, index)]) {
        assert.ok(contrast(color, ground) >= 4.5, `${hue}: ${color} on ${ground}`)
      }
    }
  })
}

function colorOf(css: string, name: string, theme: number): string {
  const found = new RegExp(`${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)
  const color = found?.[theme + 1]
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
