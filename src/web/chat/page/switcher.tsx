import { useState, type KeyboardEvent, type ReactElement } from 'react'
import type { Model } from '../../../client/model.ts'
import { callsIn } from '../state/attention.ts'
import { matching, sortedConversations } from '../state/conversation-list.ts'
import { shownName } from '../state/person-look.ts'
import { Avatar } from './avatar.tsx'
import { useChat, useModel, usePerson } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

interface Choice {
  readonly kind: 'room' | 'direct' | 'person' | 'join'
  readonly name: string
  readonly label: string
  readonly isWaiting: boolean
}

const MOST_SHOWN = 12

/** Goes to a room or a person by a few letters. */
export function Switcher({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useSettings()
  const { go, tell } = useChat()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const choices = useChoices(typed)
  const pick = ({ kind, name }: Choice): void => {
    onClose()
    if (kind === 'join') tell({ kind: 'join', name })
    if (kind === 'person') tell({ kind: 'open', nick: name })
    go({ name })
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const chosen = choices[active]
    if (step !== 0) setActive((active + step + choices.length) % Math.max(1, choices.length))
    else if (event.key === 'Enter' && chosen !== undefined) pick(chosen)
    else return
    event.preventDefault()
  }
  return (
    <Modal title={t('switcher')} className="is-switcher" onClose={onClose}>
      <input
        className="input"
        type="text"
        role="combobox"
        aria-expanded={choices.length > 0}
        aria-controls="switcher-list"
        aria-activedescendant={choices.length > 0 ? `switcher-${active}` : undefined}
        aria-label={t('switcherWords')}
        placeholder={t('switcherWords')}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          setActive(0)
        }}
        onKeyDown={onKey}
      />
      <Choices choices={choices} active={active} onPick={pick} />
      {choices.length === 0 && <p className="panel-empty">{t('nothingFound')}</p>}
    </Modal>
  )
}

interface ChoicesProps {
  readonly choices: readonly Choice[]
  readonly active: number
  readonly onPick: (choice: Choice) => void
}

function Choices({ choices, active, onPick }: ChoicesProps): ReactElement {
  const { t } = useSettings()
  return (
    <div className="choices" id="switcher-list" role="listbox" aria-label={t('switcher')}>
      {choices.map((choice, index) => (
        // The keys are those of the field.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={`${choice.kind} ${choice.name}`}
          id={`switcher-${index}`}
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          onClick={() => onPick(choice)}
        >
          <ChoiceSign choice={choice} />
          <span className="ellipsis">
            <Untrusted text={choice.label} />
          </span>
          {choice.kind === 'join' && <span className="muted">{t('joinOrMake')}</span>}
          {choice.isWaiting && <span className="dot accent" />}
        </div>
      ))}
    </div>
  )
}

function ChoiceSign({ choice: { kind, name } }: { readonly choice: Choice }): ReactElement {
  const person = usePerson(name.toLowerCase(), name)
  if (kind === 'room' || kind === 'join') return <Icon name={kind === 'room' ? 'room' : 'plus'} />
  return <Avatar person={person} size="s" />
}

function useChoices(typed: string): readonly Choice[] {
  const conversations = useModel((model) => model.conversations)
  const people = useModel((model) => model.people)
  const selfKey = useModel((model) => model.self.key)
  const open = sortedConversations(conversations.values()).map((one): Choice => {
    const person = people.get(one.id)
    const label = one.kind === 'direct' && person !== undefined ? shownName(person) : one.name
    const isWaiting = one.unread > 0 || callsIn(one) > 0
    return { kind: one.kind, name: one.name, label, isWaiting }
  })
  const wanted = typed.trim()
  if (wanted === '')
    return open.toSorted((a, b) => Number(b.isWaiting) - Number(a.isWaiting)).slice(0, MOST_SHOWN)
  const others = strangers({ people, conversations }, selfKey)
  const found = matching([...open, ...others], wanted, ({ name, label }) => `${label} ${name}`)
  const isNew =
    /^[#&]\S+$/.test(wanted) &&
    !found.some(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  const join: Choice = { kind: 'join', name: wanted, label: wanted, isWaiting: false }
  return [...found.slice(0, MOST_SHOWN), ...(isNew ? [join] : [])]
}

function strangers(
  { people, conversations }: Pick<Model, 'people' | 'conversations'>,
  selfKey: string,
): Choice[] {
  return [...people.values()]
    .filter(({ key }) => key !== selfKey && !conversations.has(key))
    .map((person) => ({
      kind: 'person',
      name: person.nick,
      label: shownName(person),
      isWaiting: false,
    }))
}
