import type { ReactElement } from 'react'
import type { Typist } from '../../../client/model.ts'
import { useModel } from './chat-context.tsx'
import { useSettings } from './settings.tsx'
import { Sentence } from './sentence.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

const NOBODY: readonly Typist[] = []

/** Who is typing. It has its place even when nobody is, so that nothing jumps. */
export function TypingLine({ conversation }: { readonly conversation: string }): ReactElement {
  const { t, format } = useSettings()
  const typists = useModel((model) => model.typing.get(conversation)) ?? NOBODY
  const active = typists.filter(({ state }) => state === 'active')
  const [first, second] = active
  return (
    <p className="typing" aria-live="off">
      {first !== undefined && (
        <>
          <span className="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span>
            {second === undefined ? (
              <Sentence text="typingOne" parts={{ who: <Untrusted text={first.nick} /> }} />
            ) : active.length === 2 ? (
              <Sentence
                text="typingTwo"
                parts={{
                  who: <Untrusted text={first.nick} />,
                  other: <Untrusted text={second.nick} />,
                }}
              />
            ) : (
              t('typingMany', { count: format.count(active.length) })
            )}
          </span>
        </>
      )}
    </p>
  )
}
