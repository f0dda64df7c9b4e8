import { useState, type ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import { entryModes, entryOf, type RoomEntry } from '../state/room-entry.ts'
import { AskForm } from './ask-form.tsx'
import { useChat } from './chat-context.tsx'
import { TextField } from './fields.tsx'
import { useSettings } from './settings.tsx'

/** What whoever comes in has to know, and how many may. */
export function RoomEntryForm({ room }: { readonly room: Conversation }): ReactElement {
  const { t } = useSettings()
  const { ask, notify } = useChat()
  // What isn't being written follows the room.
  const [written, setWritten] = useState<Partial<RoomEntry>>({})
  const before = entryOf(room)
  const wanted = { ...before, ...written }
  const modes = entryModes(before, wanted)
  return (
    <AskForm
      submit={t('save')}
      onSubmit={() =>
        modes.length === 0 ? undefined : ask({ kind: 'setModes', conversation: room.id, modes })
      }
      onDone={() => {
        setWritten({})
        notify({ text: t('saved'), tone: 'good' })
      }}
    >
      <div className="field-pair">
        <TextField
          label={t('roomKey')}
          hint={t('roomKeyHint')}
          value={wanted.key}
          onChange={(key) => setWritten({ ...written, key })}
          input={{ autoComplete: 'off', spellCheck: false }}
        />
        <TextField
          label={t('roomLimit')}
          hint={t('roomLimitHint')}
          value={wanted.limit}
          onChange={(limit) => setWritten({ ...written, limit })}
          input={{ type: 'number', min: 1, inputMode: 'numeric' }}
        />
      </div>
    </AskForm>
  )
}
