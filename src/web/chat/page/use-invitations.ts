import { useEffect, useRef } from 'react'
import { systemClock } from '../../../base/clock.ts'
import type { Notice } from '../../../client/model.ts'
import { useChat, useModel, type Chat } from './chat-context.tsx'
import { useSettings, type Settings } from './settings.tsx'

/** So old may be what a page tells when it begins: an account's invitation comes while one comes in. */
const RECENT_MS = 20_000
const MOST_AT_ONCE = 3

/** Shows what the server says that belongs to no conversation; an invitation can be taken up at once. */
export function useInvitations(): void {
  const { t } = useSettings()
  const { notify, tell, go } = useChat()
  const notices = useModel((model) => model.notices)
  const seen = useRef<string | undefined>(undefined)
  useEffect(() => {
    const isFirst = seen.current === undefined
    const from = notices.findIndex(({ id }) => id === seen.current) + 1
    const fresh = isFirst ? notices.filter(isRecentInvitation) : notices.slice(from)
    seen.current = notices.at(-1)?.id ?? seen.current ?? ''
    for (const notice of fresh.slice(-MOST_AT_ONCE)) show(notice, { notify, tell, go, t })
  }, [notices, notify, tell, go, t])
}

function isRecentInvitation({ kind, timeMs }: Notice): boolean {
  return kind === 'invitation' && systemClock.now() - timeMs < RECENT_MS
}

interface Means extends Pick<Chat, 'notify' | 'tell' | 'go'>, Pick<Settings, 't'> {}

/** What a profile shows: https://ircv3.net/specs/extensions/metadata#numerics */
const METADATA_NUMERIC = /^7(?:6\d|7\d)$/

function show(notice: Notice, { notify, tell, go, t }: Means): void {
  const { kind, from, text, code = '', context } = notice
  if (kind === 'motd' || METADATA_NUMERIC.test(code)) return
  if (kind !== 'invitation') {
    return notify({ text, ...(kind === 'refusal' ? { tone: 'bad' } : {}) })
  }
  const room = context.find((word) => /^[#&]/.test(word))
  if (room === undefined) return
  const run = (): void => {
    tell({ kind: 'join', name: room })
    go({ name: room })
  }
  return notify({ text: t('invitedTo', { who: from, room }), action: { label: t('join'), run } })
}
