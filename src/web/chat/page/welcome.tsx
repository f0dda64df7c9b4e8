import { useEffect, useRef, useState, type ReactElement, type RefObject } from 'react'
import type { Model } from '../../../client/model.ts'
import { LookFields } from '../../shared/page/look-fields.tsx'
import { invitationIn } from '../state/place.ts'
import { rememberedIdentity, type Identity } from './identity.ts'
import { Icon } from './icon.tsx'
import { isOnPhone } from './is-on-phone.ts'
import { useRefusal } from './refusal.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { WelcomeForm, type Way } from './welcome-form.tsx'
import { networkName } from './server-facts.ts'
import { makeDevice } from './make-device.ts'
import type { WorkerLink } from './worker-link.ts'

/** How somebody comes in. */
export interface Entry {
  readonly identity: Identity
  /** Of the account, to log in with. It is kept nowhere. */
  readonly password?: string
  /** An account is made as soon as there is a connection. */
  readonly signUp?: { readonly password: string; readonly invitation?: string }
}

interface WelcomeProps {
  /** Absent: nobody has tried yet. */
  readonly entry: Entry | undefined
  readonly model: Model | undefined
  readonly link: WorkerLink
  readonly onEnter: (entry: Entry) => void
  readonly onArrived: (identity: Identity) => void
  readonly onGiveUp: () => void
}

/** A name, a role, a button: the way in. */
export function Welcome(props: WelcomeProps): ReactElement {
  const settings = useSettings()
  const { t } = settings
  const invitation = invitationIn(location.pathname)
  const [way, setWay] = useState<Way>(() => firstWay(invitation))
  const { problem, isWorking } = useArrival(props)
  const card = useRef<HTMLElement>(null)
  useFirstField(card)
  return (
    <main className="welcome">
      <section ref={card} className="welcome-card" aria-labelledby="welcome-title">
        <header className="welcome-head">
          <img src="/icon.svg" alt="" />
          <div>
            <h1 id="welcome-title">
              {t(invitation === undefined ? 'welcome' : 'invited', { network: networkName() })}
            </h1>
            <p className="muted">{t(invitation === undefined ? 'welcomeMore' : 'invitedMore')}</p>
          </div>
        </header>
        <WayTabs way={way} onChange={setWay} />
        {problem !== undefined && (
          <p className="problem" role="alert">
            <Untrusted text={problem} />
          </p>
        )}
        <WelcomeForm
          key={way}
          way={way}
          invitation={invitation}
          isWorking={isWorking}
          onEnter={props.onEnter}
        />
        {isWorking && (
          <p className="welcome-wait" role="status">
            <span className="spinner" aria-hidden="true" />
            {t('entering')}
            <button type="button" className="button plain" onClick={props.onGiveUp}>
              {t('cancel')}
            </button>
          </p>
        )}
      </section>
      <footer className="welcome-foot">
        <LookFields {...settings} />
      </footer>
    </main>
  )
}

/** Whoever has an account here logs in to it. */
function firstWay(invitation: string | undefined): Way {
  if (invitation !== undefined) return 'signUp'
  return rememberedIdentity()?.account === undefined ? 'guest' : 'logIn'
}

/** The cursor stands where something is to be filled in; not where a keyboard would hide the page. */
function useFirstField(card: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (isOnPhone()) return
    const fields = [...(card.current?.querySelectorAll('input') ?? [])]
    const field = fields.find(({ value }) => value === '') ?? fields[0]
    field?.focus({ preventScroll: true })
  }, [card])
}

const WAYS = ['guest', 'logIn', 'signUp'] as const

function WayTabs({
  way,
  onChange,
}: {
  readonly way: Way
  readonly onChange: (way: Way) => void
}): ReactElement {
  const { t } = useSettings()
  return (
    <div className="segments" role="group" aria-label={t('wayIn')}>
      {WAYS.map((one) => (
        <button
          key={one}
          type="button"
          className="segment"
          aria-pressed={one === way}
          onClick={() => onChange(one)}
        >
          {one === 'guest' && <Icon name="chat" />}
          {t(one)}
        </button>
      ))}
    </div>
  )
}

/** Watches the connection from the first try until somebody is in. */
function useArrival(props: WelcomeProps): {
  readonly problem: string | undefined
  readonly isWorking: boolean
} {
  const { entry, model } = props
  const refused = useSignUp(props)
  const trouble = useTrouble(entry, model)
  const isAsking = model?.connection.state === 'asking'
  return {
    problem: refused ?? trouble,
    isWorking: entry !== undefined && refused === undefined && !isAsking,
  }
}

/** Makes the account when there is a connection, and what logs this browser in; says why it could not be made. */
function useSignUp({ entry, model, link, onArrived }: WelcomeProps): string | undefined {
  const { t } = useSettings()
  const refusalText = useRefusal()
  const [refused, setRefused] = useState<{ readonly of: Entry; readonly text: string }>()
  const isOnline = entry !== undefined && model?.connection.state === 'online'
  useEffect(() => {
    if (!isOnline) return
    const { identity, signUp } = entry
    if (signUp === undefined) return void withDevice(identity, link).then(onArrived)
    void link.ask({ kind: 'register', ...signUp }).then((outcome) => {
      if (outcome.kind === 'done') {
        const own = { ...identity, account: identity.nick }
        return withDevice(own, link).then(onArrived)
      }
      const text = outcome.kind === 'unknown' ? t('unknownOutcome') : refusalText(outcome)
      return setRefused({ of: entry, text })
    })
  }, [isOnline, entry, link, onArrived, refusalText, t])
  return refused !== undefined && refused.of === entry ? refused.text : undefined
}

/** Who stays logged in needs no password from now on. */
async function withDevice(identity: Identity, { ask }: WorkerLink): Promise<Identity> {
  if (identity.account === undefined || !identity.stays) return identity
  const device = await makeDevice(ask)
  return device === undefined ? identity : { ...identity, device }
}

function useTrouble(entry: Entry | undefined, model: Model | undefined): string | undefined {
  const { t } = useSettings()
  const refusalText = useRefusal()
  const { question, trouble } = model?.connection ?? {}
  if (question?.kind === 'login' && entry === undefined) return t('loggedOutHere')
  if (question !== undefined) return refusalText(question.refusal)
  if (entry === undefined || trouble === undefined) return undefined
  return trouble.text === '' ? t('serverAway') : trouble.text
}
