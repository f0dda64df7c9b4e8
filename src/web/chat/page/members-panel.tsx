import { memo, useMemo, useState, type ReactElement } from 'react'
import type { Conversation, Member, Person } from '../../../client/model.ts'
import { matching } from '../state/conversation-list.ts'
import { memberGroups } from '../state/member-groups.ts'
import { shownName } from '../state/person-look.ts'
import type { TextKey } from '../state/texts.ts'
import { AvatarWithPresence, hueClass, RoleBadge } from './avatar.tsx'
import { useChat, useModel } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

const NOBODY: ReadonlyMap<string, Member> = new Map()
/** More are shown when they are looked for. */
const MOST_SHOWN = 200
const MANY = 12

/** Who is in the room, by standing. */
export function MembersPanel({ here }: { readonly here: Conversation }): ReactElement {
  const { t } = useSettings()
  const { open } = useChat()
  const [typed, setTyped] = useState('')
  const members = useModel((model) => model.members.get(here.id)) ?? NOBODY
  const people = useModel((model) => model.people)
  const ranks = useModel((model) => model.server.ranks)
  const groups = useMemo(() => memberGroups(members, people, ranks), [members, people, ranks])
  if (!isIn(here)) return <p className="panel-empty">{t('notInRoom')}</p>
  return (
    <div className="panel-body">
      <div className="panel-tools">
        <button
          type="button"
          className="button"
          onClick={() => open({ kind: 'invite', conversation: here.id })}
        >
          <Icon name="plus" />
          {t('invite')}
        </button>
      </div>
      {members.size > MANY && (
        <input
          className="input"
          type="search"
          value={typed}
          placeholder={t('findMember')}
          aria-label={t('findMember')}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
      {groups.map(({ prefix, people: all }) => (
        <Group
          key={prefix}
          prefix={prefix}
          people={matching(all, typed, (person) => `${shownName(person)} ${person.nick}`)}
          conversation={here.id}
        />
      ))}
      {members.size === 0 && <p className="panel-empty">{t('loading')}</p>}
    </div>
  )
}

function isIn({ standing }: Conversation): boolean {
  return standing === 'joined' || standing === 'joining' || standing === 'apart'
}

const RANK_TEXTS: Readonly<Record<string, TextKey>> = {
  '~': 'rankFounder',
  '&': 'rankAdmin',
  '@': 'rankOperator',
  '%': 'rankHalf',
  '+': 'rankVoice',
  '': 'rankNone',
}

interface GroupProps {
  readonly prefix: string
  readonly people: readonly Person[]
  readonly conversation: string
}

function Group({ prefix, people, conversation }: GroupProps): ReactElement {
  const { t, format } = useSettings()
  if (people.length === 0) return <></>
  const text = RANK_TEXTS[prefix]
  return (
    <section className="member-group">
      <h3>
        {text === undefined ? prefix : t(text)} <span>{format.count(people.length)}</span>
      </h3>
      <ul>
        {people.slice(0, MOST_SHOWN).map((person) => (
          <MemberItem key={person.key} person={person} conversation={conversation} />
        ))}
      </ul>
      {people.length > MOST_SHOWN && (
        <p className="muted member-more">
          {t('andMore', { count: format.count(people.length - MOST_SHOWN) })}
        </p>
      )}
    </section>
  )
}

const MemberItem = memo(function MemberItem({
  person,
  conversation,
}: {
  readonly person: Person
  readonly conversation: string
}): ReactElement {
  const { t } = useSettings()
  const { open } = useChat()
  const { presence, nick, metadata, away, isBot } = person
  const isGone = presence === 'away' || presence === 'gone'
  const more = metadata['status'] ?? (away === '' ? undefined : away)
  return (
    <li>
      <button
        type="button"
        className={isGone ? 'member is-away' : 'member'}
        onClick={() => open({ kind: 'person', nick, conversation })}
      >
        <AvatarWithPresence person={person} />
        <span className="member-text">
          <span className="member-line">
            <span className={`member-name ellipsis ${hueClass(person)}`}>
              <Untrusted text={shownName(person)} />
            </span>
            {isBot && (
              <span className="role role-bot">
                <Icon name="bot" />
                {t('bot')}
              </span>
            )}
            <RoleBadge role={metadata['role']} />
          </span>
          {more !== undefined && (
            <span className="member-status ellipsis">
              <Untrusted text={more} />
            </span>
          )}
        </span>
      </button>
    </li>
  )
})
