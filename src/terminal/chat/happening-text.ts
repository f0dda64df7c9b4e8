import type { Happening } from '../../client/timeline.ts'
import { stripFormatting } from '../../client/format.ts'
import { safeText } from '../safe-text.ts'
import type { ChatSay, ChatWord } from './chat-words.ts'

/** What happened, in a few words. */
export function happeningText(happening: Happening, say: ChatSay): string {
  const text = safeText(stripFormatting(happening.text ?? ''))
  const who = safeText(happening.who.nick)
  const whom = safeText(happening.whom ?? '')
  const [without, withText] = WORDS[happening.what]
  return say(text === '' ? without : withText, { who, whom, text })
}

export function isComingOrGoing({ what }: Happening): boolean {
  return what === 'joined' || what === 'parted' || what === 'quit' || what === 'nick'
}

const WORDS: Readonly<Record<Happening['what'], readonly [without: ChatWord, withText: ChatWord]>> =
  {
    joined: ['joined', 'joined'],
    parted: ['parted', 'partedWhy'],
    quit: ['quit', 'quitWhy'],
    kicked: ['kicked', 'kickedWhy'],
    nick: ['nickChanged', 'nickChanged'],
    topic: ['topicCleared', 'topicSet'],
    modes: ['modesSet', 'modesSet'],
    renamed: ['renamed', 'renamed'],
    invited: ['invited', 'invited'],
    redacted: ['redactedHere', 'redactedHere'],
  }
