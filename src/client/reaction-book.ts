import { dropFirst } from '../base/least-recent.ts'
import type { Reaction } from './timeline.ts'
import { MOST } from './most.ts'

interface Given {
  readonly nick: string
  readonly isMine: boolean
  readonly isOn: boolean
  readonly timeMs: number
}

/**
 * Who reacted to what, by msgid: also to messages that aren't here at the moment. Of what somebody gave and
 * took away, the latest holds, in whichever order it is learnt.
 */
export class ReactionBook {
  /** By msgid, then emoji, then the person's key. */
  readonly #given = new Map<string, Map<string, Map<string, Given>>>()

  add(msgid: string, emoji: string, key: string, given: Given): void {
    const byEmoji = this.#ofMessage(msgid)
    const byPerson = byEmoji.get(emoji) ?? new Map<string, Given>()
    if (!byEmoji.has(emoji) && byEmoji.size >= MOST.emoji) return
    const known = byPerson.get(key)
    if (known !== undefined && known.timeMs > given.timeMs) return
    if (known === undefined && byPerson.size >= MOST.reactors) return
    byEmoji.set(emoji, byPerson.set(key, given))
  }

  of(msgid: string | undefined): readonly Reaction[] {
    const byEmoji = msgid === undefined ? undefined : this.#given.get(msgid)
    if (byEmoji === undefined) return []
    const reactions: Reaction[] = []
    for (const [emoji, byPerson] of byEmoji) {
      const given = [...byPerson.values()].filter(({ isOn }) => isOn)
      if (given.length === 0) continue
      const isMine = given.some((one) => one.isMine)
      reactions.push({ emoji, nicks: given.map(({ nick }) => nick), isMine })
    }
    return reactions
  }

  /** The message that was touched least recently makes room. */
  #ofMessage(msgid: string): Map<string, Map<string, Given>> {
    const byEmoji = this.#given.get(msgid) ?? new Map<string, Map<string, Given>>()
    this.#given.delete(msgid)
    this.#given.set(msgid, byEmoji)
    dropFirst(this.#given, MOST.reactedMessages)
    return byEmoji
  }
}
