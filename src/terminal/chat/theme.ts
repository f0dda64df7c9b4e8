import type { Color } from '../line.ts'

export const THEMES = ['terminal', 'dark', 'light'] as const
export type ThemeName = (typeof THEMES)[number]

/** What colours say. None of them is the only sign of it. */
export interface Theme {
  readonly accent: Color
  readonly good: Color
  readonly warning: Color
  readonly danger: Color
  readonly code: Color
  readonly link: Color
  readonly people: readonly Color[]
  /** The sixteen of IRC formatting. https://modern.ircdocs.horse/formatting#colors */
  readonly inks: readonly Color[]
}

const TERMINAL: Theme = {
  accent: 'cyan',
  good: 'green',
  warning: 'yellow',
  danger: 'red',
  code: 'yellow',
  link: 'cyan',
  people: [
    'green',
    'yellow',
    'blue',
    'magenta',
    'cyan',
    'greenBright',
    'yellowBright',
    'blueBright',
    'magentaBright',
    'cyanBright',
  ],
  inks: [
    'white',
    'black',
    'blue',
    'green',
    'redBright',
    'red',
    'magenta',
    'yellow',
    'yellowBright',
    'greenBright',
    'cyan',
    'cyanBright',
    'blueBright',
    'magentaBright',
    'gray',
    'white',
  ],
}

const DARK: Theme = {
  accent: '#7fb7d6',
  good: '#8fce7e',
  warning: '#e8c468',
  danger: '#f2777a',
  code: '#d9b48f',
  link: '#7fb7d6',
  people: [
    '#e59b8b',
    '#e8c468',
    '#8fce7e',
    '#6cc7cf',
    '#7aa6f0',
    '#b79df2',
    '#e08bc2',
    '#c3cf6a',
    '#f0a868',
    '#69cfa4',
    '#9fc0d8',
    '#d3a6e0',
  ],
  inks: TERMINAL.inks,
}

const LIGHT: Theme = {
  accent: '#0b5c7a',
  good: '#1e6b2e',
  warning: '#835500',
  danger: '#b3261e',
  code: '#7a4410',
  link: '#0b5c7a',
  people: [
    '#a3402d',
    '#7d5a00',
    '#2f6b1f',
    '#0b6570',
    '#1d56b0',
    '#5d3fb0',
    '#9c2c77',
    '#5c6600',
    '#9a4d00',
    '#0f6b47',
    '#3d5f78',
    '#7a3d8c',
  ],
  inks: TERMINAL.inks,
}

export function themeOf(name: ThemeName): Theme {
  return { terminal: TERMINAL, dark: DARK, light: LIGHT }[name]
}

/** Always the same for one person: by their folded nick. */
export function personColor(key: string, theme: Theme): Color {
  let hash = 0
  for (const letter of key) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 4_294_967_291
  return theme.people[hash % theme.people.length] ?? theme.accent
}
