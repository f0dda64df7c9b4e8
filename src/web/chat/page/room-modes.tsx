import { useState, type ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import { ROOM_RULES } from '../state/mode-sentence.ts'
import { useChat } from './chat-context.tsx'
import { useRefusal } from './refusal.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Switches for the rules; a key and a limit stand in `RoomEntryForm`. */
export function RoomModes({ room }: { readonly room: Conversation }): ReactElement {
  const { t } = useSettings()
  const { ask } = useChat()
  const refusalText = useRefusal()
  const [problem, setProblem] = useState<string>()
  // What was asked for is shown until the server has said what became of it.
  const [asked, setAsked] = useState<Readonly<Record<string, boolean | undefined>>>({})
  const toggle = async (mode: string, isOn: boolean): Promise<void> => {
    const modes = [`${isOn ? '+' : '-'}${mode}`]
    setAsked((before) => ({ ...before, [mode]: isOn }))
    const outcome = await ask({ kind: 'setModes', conversation: room.id, modes })
    setAsked((before) => ({ ...before, [mode]: undefined }))
    setProblem(outcome.kind === 'refused' ? refusalText(outcome) : undefined)
  }
  return (
    <fieldset className="room-section">
      <legend>{t('roomRules')}</legend>
      {ROOM_RULES.map(([mode, text]) => (
        <label key={mode} className="check">
          <input
            type="checkbox"
            checked={asked[mode] ?? room.modes.includes(mode)}
            aria-busy={asked[mode] !== undefined}
            onChange={({ target }) => void toggle(mode, target.checked)}
          />
          <span>{t(text)}</span>
        </label>
      ))}
      {problem !== undefined && (
        <p className="problem" role="alert">
          <Untrusted text={problem} />
        </p>
      )}
    </fieldset>
  )
}
