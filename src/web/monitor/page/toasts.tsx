import { useCallback, useState, type ReactElement } from 'react'

interface Toast {
  readonly id: number
  readonly text: string
}

const SHOWN_MS = 4000

/** Says what has been done, for a moment. */
export function useToasts(): {
  readonly toasts: readonly Toast[]
  readonly notify: (text: string) => void
} {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const notify = useCallback((text: string) => {
    setToasts((shown) => {
      const id = (shown.at(-1)?.id ?? 0) + 1
      setTimeout(() => setToasts((now) => now.filter((toast) => toast.id !== id)), SHOWN_MS)
      return [...shown.slice(-2), { id, text }]
    })
  }, [])
  return { toasts, notify }
}

export function Toasts({ toasts }: { readonly toasts: readonly Toast[] }): ReactElement {
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text }) => (
        <p key={id} className="toast">
          {text}
        </p>
      ))}
    </div>
  )
}
