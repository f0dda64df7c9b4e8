import { useState, type ReactElement } from 'react'
import type { Identity } from '../../../monitor/access.ts'
import type { Answer } from '../feed/api.ts'
import type { TextKey } from '../state/texts.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

export interface Credentials {
  readonly name: string
  readonly password: string
}

interface CredentialsFormProps {
  readonly submit: TextKey
  /** Said when the server says that it is wrong. */
  readonly wrong: TextKey
  readonly isNew: 'new' | 'known'
  readonly send: (credentials: Credentials) => Promise<Answer<{ readonly identity: Identity }>>
  readonly onIn: (identity: Identity) => void
}

/** A name and a password; a new password twice. */
export function CredentialsForm(props: CredentialsFormProps): ReactElement {
  const { t } = useSettings()
  const [values, setValues] = useState({ name: '', password: '', again: '' })
  const { problem, isWorking, submit } = useSending(props)
  const { isNew } = props
  const field = (name: keyof typeof values, label: TextKey, autoComplete: string): ReactElement => (
    <label className="field">
      <span>{t(label)}</span>
      <input
        className="input"
        name={name}
        type={name === 'name' ? 'text' : 'password'}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        required
        value={values[name]}
        onChange={({ target }) => setValues((before) => ({ ...before, [name]: target.value }))}
      />
    </label>
  )
  return (
    <form
      className="entry-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(values)
      }}
    >
      {field('name', 'name', 'username')}
      {field('password', 'password', isNew === 'new' ? 'new-password' : 'current-password')}
      {isNew === 'new' && field('again', 'passwordAgain', 'new-password')}
      {problem !== undefined && (
        <p className="problem" role="alert">
          <Untrusted text={problem} />
        </p>
      )}
      <button type="submit" className="button primary" disabled={isWorking}>
        {t(isWorking ? 'working' : props.submit)}
      </button>
    </form>
  )
}

function useSending({ isNew, wrong, send, onIn }: CredentialsFormProps): {
  readonly problem: string | undefined
  readonly isWorking: boolean
  readonly submit: (values: Credentials & { readonly again: string }) => Promise<void>
} {
  const { t, format, refusal } = useSettings()
  const [problem, setProblem] = useState<string>()
  const [isWorking, setWorking] = useState(false)
  const submit = async ({
    name,
    password,
    again,
  }: Credentials & { readonly again: string }): Promise<void> => {
    if (isNew === 'new' && password !== again) {
      setProblem(t('passwordsDiffer'))
      return
    }
    setWorking(true)
    const answer = await send({ name, password })
    setWorking(false)
    if (answer.ok) onIn(answer.value.identity)
    else if (answer.status === 401) setProblem(t(wrong))
    else if (answer.status === 429) {
      setProblem(t('tooMany', { duration: format.duration(answer.retryAfterMs ?? 0) }))
    } else setProblem(refusal(answer))
  }
  return { problem, isWorking, submit }
}
