import { useEffect, useRef } from 'react'
import { useChat, useModel } from './chat-context.tsx'
import { useSettings } from './settings.tsx'

/** Shows what the server says that belongs to no conversation; an invitation can be taken up at once. */
export function useInvitations(): void {
  const { t } = useSettings()
  const { notify, tell, go } = useChat()
  const notices = useModel((model) => model.notices)
  const seen = useRef<string | undefined>(undefined)
  useEffect(() => {
    // What was said before this page began is told on no page twice.
    if (seen.current === undefined) {
      seen.current = notices.at(-1)?.id ?? ''
      return
    }
    const from = notices.findIndex(({ id }) => id === seen.current) + 1
    const fresh = notices.slice(from)
    seen.current = notices.at(-1)?.id ?? seen.current
    for (const notice of fresh.slice(-3)) {
      if (notice.kind === 'motd') continue
      if (notice.kind !== 'invitation') {
        notify({ text: notice.text, ...(notice.kind === 'refusal' ? { tone: 'bad' } : {}) })
        continue
      }
      const room = notice.context.find((word) => /^[#&]/.test(word))
      if (room === undefined) continue
      const run = (): void => {
        tell({ kind: 'join', name: room })
        go({ name: room })
      }
      notify({
        text: t('invitedTo', { who: notice.from, room }),
        action: { label: t('join'), run },
      })
    }
  }, [notices, notify, tell, go, t])
}
