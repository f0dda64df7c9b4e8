/** After the welcome: back to where we were. */
import { packWords } from '../protocol/text-lines.ts'
import { serverTime } from '../protocol/server-time.ts'
import type { Answer } from './asks.ts'
import { becomeOnline } from './connection.ts'
import { ask, hasCap, send, setConversation, type Core } from './core.ts'
import { ensureConversation } from './conversations.ts'
import { catchUp } from './history.ts'
import { learnPerson } from './people.ts'
import { askMarker } from './reading.ts'
import { takeTargets } from './targets.ts'

const METADATA_KEYS = [
  'display-name',
  'avatar',
  'role',
  'color',
  'status',
  'homepage',
  'pronouns',
  'bot',
]

export function afterWelcome(core: Core): void {
  if (core.link.stage === 'ready') return
  core.link.stage = 'ready'
  becomeOnline(core)
  const { self } = core.view.parts
  learnPerson(core, self.nick, { presence: 'here', realName: core.wish.realName })
  if (hasCap(core, 'draft/metadata-2')) sayMetadata(core)
  if (core.wish.away !== undefined) send(core, { command: 'AWAY', params: [core.wish.away] })
  for (const room of core.wish.rooms.values()) joinRoom(core, room)
  resumeDirect(core)
}

function sayMetadata(core: Core): void {
  send(core, { command: 'METADATA', params: ['*', 'SUB', ...METADATA_KEYS] })
  for (const [key, value] of Object.entries(core.wish.metadata)) {
    ask(core, { lines: [{ command: 'METADATA', params: ['*', 'SET', key, value] }] }, () => {})
  }
}

export function joinRoom(
  core: Core,
  { name, key }: { readonly name: string; readonly key?: string },
  heard: (answer: Answer) => void = () => {},
): void {
  const conversation = ensureConversation(core, name)
  if (conversation === undefined || conversation.standing === 'joined') return
  const { id } = conversation
  setConversation(core, id, { standing: 'joining' })
  const line = { command: 'JOIN', params: key === undefined ? [name] : [name, key] }
  ask(core, { lines: [line] }, (answer) => {
    heard(answer)
    if (core.view.conversations.get(id)?.standing !== 'joining') return
    if (answer.kind === 'unknown') return setConversation(core, id, { standing: 'apart' })
    const { refusal } = answer
    const standing = 'refused'
    setConversation(core, id, refusal === undefined ? { standing } : { standing, refusal })
  })
}

/** People with whom we talk, and those who wrote while we weren't here. */
function resumeDirect(core: Core): void {
  const { can } = core.view.parts.server
  const direct = [...core.view.conversations.values()].filter(({ kind }) => kind === 'direct')
  if (can.monitor && direct.length > 0) {
    const most = Number(core.link.isupport.get('MONITOR')) || direct.length
    const names = direct.slice(0, most).map(({ name }) => name)
    for (const words of packWords(names, MONITOR_BYTES)) {
      send(core, { command: 'MONITOR', params: ['+', words.replaceAll(' ', ',')] })
    }
  }
  for (const { id, name } of direct) {
    askMarker(core, name)
    catchUp(core, id)
  }
  const { lastOnline } = core.wish
  if (!can.history || lastOnline === undefined) return
  const [from, to] = [core.clock.now() + FUZZ_MS, lastOnline.atMs - FUZZ_MS]
  const params = ['TARGETS', `timestamp=${serverTime(from)}`, `timestamp=${serverTime(to)}`, '100']
  ask(
    core,
    { lines: [{ command: 'CHATHISTORY', params }], expects: 'draft/chathistory-targets ' },
    (answer) => {
      if (answer.kind === 'answered') takeTargets(core, answer.batches)
    },
  )
}

const FUZZ_MS = 10_000
/** With a name's length to spare. */
const MONITOR_BYTES = 400
