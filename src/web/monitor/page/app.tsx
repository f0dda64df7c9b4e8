import { useCallback, useEffect, useMemo, useState, type ReactElement } from 'react'
import type { Identity } from '../../../monitor/access.ts'
import { createApi, type Answer, type Api } from '../feed/api.ts'
import type { TextKey } from '../state/texts.ts'
import { ConsolePage } from './console.tsx'
import { FirstPage } from './first-page.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { Unreachable } from './unreachable.tsx'

/** Who looks at the page. */
type Visitor =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'first'; readonly code: string }
  | { readonly kind: 'out'; readonly why?: TextKey }
  | { readonly kind: 'in'; readonly identity: Identity }

/** The way in, and behind it the console. */
export function App({ firstCode }: { readonly firstCode: string | undefined }): ReactElement {
  const { visitor, api, ask, enter, leave } = useVisitor(firstCode)
  switch (visitor.kind) {
    case 'asking':
      return <></>
    case 'unreachable':
      return <Unreachable onRetry={ask} />
    case 'first':
      return <FirstPage api={api} code={visitor.code} onIn={enter} onGiveUp={() => leave()} />
    case 'out':
      return <SignInPage api={api} why={visitor.why} onIn={enter} />
    case 'in':
      return <ConsolePage api={api} identity={visitor.identity} onOut={leave} />
  }
}

interface Visit {
  readonly visitor: Visitor
  readonly api: Api
  readonly ask: () => void
  readonly enter: (identity: Identity) => void
  readonly leave: (why?: TextKey) => void
}

function useVisitor(firstCode: string | undefined): Visit {
  const [visitor, setVisitor] = useState<Visitor>(
    firstCode === undefined ? { kind: 'asking' } : { kind: 'first', code: firstCode },
  )
  const leave = useCallback(
    (why?: TextKey) => setVisitor(why === undefined ? { kind: 'out' } : { kind: 'out', why }),
    [],
  )
  const enter = useCallback((identity: Identity) => setVisitor({ kind: 'in', identity }), [])
  const api = useMemo(
    () =>
      createApi(fetch.bind(globalThis), () =>
        setVisitor((now) => (now.kind === 'in' ? { kind: 'out', why: 'sessionEnded' } : now)),
      ),
    [],
  )
  const ask = useCallback(() => {
    void api.get<{ readonly identity: Identity }>('/session').then((answer) => {
      setVisitor(visitorOf(answer))
    })
  }, [api])
  useEffect(() => {
    if (firstCode === undefined) ask()
  }, [ask, firstCode])
  return { visitor, api, ask, enter, leave }
}

function visitorOf(answer: Answer<{ readonly identity: Identity }>): Visitor {
  if (answer.ok) return { kind: 'in', identity: answer.value.identity }
  return { kind: answer.status === 401 ? 'out' : 'unreachable' }
}
