import { bodyRows, mayAct } from '../app-state.ts'
import type { AppState } from '../app-state.ts'
import { fitText, wrapColumns } from '../fit-text.ts'
import { ruleLine } from '../line-layout.ts'
import { bold, dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import type { WordKey } from '../words.ts'

type KeyHelp = readonly [keys: string, meaning: WordKey]

const READING: readonly KeyHelp[] = [
  ['1-6 Tab ← →', 'helpScreens'],
  ['↑ ↓', 'helpMove'],
  ['PgUp PgDn Home End', 'helpPages'],
  ['Enter', 'helpEnter'],
  ['/', 'helpFilter'],
  ['s S', 'helpSort'],
  ['p', 'helpPause'],
  ['l', 'helpLimits'],
]

const ACTING: readonly KeyHelp[] = [
  ['m', 'helpMessage'],
  ['k', 'helpKick'],
  ['d', 'helpDisconnect'],
  ['b', 'helpBan'],
  ['x', 'helpSilence'],
  ['a', 'helpAnnounce'],
  ['u', 'helpUnban'],
]

/** All keys that are of use to whoever is here. */
export function keysLines(state: AppState): Line[] {
  const { say, size } = state
  const keys = [...READING, ...(mayAct(state, 'moderate') ? ACTING : [])]
  const lines: Line[] = [...keys, ['q Ctrl+C', 'helpQuit'] as const].map(([key, meaning]) => [
    bold(` ${fitText(key, 20)}`),
    plain(say(meaning)),
  ])
  const mouse = wrapColumns(say('helpMouse'), size.columns - 2).map((text) => [plain(` ${text}`)])
  return [
    ruleLine(say('keysTitle'), size.columns),
    ...lines,
    ...mouse,
    [dim(` ${say('anyKey')}`)],
  ].slice(0, bodyRows(state))
}
