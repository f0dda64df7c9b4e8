import { useState, type ReactElement } from 'react'
import { LookFields } from '../../shared/page/look-fields.tsx'
import { useConsole, useMay } from './console-context.tsx'
import { Icon } from './icon.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { VIEWS, type ViewName } from './view-names.ts'

/** What doesn't fit into the bar of a phone. */
const IN_MORE: readonly ViewName[] = ['bans', 'threads', 'access']
const ROLE_TEXTS = { watch: 'roleWatch', moderate: 'roleModerate', admin: 'roleAdmin' } as const

export function Nav({ view }: { readonly view: ViewName }): ReactElement {
  const { t } = useSettings()
  const [isMoreOpen, setMoreOpen] = useState(false)
  return (
    <nav className="nav" aria-label={t('views')}>
      <div className="brand">
        <img src="/icon.svg" alt="" />
        <span>
          Maru <small>{t('monitor')}</small>
        </span>
      </div>
      <ul className="nav-list">
        {VIEWS.map((name) => (
          <NavItem key={name} name={name} current={view} />
        ))}
        <li className="more-nav">
          <button
            type="button"
            className="nav-item"
            aria-haspopup="dialog"
            aria-current={IN_MORE.includes(view) ? 'page' : undefined}
            onClick={() => setMoreOpen(true)}
          >
            <Icon name="more" />
            {t('more')}
          </button>
        </li>
      </ul>
      <div className="nav-foot">
        <Own />
      </div>
      {isMoreOpen && (
        <Modal kind="drawer" title={t('more')} onClose={() => setMoreOpen(false)}>
          <More view={view} onDone={() => setMoreOpen(false)} />
        </Modal>
      )}
    </nav>
  )
}

function NavItem({
  name,
  current,
}: {
  readonly name: ViewName
  readonly current: ViewName
}): ReactElement {
  const { t } = useSettings()
  const isAdmin = useMay('admin')
  return (
    <li className={IN_MORE.includes(name) ? 'in-more nav-item-place' : 'nav-item-place'}>
      <a
        className={IN_MORE.includes(name) ? 'nav-item in-more' : 'nav-item'}
        href={`#/${name}`}
        aria-current={name === current ? 'page' : undefined}
      >
        <Icon name={name} />
        {t(name === 'access' && !isAdmin ? 'account' : name)}
        <kbd aria-hidden="true">{VIEWS.indexOf(name) + 1}</kbd>
      </a>
    </li>
  )
}

function More({
  view,
  onDone,
}: {
  readonly view: ViewName
  readonly onDone: () => void
}): ReactElement {
  const { t } = useSettings()
  const isAdmin = useMay('admin')
  return (
    <>
      <ul className="more-list">
        {IN_MORE.map((name) => (
          <li key={name}>
            <a
              className="more-item"
              href={`#/${name}`}
              aria-current={name === view ? 'page' : undefined}
              onClick={onDone}
            >
              <Icon name={name} />
              {t(name === 'access' && !isAdmin ? 'account' : name)}
            </a>
          </li>
        ))}
      </ul>
      <Own />
    </>
  )
}

/** The operator's own: how the page looks, who they are, and the way out. */
function Own(): ReactElement {
  const settings = useSettings()
  const { t } = settings
  const { identity, signOut } = useConsole()
  return (
    <>
      <div className="settings">
        <LookFields {...settings} />
      </div>
      <div className="identity">
        <span className="visually-hidden">{t('signedInAs', { name: identity.name })}</span>
        <span className="ellipsis" aria-hidden="true">
          {identity.name}
        </span>
        <span className="badge accent">{t(ROLE_TEXTS[identity.role])}</span>
      </div>
      <button type="button" className="button" onClick={signOut}>
        <Icon name="out" />
        {t('signOut')}
      </button>
    </>
  )
}
