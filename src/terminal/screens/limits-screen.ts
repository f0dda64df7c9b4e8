import { bodyRows } from '../app-state.ts'
import type { AppState } from '../app-state.ts'
import { fitText, textWidth } from '../fit-text.ts'
import { dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { countText, shareText, sizeText, wholeSpanText } from '../number-text.ts'
import { safeText } from '../safe-text.ts'
import type { Say } from '../words.ts'

/** What the configuration allows. */
export function limitLines(state: AppState): Line[] {
  const { data, limits, say } = state
  const all = Object.entries(data.facts?.limits ?? {})
  if (all.length === 0) return [[dim(`  ${say('nothingYet')}`)]]
  const width = Math.max(...all.map(([name]) => textWidth(safeText(name))))
  const rows = bodyRows(state)
  const top = Math.min(limits.top, Math.max(0, all.length - rows))
  return all
    .slice(top, top + rows)
    .map(([name, value]) => [
      plain(`  ${fitText(safeText(name), width)}  `),
      plain(fitText(valueText(name, value, say), 14, 'right')),
      dim(meaning(name, value, say)),
    ])
}

/** What `--limits off` makes of them. */
const NO_LIMIT = 2 ** 31 - 1

function valueText(name: string, value: number, say: Say): string {
  if (value >= NO_LIMIT || (value === 0 && name === 'admission.connections')) return say('noLimit')
  return /share/i.test(name) ? shareText(value) : countText(value)
}

/** Large numbers in units, where the name says what they are. */
function meaning(name: string, value: number, say: Say): string {
  if (value >= NO_LIMIT) return ''
  if (/ms$/i.test(name) && value >= 1000) return `  ${wholeSpanText(value, say)}`
  return /bytes$/i.test(name) && value >= 1024 ? `  ${sizeText(value)}` : ''
}
