import type { Said } from './message-event.ts'

/** Whether the log keeps it. That somebody is typing is of this moment alone. https://ircv3.net/specs/client-tags/typing */
export function isKept({ command, clientTags }: Said): boolean {
  return command !== 'TAGMSG' || !isTyping(clientTags)
}

function isTyping(clientTags: string): boolean {
  if (!clientTags.includes('typing')) return false
  return clientTags.split(';').every((tag) => /^\+(?:draft\/)?typing(?:=|$)/.test(tag))
}
