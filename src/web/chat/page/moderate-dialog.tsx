import { useState, type ReactElement } from 'react'
import type { Outcome } from '../../../client/intent.ts'
import { AskForm } from './ask-form.tsx'
import { useChat, useModel, usePerson, type Chat } from './chat-context.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { Sentence } from './sentence.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { TextField } from './fields.tsx'

type What = 'kick' | 'ban' | 'mute'

interface ModerateDialogProps {
  readonly what: What
  readonly conversation: string
  readonly nick: string
  readonly onClose: () => void
}

const TITLES = { kick: 'kickTitle', ban: 'banTitle', mute: 'muteTitle' } as const
const MORE = { kick: 'kickMore', ban: 'banMore', mute: 'muteMore' } as const

/** Puts somebody out, keeps them out, or makes them silent; the reason is asked for. */
export function ModerateDialog(props: ModerateDialogProps): ReactElement {
  const { what, conversation, nick, onClose } = props
  const { t } = useSettings()
  const chat = useChat()
  const [reason, setReason] = useState('')
  const room = useModel((model) => model.conversations.get(conversation)?.name ?? conversation)
  const { host } = usePerson(nick.toLowerCase(), nick)
  return (
    <Modal
      title={
        <Sentence
          text={TITLES[what]}
          parts={{ who: <Untrusted text={nick} />, room: <Untrusted text={room} /> }}
        />
      }
      onClose={onClose}
    >
      <AskForm
        submit={t(what)}
        tone="danger"
        onSubmit={() =>
          moderate(chat, props, {
            reason: reason.trim(),
            notice: t('mutedFor', { who: nick, reason: reason.trim() }),
          })
        }
        onDone={() => {
          chat.notify({ text: t('doneTo', { who: nick, what: t(what) }), tone: 'good' })
          onClose()
        }}
        onCancel={onClose}
      >
        <p className="muted">{t(MORE[what])}</p>
        {what !== 'kick' && host !== undefined && (
          <p className="muted">
            {t('maskIs')} <code>*!*@{host}</code>
          </p>
        )}
        <TextField
          label={t('reason')}
          hint={t('reasonHint')}
          value={reason}
          onChange={setReason}
          input={{ maxLength: 300 }}
        />
      </AskForm>
    </Modal>
  )
}

/** Who is kept out is put out as well; why somebody is silent is said to the room. */
async function moderate(
  { ask }: Chat,
  { what, conversation, nick }: ModerateDialogProps,
  { reason, notice }: { readonly reason: string; readonly notice: string },
): Promise<Outcome> {
  const why = reason === '' ? {} : { reason }
  if (what === 'kick') return ask({ kind: 'kick', conversation, nick, ...why })
  if (what === 'mute') {
    return ask({ kind: 'mute', conversation, whom: nick, ...(reason === '' ? {} : { notice }) })
  }
  const outcome = await ask({ kind: 'ban', conversation, whom: nick })
  if (outcome.kind !== 'done') return outcome
  return ask({ kind: 'kick', conversation, nick, ...why })
}
