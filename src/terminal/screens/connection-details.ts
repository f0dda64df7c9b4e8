import { bodyRows, connectionRow } from '../app-state.ts'
import type { AppState } from '../app-state.ts'
import type { ConnectionRow } from '../../feed/view.ts'
import { serverNowMs } from '../dashboard-state.ts'
import { fitText, wrapColumns } from '../fit-text.ts'
import { ruleLine } from '../line-layout.ts'
import { dim, plain } from '../line.ts'
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
  const lines = all.flatMap(([key, text]) => fieldLines(say(key), safeText(text), size.columns))
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
    ['address', `${row.address} (${row.port})`],
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
  const open = spanText(nowMs - row.connectedAtMs)
  const lines = row.budgetLines === undefined ? '-' : shortCount(row.budgetLines)
  const bytes = row.budgetBytes === undefined ? '-' : sizeText(row.budgetBytes)
  const budget = say('budgetText', { lines, bytes })
  return [
    ['opened', `${dateText(row.connectedAtMs)} (${open})`],
    ['idle', spanText(row.idleMs)],
    ['linesIn', `${countText(row.linesIn)} (${shortCount(row.linesInPerSecond)}/s)`],
    ['bytesIn', sizeText(row.bytesIn)],
    ['bytesOut', `${sizeText(row.bytesOut)} (${sizeText(row.bytesOutPerSecond)}/s)`],
    ['queue', sizeText(row.queuedBytes)],
    ['budget', row.isHeld ? `${budget}, ${say('held')}` : budget],
  ]
}

const LABEL_WIDTH = 14

function fieldLines(name: string, text: string, columns: number): Line[] {
  return wrapColumns(text, columns - LABEL_WIDTH - 2).map((piece, i) => [
    dim(` ${fitText(i === 0 ? name : '', LABEL_WIDTH)}`),
    plain(piece),
  ])
}
