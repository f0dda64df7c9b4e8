import type { ReactElement } from 'react'
import type { Dialog } from './chat-context.tsx'
import { AccountDialog } from './account-dialog.tsx'
import { CreateDialog } from './create-dialog.tsx'
import { DirectoryDialog } from './directory-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { LongTextDialog } from './long-text-dialog.tsx'
import { ModerateDialog } from './moderate-dialog.tsx'
import { PersonDialog } from './person-dialog.tsx'
import { RedactDialog } from './redact-dialog.tsx'
import { RoomDialog } from './room-dialog.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { Switcher } from './switcher.tsx'

interface DialogsProps {
  readonly dialog: Dialog
  readonly onClose: () => void
}

// oxlint-disable-next-line complexity -- a table of dialogs: each line is one
export function Dialogs({ dialog, onClose }: DialogsProps): ReactElement {
  switch (dialog.kind) {
    case 'switcher':
      return <Switcher onClose={onClose} />
    case 'directory':
      return <DirectoryDialog onClose={onClose} />
    case 'create':
      return <CreateDialog name={dialog.name} onClose={onClose} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={onClose} />
    case 'settings':
      return <SettingsDialog onClose={onClose} />
    case 'account':
      return <AccountDialog onClose={onClose} />
    case 'person':
      return <PersonDialog key={dialog.nick} {...dialog} onClose={onClose} />
    case 'room':
      return <RoomDialog id={dialog.conversation} onClose={onClose} />
    case 'invite':
      return <InviteDialog id={dialog.conversation} onClose={onClose} />
    case 'leave':
      return <LeaveDialog id={dialog.conversation} onClose={onClose} />
    case 'redact':
      return (
        <RedactDialog
          conversation={dialog.conversation}
          message={dialog.message}
          onClose={onClose}
        />
      )
    case 'moderate':
      return <ModerateDialog {...dialog} onClose={onClose} />
    case 'longText':
      return <LongTextDialog {...dialog} onClose={onClose} />
  }
}
