import type { ReactElement } from 'react'
import { SLASH_COMMANDS } from '../../../client/slash-table.ts'
import { commandParams } from '../state/command-params.ts'
import type { TextKey } from '../state/texts.ts'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { isApple } from './sidebar.tsx'

const KEYS: readonly (readonly [keys: string, text: TextKey])[] = [
  ['Mod K', 'keySwitcher'],
  ['Alt ↑ ↓', 'keyNeighbour'],
  ['Alt Shift ↑ ↓', 'keyUnread'],
  ['Mod Shift F', 'keySearch'],
  ['Mod Shift M', 'keyMentions'],
  ['Mod Shift U', 'keyMembers'],
  ['Mod Shift L', 'keyDirectory'],
  ['Mod ,', 'settings'],
  ['Mod /', 'keySheet'],
  ['Enter', 'keySend'],
  ['Shift Enter', 'keyLine'],
  ['Tab', 'keyComplete'],
  ['↑', 'keyMessages'],
  ['R', 'keyReply'],
  ['E', 'keyEdit'],
  ['+', 'keyReact'],
  ['C', 'keyCopy'],
  ['Delete', 'keyRedact'],
  ['Esc', 'keyClose'],
]

/** All keys, and all that can be typed after a slash. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t, language } = useSettings()
  const command = isApple() ? '⌘' : 'Ctrl'
  return (
    <Modal title={t('shortcuts')} className="is-wide" onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([keys, text]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key === 'Mod' ? command : key}</kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('commands')}</h3>
      <dl className="commands">
        {SLASH_COMMANDS.map(({ name, params, help }) => (
          <div key={name}>
            <dt>
              <code>
                /{name} {commandParams(params, language)}
              </code>
            </dt>
            <dd>{help[language]}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
