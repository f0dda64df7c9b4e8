import { useEffect } from 'react'
import { stripFormatting } from '../../../client/format.ts'
import type { Mention, Model } from '../../../client/model.ts'
import { safeText } from '../../shared/safe-text.ts'
import { attentionOf, newCalls, titleOf } from '../state/attention.ts'
import { hashOf } from '../state/place.ts'
import { takesTurn, useLookedAt } from './call-turn.ts'
import { useChat, useHere, useModel } from './chat-context.tsx'
import { drawFavicon } from './favicon.ts'
import { useSettings } from './settings.tsx'
import { playCall } from './sound.ts'
import { useReadNow } from './use-reading.ts'

/** Counts in the title and on the icon; notifications and sounds for those who want them. */
export function useAttention(): void {
  useCounts()
  useLookedAt()
  useCalls()
  useCalledTo()
}

/** Where a notification leads that was clicked: its worker says so. */
function useCalledTo(): void {
  useEffect(() => {
    // Pages that aren't secure have none, whatever the types say.
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
    const follow = ({ data }: MessageEvent<{ kind?: unknown; hash?: unknown }>): void => {
      if (data.kind === 'show' && typeof data.hash === 'string') location.hash = data.hash
    }
    workers?.addEventListener('message', follow)
    return () => workers?.removeEventListener('message', follow)
  }, [])
}

function useCounts(): void {
  const conversations = useModel((model) => model.conversations)
  const here = useHere()
  const attention = attentionOf(conversations.values(), useReadNow())
  const title = titleOf(here === undefined ? undefined : safeText(here.name), attention)
  useEffect(() => {
    document.title = title
  }, [title])
  const { calls } = attention
  const hasUnread = attention.unread > 0
  useEffect(() => drawFavicon(calls, hasUnread ? 'unread' : 'read'), [calls, hasUnread])
  useEffect(() => {
    // On the icon of the page where it is installed. https://www.w3.org/TR/badging/
    if ('setAppBadge' in navigator) void navigator.setAppBadge(calls).catch(() => undefined)
  }, [calls])
}

function useCalls(): void {
  const { store } = useChat()
  const { notifications, sounds, quiet, t } = useSettings()
  useEffect(
    () =>
      store.onApplied((before, after) => {
        if (quiet === 'on' || after.self.away !== undefined) return
        for (const call of newCalls(before, after)) {
          void takesTurn(call.message.msgid ?? call.message.id).then((isMine) => {
            if (isMine && sounds === 'on') playCall()
            if (isMine && notifications === 'on') void notifyOf(call, after, t('someone'))
          })
        }
      }),
    [store, notifications, sounds, quiet, t],
  )
}

async function notifyOf(
  { conversation, message }: Mention,
  model: Model,
  someone: string,
): Promise<void> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return
  const name = model.conversations.get(conversation)?.name ?? conversation
  const who = safeText(message.author.nick)
  const isDirect = model.conversations.get(conversation)?.kind === 'direct'
  const title = who === '' ? someone : isDirect ? who : `${who} · ${safeText(name)}`
  const options = {
    body: safeText(stripFormatting(message.text)).slice(0, 200),
    tag: `maru ${message.id}`,
    icon: '/icon-192.png',
    data: hashOf({ name, ...(message.msgid === undefined ? {} : { msgid: message.msgid }) }),
  }
  const registration = await navigator.serviceWorker?.getRegistration()
  if (registration !== undefined) return registration.showNotification(title, options)
  const notification = new Notification(title, options)
  notification.addEventListener('click', () => {
    focus()
    location.hash = options.data
  })
}
