import { useState, type ReactElement } from 'react'
import { useConsole } from './console-context.tsx'
import { Modal } from './modal.tsx'
import type { Blank, Filled, Order } from './order.ts'
import { OrderBlank } from './order-blank.tsx'
import { useSettings } from './settings.tsx'
import { Sentence } from './sentence.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Asks once, does it, and says what came of it. */
export function OrderDialog({
  order,
  onClose,
}: {
  readonly order: Order
  readonly onClose: () => void
}): ReactElement {
  const { t } = useSettings()
  const { problem, isWorking, hasConflict, filled, fill, submit } = useOrder(order, onClose)
  const blanks = order.blanks.filter((blank) => hasConflict || blank.isAfterConflict === undefined)
  return (
    <Modal kind="dialog" title={<Sentence text={order.title} who={order.who} />} onClose={onClose}>
      {order.more !== undefined && <p className="muted">{t(order.more, order.moreValues)}</p>}
      <form
        className="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {blanks.map((blank) => (
          <OrderBlank
            key={blank.name}
            blank={blank}
            value={filled[blank.name] ?? ''}
            onChange={(value) => fill(blank.name, value)}
          />
        ))}
        {problem !== undefined && (
          <p className="problem" role="alert">
            <Untrusted text={problem} />
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button
            type="submit"
            className={order.isDangerous === true ? 'button primary danger' : 'button primary'}
            disabled={isWorking}
          >
            {t(isWorking ? 'working' : order.submit)}
          </button>
        </div>
      </form>
    </Modal>
  )
}

interface Filling {
  readonly problem: string | undefined
  readonly isWorking: boolean
  readonly hasConflict: boolean
  readonly filled: Filled
  readonly fill: (name: string, value: string) => void
  readonly submit: () => Promise<void>
}

function useOrder(order: Order, onClose: () => void): Filling {
  const { api, notify } = useConsole()
  const { t, refusal } = useSettings()
  const [filled, setFilled] = useState<Filled>(() => initially(order.blanks))
  const [problem, setProblem] = useState<string>()
  const [isWorking, setWorking] = useState(false)
  const [hasConflict, setConflict] = useState(false)
  const submit = async (): Promise<void> => {
    if (isWorking) return
    const isMissing = order.blanks.some(
      ({ name, isRequired }) => isRequired === true && (filled[name] ?? '').trim() === '',
    )
    if (isMissing) {
      setProblem(t('required'))
      return
    }
    setWorking(true)
    const answer = await api.send(order.method, order.path(filled), order.body?.(filled))
    setWorking(false)
    if (answer.ok) {
      notify(t('done', { action: t(order.submit) }))
      order.onDone?.(answer.value)
      onClose()
      return
    }
    setConflict(answer.status === 409)
    setProblem(refusal(answer))
  }
  return {
    problem,
    isWorking,
    hasConflict,
    filled,
    fill: (name, value) => setFilled((before) => ({ ...before, [name]: value })),
    submit,
  }
}

function initially(blanks: readonly Blank[]): Filled {
  return Object.fromEntries(blanks.map(({ name, initial = '' }) => [name, initial]))
}
