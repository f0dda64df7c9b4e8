import { useEffect, useState, type ReactElement } from 'react'
import { stripFormatting } from '../../../client/format.ts'
import type { Model } from '../../../client/model.ts'
import type { Message, TimelineItem } from '../../../client/timeline.ts'
import { safeText } from '../../shared/safe-text.ts'
import { conversationAt, useChat } from './chat-context.tsx'
import { useSettings } from './settings.tsx'

/** Of many that come together only the last is read out: nobody could listen to all. */
const CALM_MS = 700
const LONGEST = 200

/** Reads new messages of the conversation that is open to those who don't see them. */
export function Announcer(): ReactElement {
  const { t } = useSettings()
  const { store, place } = useChat()
  const [said, setSaid] = useState('')
  const name = place?.name
  useEffect(() => {
    if (name === undefined) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = store.onApplied((before, after) => {
      const message = newestIn(before, after, name)
      if (message === undefined) return
      clearTimeout(timer)
      const text = stripFormatting(message.text).slice(0, LONGEST)
      timer = setTimeout(
        () => setSaid(t('announced', { who: message.author.nick, text: safeText(text) })),
        CALM_MS,
      )
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [store, name, t])
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-label={t('newMessages')}>
      {said !== '' && <p>{said}</p>}
    </div>
  )
}

function newestIn(before: Model, after: Model, name: string): Message | undefined {
  const id = conversationAt(after, name)?.id ?? ''
  const last = lastOf(after, id)
  if (last === undefined || last === lastOf(before, id)) return undefined
  if (last.kind !== 'message' || last.author.isSelf) return undefined
  return last.id === lastOf(before, id)?.id ? undefined : last
}

function lastOf(model: Model, id: string): TimelineItem | undefined {
  return model.timelines.get(id)?.items.at(-1)
}
