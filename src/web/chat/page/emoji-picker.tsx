import { useState, type KeyboardEvent, type ReactElement } from 'react'
import { EMOJI, foundEmoji, type Emoji } from '../state/emoji.ts'
import { keep, kept } from '../../shared/page/browser-memory.ts'
import { Popup } from './popup.tsx'
import { useSettings } from './settings.tsx'

interface EmojiPickerProps {
  readonly anchor: HTMLElement
  readonly onPick: (emoji: string) => void
  readonly onClose: () => void
}

const COLUMNS = 8
const RECENT = 'emoji'
const USUAL = ['👍', '❤️', '😂', '🎉', '👀', '🙏', '✅', '🔥']

export function EmojiPicker({ anchor, onPick, onClose }: EmojiPickerProps): ReactElement {
  const { t } = useSettings()
  const [typed, setTyped] = useState('')
  const [recent] = useState(recentEmoji)
  const found = foundEmoji(typed)
  const pick = (emoji: string): void => {
    keep(RECENT, [emoji, ...recent.filter((one) => one !== emoji)].slice(0, COLUMNS).join(' '))
    onPick(emoji)
    onClose()
  }
  return (
    <Popup anchor={anchor} label={t('pickEmoji')} onClose={onClose}>
      {/* The keys of the grid. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="picker" onKeyDown={moveInGrid}>
        <input
          className="input"
          type="search"
          value={typed}
          placeholder={t('findEmoji')}
          aria-label={t('findEmoji')}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={({ key, nativeEvent }) => {
            const [first] = found
            if (key === 'Enter' && !nativeEvent.isComposing && first !== undefined) pick(first[0])
          }}
        />
        {typed === '' && (
          <Grid
            label={t('recentEmoji')}
            emoji={recent.map((one) => EMOJI.find(([sign]) => sign === one) ?? [one, '', ''])}
            onPick={pick}
          />
        )}
        <div className="picker-all">
          <Grid label={t('allEmoji')} emoji={found} onPick={pick} />
          {found.length === 0 && <p className="muted picker-none">{t('noEmoji')}</p>}
        </div>
      </div>
    </Popup>
  )
}

interface GridProps {
  readonly label: string
  readonly emoji: readonly Emoji[]
  readonly onPick: (emoji: string) => void
}

function Grid({ label, emoji, onPick }: GridProps): ReactElement {
  const { language } = useSettings()
  return (
    <div className="picker-grid" role="group" aria-label={label}>
      {emoji.map(([sign, name, korean]) => {
        const title = language === 'ko' && korean !== '' ? (korean.split(' ')[0] ?? name) : name
        return (
          <button
            key={sign}
            type="button"
            title={title}
            aria-label={title === '' ? sign : title}
            onClick={() => onPick(sign)}
          >
            {sign}
          </button>
        )
      })}
    </div>
  )
}

function recentEmoji(): readonly string[] {
  const own = (kept(RECENT) ?? '').split(' ').filter((one) => one !== '')
  return [...own, ...USUAL.filter((one) => !own.includes(one))].slice(0, COLUMNS)
}

function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: COLUMNS,
    ArrowUp: -COLUMNS,
  }
  const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.picker-grid button')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const isInField = at < 0 && event.key !== 'ArrowDown'
  if (step === undefined || isInField) return
  event.preventDefault()
  const next = buttons[at < 0 ? 0 : at + step]
  if (next === undefined) event.currentTarget.querySelector('input')?.focus()
  else next.focus()
}
