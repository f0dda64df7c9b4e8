import { useCallback, useEffect, useRef } from 'react'
import { systemClock } from '../../../base/clock.ts'
import type { Notice } from '../../../client/model.ts'
import { faultText } from '../state/refusal-text.ts'
import { useChat, useModel } from './chat-context.tsx'
import { useSettings } from './settings.tsx'

/** So old may be what a page tells when it begins: an account's invitation comes while one comes in. */
const RECENT_MS = 20_000
const MOST_AT_ONCE = 3

/** Shows what the server says that belongs to no conversation; an invitation can be taken up at once. */
export function useNotices(): void {
  const tellOf = useTelling()
  const notices = useModel((model) => model.notices)
  const seen = useRef<string | undefined>(undefined)
  useEffect(() => {
    const isFirst = seen.current === undefined
    const from = notices.findIndex(({ id }) => id === seen.current) + 1
    const fresh = isFirst ? notices.filter(isRecentInvitation) : notices.slice(from)
    seen.current = notices.at(-1)?.id ?? seen.current ?? ''
    tellOf(fresh.filter(isShown))
  }, [notices, tellOf])
}

function isRecentInvitation({ kind, timeMs }: Notice): boolean {
  return kind === 'invitation' && systemClock.now() - timeMs < RECENT_MS
}

/** What a profile shows: https://ircv3.net/specs/extensions/metadata#numerics */
const METADATA_NUMERIC = /^7(?:6\d|7\d)$/

/** "Your KNOCK has been delivered": whoever asked is told so where they asked. */
const KNOCK_DELIVERED = '711'
/** What servers say for those who said nothing. https://defs.ircdocs.horse/defs/numerics.html#rpl-knock-710 */
const USUAL_KNOCK = /^(?:has asked for an invite\.?)?$/i

/** The message of the day has a place of its own. */
export function isShown({ kind, code = '' }: Notice): boolean {
  return kind !== 'motd' && code !== KNOCK_DELIVERED && !METADATA_NUMERIC.test(code)
}

/** What a notice says, in the reader's language where there are words for it. */
export function useNoticeText(): (notice: Notice) => string {
  const { t } = useSettings()
  return useCallback(
    ({ kind, from, text, code = '', context }) => {
      const room = roomIn(context)
      if (kind === 'invitation' && room !== undefined) return t('invitedTo', { who: from, room })
      if (kind === 'knock' && room !== undefined) {
        const asks = t('knocks', { who: from, room })
        return USUAL_KNOCK.test(text) ? asks : `${asks}: ${text}`
      }
      const key = kind === 'refusal' ? faultText(code) : undefined
      const said = key === undefined ? text : t(key)
      return kind === 'refusal' ? [...context, said].join(' ') : said
    },
    [t],
  )
}

/** In a toast what is one line; of more, where they are. */
function useTelling(): (fresh: readonly Notice[]) => void {
  const { t, format } = useSettings()
  const { notify, tell, go, showPanel, panel } = useChat()
  const textOf = useNoticeText()
  const isInView = panel === 'notices'
  return useCallback(
    (fresh) => {
      const asked = fresh.filter(isAnswerable)
      const others = fresh.filter((notice) => !isAnswerable(notice))
      for (const notice of asked.slice(-MOST_AT_ONCE)) {
        const { kind, from, context } = notice
        const room = roomIn(context) ?? ''
        const run = (): void => {
          if (kind === 'invitation') tell({ kind: 'join', name: room })
          else tell({ kind: 'invite', conversation: room.toLowerCase(), nick: from })
          if (kind === 'invitation') go({ name: room })
        }
        const label = t(kind === 'invitation' ? 'join' : 'letIn')
        notify({ text: textOf(notice), action: { label, run } })
      }
      const [first] = others
      if (first === undefined || isInView) return
      const tone = first.kind === 'refusal' ? ({ tone: 'bad' } as const) : {}
      if (others.length === 1) return notify({ text: textOf(first), ...tone })
      notify({
        key: 'notices',
        text: t('answered', { who: first.from, count: format.count(others.length) }),
        action: { label: t('showIt'), run: () => showPanel('notices') },
      })
    },
    [t, format, notify, tell, go, showPanel, isInView, textOf],
  )
}

function isAnswerable({ kind, context }: Notice): boolean {
  return (kind === 'invitation' || kind === 'knock') && roomIn(context) !== undefined
}

function roomIn(context: readonly string[]): string | undefined {
  return context.find((word) => /^[#&]/.test(word))
}
