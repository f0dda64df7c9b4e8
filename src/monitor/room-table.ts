import type { Channel } from '../state/channel.ts'
import { rateAt, type RoomTally } from './room-tally.ts'
import { selectRows, type Table } from './table.ts'
import type { RoomRow, View, ViewQuery } from '../feed/view.ts'

export interface RoomFacts {
  readonly tallyOf: (channel: Channel) => RoomTally | undefined
  readonly nowMs: number
}

/** The window of the table that a query asks for. */
export function roomView(channels: readonly Channel[], query: ViewQuery, facts: RoomFacts): View {
  const { selected, ...window } = selectRows(channels, query, tableOf(facts))
  return { of: 'rooms', ...window, rows: selected.map((channel) => roomRow(channel, facts)) }
}

function roomRow(channel: Channel, { tallyOf, nowMs }: RoomFacts): RoomRow {
  const tally = tallyOf(channel)
  const founder = founderOf(channel)
  return {
    name: channel.name,
    members: channel.members.size,
    modes: modesOf(channel),
    createdAtMs: channel.createdAtMs,
    messages: tally?.messages ?? 0,
    messagesPerSecond: tally === undefined ? 0 : rounded(rateAt(tally, nowMs)),
    ...(channel.topic === undefined ? {} : { topic: channel.topic.text }),
    ...(founder === undefined ? {} : { founder }),
    ...(tally === undefined ? {} : { lastMessageAtMs: tally.lastAtMs }),
  }
}

/** Who made it and is here, or the account whose it is. */
function founderOf({ founder, founderAccount }: Channel): string | undefined {
  return founder?.nick ?? founderAccount
}

function modesOf({ flags, key, memberLimit, forward }: Channel): string {
  const more = [
    key === undefined ? '' : 'k',
    memberLimit === undefined ? '' : 'l',
    forward === undefined ? '' : 'f',
  ]
  return flags + more.join('')
}

function tableOf({ tallyOf, nowMs }: RoomFacts): Table<Channel> {
  return {
    texts: (channel) => [channel.name, channel.topic?.text, founderOf(channel)],
    sortedBy: 'name',
    columns: {
      name: ({ name }) => name.toLowerCase(),
      members: ({ members }) => members.size,
      topic: ({ topic }) => topic?.text,
      modes: modesOf,
      founder: (channel) => founderOf(channel)?.toLowerCase(),
      createdAtMs: ({ createdAtMs }) => createdAtMs,
      messages: (channel) => tallyOf(channel)?.messages ?? 0,
      messagesPerSecond: (channel) => {
        const tally = tallyOf(channel)
        return tally === undefined ? 0 : rateAt(tally, nowMs)
      },
      lastMessageAtMs: (channel) => tallyOf(channel)?.lastAtMs,
    },
  }
}

function rounded(rate: number): number {
  return Math.round(rate * 100) / 100
}
