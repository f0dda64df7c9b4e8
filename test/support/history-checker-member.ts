import { connect, type Socket } from 'node:net'
import { parseMessage, type Message } from '../../src/protocol/message.ts'
import type { Shown, Stay } from './history-checker.ts'
import { PATIENCE_MS } from './patience.ts'

/** A connection that is in some rooms and writes down what it sees there. */
export interface Member {
  readonly nick: string
  /** One for each room, from the own JOIN to the end of the connection. */
  readonly stays: readonly Stay[]
  /** Resolves when the connection has ended, for whatever reason. */
  readonly gone: Promise<void>
  isGone(): boolean
  send(line: string): void
  /** The lines up to the first that matches, it included. Rejects when the connection ends before. */
  until(isIt: (message: Message) => boolean): Promise<readonly Message[]>
  leave(): void
}

export interface MemberParts {
  readonly port: number
  readonly nick: string
  /** In lower case. */
  readonly rooms: readonly string[]
  /** Hears every line as well; what it returns true for isn't taken for something that was said now. */
  readonly hear?: (message: Message) => boolean
}

const CAPS = [
  'batch',
  'draft/chathistory',
  'draft/event-playback',
  'echo-message',
  'labeled-response',
  'maru.chat/client-msgid',
  'message-tags',
  'server-time',
  'standard-replies',
]

/** Resolves when it is in all of its rooms; rejects when the connection ends before. */
export async function joinRooms(parts: MemberParts): Promise<Member> {
  const { port, nick, rooms } = parts
  const member = memberOn(connect({ host: '127.0.0.1', port, noDelay: true }), parts)
  member.send(`CAP REQ :${CAPS.join(' ')}`)
  member.send(`NICK ${nick}`)
  member.send(`USER ${nick} 0 * :${nick}`)
  member.send('CAP END')
  await member.until(({ command }) => command === '376' || command === '422')
  const joined = member.until(
    ({ command, params }) => command === '366' && params[1] === rooms.at(-1),
  )
  for (const room of rooms) member.send(`JOIN ${room}`)
  await joined
  return member
}

function memberOn(socket: Socket, { nick, rooms, hear = () => false }: MemberParts): Member {
  const seen = new Map(rooms.map((room) => [room, [] as Shown[]]))
  const { promise: gone, resolve: end } = Promise.withResolvers<void>()
  let wait: Wait | undefined
  // A reset is an end like any other.
  socket.on('error', () => {})
  socket.once('close', () => {
    end()
    wait?.reject(new Error(`${nick} was cut off`))
  })
  const decoder = new TextDecoder()
  let rest = ''
  socket.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\r\n')
    // Without its end it was never said.
    rest = lines.pop() ?? ''
    for (const text of lines) take(parseMessage(text))
  })
  const take = (message: Message | undefined): void => {
    if (message === undefined) return
    if (message.command === 'PING') socket.write(`PONG :${message.params[0]}\r\n`)
    const shown = hear(message) ? undefined : shownBy(message)
    if (shown !== undefined) seen.get(message.params[0] ?? '')?.push(shown)
    wait?.lines.push(message)
    if (wait?.isIt(message) === true) wait.resolve(wait.lines)
  }
  return {
    nick,
    stays: [...seen].map(([room, shown]) => ({ who: nick, room, shown })),
    gone,
    isGone: () => socket.closed,
    send: (line) => void socket.write(`${line}\r\n`),
    async until(isIt) {
      const { promise, resolve, reject } = Promise.withResolvers<readonly Message[]>()
      wait = { isIt, lines: [], resolve, reject }
      if (socket.destroyed) reject(new Error(`${nick} was cut off`))
      const timer = setTimeout(() => reject(new Error(`${nick} waited in vain`)), PATIENCE_MS)
      try {
        return await promise
      } finally {
        clearTimeout(timer)
        wait = undefined
      }
    },
    leave: () => socket.destroy(),
  }
}

interface Wait {
  readonly isIt: (message: Message) => boolean
  readonly lines: Message[]
  readonly resolve: (lines: readonly Message[]) => void
  readonly reject: (why: Error) => void
}

/** Undefined for a line that isn't part of a room's past, and for what is told of another time. */
function shownBy(message: Message): Shown | undefined {
  return message.tags?.has('batch') === true ? undefined : shownOf(message)
}

/** Undefined for a line that the checker doesn't look at. */
export function shownOf({ tags, source, command, params }: Message): Shown | undefined {
  if (command !== 'PRIVMSG' && command !== 'JOIN') return undefined
  const [msgid, time] = [tags?.get('msgid'), tags?.get('time')]
  if (msgid === undefined || time === undefined || source === undefined) return undefined
  return { msgid, time, from: source, command, text: command === 'JOIN' ? '' : (params[1] ?? '') }
}
