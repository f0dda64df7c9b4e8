import { bodyRows } from '../app-state.ts'
import type { AppState, Place } from '../app-state.ts'
import type { RoomMember, RoomRow } from '../../feed/view.ts'
import { serverNowMs } from '../dashboard-state.ts'
import { fitText } from '../fit-text.ts'
import { fitLine, ruleLine } from '../line-layout.ts'
import { bold, dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { countText, dateText, spanText } from '../number-text.ts'
import { safeText } from '../safe-text.ts'

/** A room: four lines of facts, and who is in it. */
export function roomDetails(state: AppState, name: string, place: Place): Line[] {
  const { say, size, data } = state
  const title = ruleLine(say('roomTitle', { room: safeText(name) }), size.columns)
  const found = data.members?.room === name ? data.members : undefined
  if (found === undefined) return [title, [dim(` ${say('waiting')}`)]]
  if (found.members === undefined) return [title, [plain(` ${say('noRoom')}`)]]
  const rows = bodyRows(state) - HEAD_LINES
  const shown = found.members.slice(place.top, place.top + rows)
  const row = data.rooms?.rows.find((one) => one.name === name)
  return [
    title,
    ...factLines(state, row, found.members.length),
    headLine(state),
    ...shown.map((member, i) => memberLine(member, place.top + i === place.index, state)),
  ]
}

/** The mouse counts on it. */
const HEAD_LINES = 4

function factLines({ say }: AppState, row: RoomRow | undefined, members: number): Line[] {
  const opened = row === undefined ? '-' : dateText(row.createdAtMs)
  const facts = [
    `${say('members')} ${countText(members)}`,
    `${say('modes')} +${safeText(row?.modes ?? '')}`,
    `${say('messages')} ${countText(row?.messages ?? 0)}`,
    `${say('created')} ${opened}`,
  ]
  return [
    [plain(` ${facts.join(' · ')}`)],
    [dim(` ${say('topic')} `), plain(safeText(row?.topic ?? '-'))],
  ]
}

const NICK_WIDTH = 34
const RANK_WIDTH = 6

function headLine({ say }: AppState): Line {
  const rank = fitText(say('rank'), RANK_WIDTH)
  return [bold(`  ${rank} ${fitText(say('nick'), NICK_WIDTH)} ${say('joined')}`)]
}

function memberLine(member: RoomMember, isChosen: boolean, { data, say, size }: AppState): Line {
  const { ranks, nick, joinedAtMs } = member
  const since = spanText(serverNowMs(data) - joinedAtMs, say)
  const cells = `${fitText(safeText(ranks), RANK_WIDTH)} ${fitText(safeText(nick), NICK_WIDTH)} ${since}`
  if (!isChosen) return [plain(`  ${cells}`)]
  return fitLine([{ text: fitText(`› ${cells}`, size.columns), isInverse: true }], size.columns)
}
