import { useState, type ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import { useChat, useModel } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { useRefusal } from './refusal.ts'
import { useSettings } from './settings.tsx'
import { Sentence } from './sentence.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

const TEXTS = { left: 'youLeft', removed: 'youWereRemoved', refused: 'youWereRefused' } as const

/** In place of the field where one can't write: why, and the way back. */
export function OutNotice({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const { t } = useSettings()
  const { tell, ask, notify } = useChat()
  const refusalText = useRefusal()
  const { id, name, standing, refusal } = conversation
  const text = standing === 'left' || standing === 'removed' ? TEXTS[standing] : TEXTS.refused
  const knock = async (): Promise<void> => {
    const outcome = await ask({ kind: 'knock', name })
    if (outcome.kind === 'done') notify({ text: t('knocked'), tone: 'good' })
    else if (outcome.kind === 'refused') notify({ text: refusalText(outcome), tone: 'bad' })
  }
  return (
    <div className="out" role="status">
      <Icon name={standing === 'left' ? 'out' : 'warn'} />
      <p>
        <strong>{t(text)}</strong> {standing === 'removed' && <Removal id={id} />}
        {refusal !== undefined && <Untrusted text={refusalText(refusal)} />}
      </p>
      <div className="actions">
        {refusal?.code === '473' && (
          <button type="button" className="button" onClick={() => void knock()}>
            {t('knock')}
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => tell({ kind: 'close', conversation: id })}
        >
          {t('takeFromList')}
        </button>
        {refusal?.code === '475' ? (
          <KeyForm name={name} />
        ) : (
          <button
            type="button"
            className="button primary"
            onClick={() => tell({ kind: 'join', name })}
          >
            {t('joinAgain')}
          </button>
        )}
      </div>
    </div>
  )
}

/** The room asks for a key. */
function KeyForm({ name }: { readonly name: string }): ReactElement {
  const { t } = useSettings()
  const { tell } = useChat()
  const [key, setKey] = useState('')
  return (
    <form
      className="actions"
      onSubmit={(event) => {
        event.preventDefault()
        tell({ kind: 'join', name, key: key.trim() })
      }}
    >
      <input
        className="input"
        value={key}
        aria-label={t('roomKey')}
        placeholder={t('roomKey')}
        autoComplete="off"
        spellCheck={false}
        required
        onChange={({ target }) => setKey(target.value)}
      />
      <button type="submit" className="button primary">
        {t('joinAgain')}
      </button>
    </form>
  )
}

/** By whom, and why: it is the last that one saw there. */
function Removal({ id }: { readonly id: string }): ReactElement {
  const removal = useModel(({ timelines, self }) =>
    timelines
      .get(id)
      ?.items.findLast(
        (item) =>
          item.kind === 'happening' &&
          item.what === 'kicked' &&
          item.whom?.toLowerCase() === self.nick.toLowerCase(),
      ),
  )
  if (removal?.kind !== 'happening') return <></>
  const { who, text = '' } = removal
  return (
    <span>
      <Sentence
        text={text === '' ? 'removedBy' : 'removedByFor'}
        parts={{ who: <Untrusted text={who.nick} />, reason: <Untrusted text={text} /> }}
      />
    </span>
  )
}
