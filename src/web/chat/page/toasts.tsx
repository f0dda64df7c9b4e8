import { useCallback, useState, type ReactElement } from 'react'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Something to be said for a moment. */
export interface Toast {
  /** Of the catalogue, or a stranger's. */
  readonly text: string
  readonly tone?: 'good' | 'bad'
  /** It takes the place of one with the same. */
  readonly key?: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

interface Shown extends Toast {
  readonly id: number
}

const SHOWN_MS = 6000
/** What can be answered stays longer. */
const ACTION_MS = 20_000

export function useToasts(): {
  readonly toasts: readonly Shown[]
  readonly notify: (toast: Toast) => void
  readonly drop: (id: number) => void
} {
  const [toasts, setToasts] = useState<readonly Shown[]>([])
  const drop = useCallback(
    (id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)),
    [],
  )
  const notify = useCallback(
    (toast: Toast) => {
      setToasts((shown) => {
        const id = (shown.at(-1)?.id ?? 0) + 1
        setTimeout(() => drop(id), toast.action === undefined ? SHOWN_MS : ACTION_MS)
        const others = shown.filter(({ key }) => key === undefined || key !== toast.key)
        return [...others.slice(-2), { ...toast, id }]
      })
    },
    [drop],
  )
  return { toasts, notify, drop }
}

interface ToastsProps {
  readonly toasts: readonly Shown[]
  readonly onDone: (id: number) => void
}

export function Toasts({ toasts, onDone }: ToastsProps): ReactElement {
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text, tone, action }) => (
        <p key={id} className={tone === undefined ? 'toast' : `toast ${tone}`}>
          <Untrusted text={text} />
          {action !== undefined && (
            <button
              type="button"
              className="toast-action"
              onClick={() => {
                action.run()
                onDone(id)
              }}
            >
              {action.label}
            </button>
          )}
        </p>
      ))}
    </div>
  )
}
