import { bodyRows, connectionRow } from '../app-state.ts'
import type { AppState } from '../app-state.ts'
import type { ConnectionRow } from '../../feed/view.ts'
import { serverNowMs } from '../dashboard-state.ts'
import { fieldLines } from '../field-lines.ts'
import { ruleLine } from '../line-layout.ts'
import { plain } from '../line.ts'
import type { Line } from '../line.ts'
import { countText, dateText, shortCount, sizeText, spanText } from '../number-text.ts'
import { safeText } from '../safe-text.ts'
import type { Say, WordKey } from '../words.ts'

/** All that is known of one connection, as of the last second. */
export function connectionDetails(state: AppState, id: number, top: number): Line[] {
  const { say, size } = state
  const title = ruleLine(say('connectionTitle', { id }), size.columns)
  const row = connectionRow(state, id)
  if (row === undefined) return [title, [plain(` ${say('hasLeft')}`)]]
  const all = [...identityOf(row, say), ...trafficOf(row, say, serverNowMs(state.data))]
  const lines = all.flatMap(([key, text]) =>
    fieldLines(say(key), safeText(text), { labelWidth: LABEL_WIDTH, columns: size.columns }),
  )
  const rows = Math.max(1, bodyRows(state) - 1)
  const from = Math.min(top, Math.max(0, lines.length - rows))
  return [title, ...lines.slice(from, from + rows)]
}

type Fact = readonly [key: WordKey, text: string]

function identityOf(row: ConnectionRow, say: Say): Fact[] {
  const { tls, rooms } = row
  const all: readonly (readonly [WordKey, string | undefined])[] = [
    ['nick', row.nick ?? say('notRegistered')],
    ['account', row.account],
    ['registeredAs', [row.userName, row.realName].filter(Boolean).join(', ') || undefined],
    ['address', say('fromPort', { address: row.address, port: row.port })],
    ['host', row.host],
    ['gateway', row.gateway],
    ['listener', `${row.listener} (${row.transport})`],
    ['tls', tls && `${tls.version} ${tls.cipher}`],
    ['fingerprint', tls?.certificateFingerprint],
    ['client', row.client],
    ['modes', row.modes === '' ? undefined : `+${row.modes}`],
    ['operator', row.operator],
    ['awayMessage', row.away],
    ['silenced', row.isSilenced ? say('yes') : undefined],
    ['roomCount', rooms.length === 0 ? undefined : `${rooms.length}: ${rooms.join(' ')}`],
  ]
  return all.flatMap(([key, text]) => (text === undefined ? [] : [[key, text]]))
}

function trafficOf(row: ConnectionRow, say: Say, nowMs: number): Fact[] {
  const open = spanText(nowMs - row.connectedAtMs, say)
  const perSecond = (amount: string): string => say('perSecond', { amount })
  const budget = budgetText(row, say)
  return [
    ['opened', `${dateText(row.connectedAtMs)} (${open})`],
    ['idle', spanText(row.idleMs, say)],
    ['linesIn', `${countText(row.linesIn)} (${perSecond(shortCount(row.linesInPerSecond))})`],
    ['bytesIn', sizeText(row.bytesIn)],
    ['bytesOut', `${sizeText(row.bytesOut)} (${perSecond(sizeText(row.bytesOutPerSecond))})`],
    ['queue', sizeText(row.queuedBytes)],
    ['budget', row.isHeld ? `${budget}, ${say('held')}` : budget],
  ]
}

/** Without limits, there is no budget. */
function budgetText({ budgetLines, budgetBytes }: ConnectionRow, say: Say): string {
  if (budgetLines === undefined && budgetBytes === undefined) return say('noLimit')
  const lines = budgetLines === undefined ? '-' : shortCount(budgetLines)
  const bytes = budgetBytes === undefined ? '-' : sizeText(budgetBytes)
  return say('budgetText', { lines, bytes })
}

const LABEL_WIDTH = 14
