import { useState, type ReactElement, type ReactNode } from 'react'
import type { Outcome } from '../../../client/intent.ts'
import { useRefusal } from './refusal.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

interface AskFormProps {
  readonly submit: string
  readonly tone?: 'danger'
  /** Undefined: there is nothing to wait for. */
  readonly onSubmit: () => Promise<Outcome> | undefined
  readonly onDone: (outcome?: Extract<Outcome, { readonly kind: 'done' }>) => void
  /** Undefined: it stands among other things, and goes with them. */
  readonly onCancel?: () => void
  readonly children?: ReactNode
}

/** Fields and a button; what was refused is said under them, and they stay. */
export function AskForm(props: AskFormProps): ReactElement {
  const { submit, tone, onSubmit, onDone, onCancel, children } = props
  const { t } = useSettings()
  const refusalText = useRefusal()
  const [problem, setProblem] = useState<string>()
  const [isWorking, setWorking] = useState(false)
  const run = async (): Promise<void> => {
    if (isWorking) return
    const asked = onSubmit()
    if (asked === undefined) return onDone()
    setWorking(true)
    const outcome = await asked
    setWorking(false)
    if (outcome.kind === 'done') return onDone(outcome)
    setProblem(outcome.kind === 'unknown' ? t('unknownOutcome') : refusalText(outcome))
    return undefined
  }
  return (
    <form
      className="ask-form"
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      {children}
      {problem !== undefined && (
        <p className="problem" role="alert">
          <Untrusted text={problem} />
        </p>
      )}
      <div className="dialog-actions">
        {onCancel !== undefined && (
          <button type="button" className="button" onClick={onCancel}>
            {t('cancel')}
          </button>
        )}
        <button
          type="submit"
          className={tone === 'danger' ? 'button primary danger' : 'button primary'}
          disabled={isWorking}
        >
          {isWorking ? t('working') : submit}
        </button>
      </div>
    </form>
  )
}
