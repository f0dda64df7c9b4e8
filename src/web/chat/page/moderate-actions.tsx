import type { ReactElement } from 'react'
import { useChat, useModel } from './chat-context.tsx'
import { useSettings } from './settings.tsx'

interface ModerateActionsProps {
  readonly conversation: string
  readonly nick: string
  readonly onClose: () => void
}

/** What one may do to somebody in a room; nothing where one has no right to. */
export function ModerateActions({
  conversation,
  nick,
  onClose,
}: ModerateActionsProps): ReactElement {
  const { t } = useSettings()
  const { open, tell } = useChat()
  const own = useModel((model) => model.conversations.get(conversation)?.ownRanks ?? '')
  const theirs = useModel(
    (model) => model.members.get(conversation)?.get(nick.toLowerCase())?.ranks,
  )
  const ranks = useModel((model) => model.server.ranks)
  if (theirs === undefined || !/[~&@%]/.test(own)) return <></>
  const mayRank = /[~&@]/.test(own)
  const rankOf = (prefix: string): string | undefined =>
    ranks.find((rank) => rank.prefix === prefix)?.mode
  const toggles = (['@', '+'] as const).flatMap((prefix) => {
    const mode = rankOf(prefix)
    return mode === undefined ? [] : [{ prefix, mode, has: theirs.includes(prefix) }]
  })
  return (
    <section className="moderate" aria-label={t('moderation')}>
      <h3>{t('moderation')}</h3>
      <div className="actions">
        {mayRank &&
          toggles.map(({ prefix, mode, has }) => (
            <button
              key={mode}
              type="button"
              className="button"
              onClick={() =>
                tell({ kind: 'setModes', conversation, modes: [`${has ? '-' : '+'}${mode}`, nick] })
              }
            >
              {t(RANK_ACTIONS[prefix][has ? 'take' : 'give'])}
            </button>
          ))}
      </div>
      <div className="actions">
        {(['mute', 'kick', 'ban'] as const).map((what) => (
          <button
            key={what}
            type="button"
            className="button danger"
            onClick={() => {
              onClose()
              open({ kind: 'moderate', what, conversation, nick })
            }}
          >
            {t(what)}
          </button>
        ))}
      </div>
    </section>
  )
}

const RANK_ACTIONS = {
  '@': { give: 'makeOperator', take: 'takeOperator' },
  '+': { give: 'giveVoice', take: 'takeVoice' },
} as const
