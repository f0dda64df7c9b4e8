import { missingPrivilege, noPrivileges } from '../../protocol/errors.ts'
import { mayAs } from '../../state/user.ts'
import type { UserContext } from '../command.ts'
import { numeric, type Effect } from '../effect.ts'
import { helpReply } from './service-help.ts'
import { languageOf } from './service-language.ts'
import type { Service, ServiceContext, Verb } from './service.ts'
import { tell, tellText } from './tell.ts'

/** The gate of every verb, as `run.ts` is that of every command. `text`: what somebody wrote to the service. */
export function* serve(context: UserContext, service: Service, text: string): Iterable<Effect> {
  const [first = '', ...words] = text.split(' ').filter(Boolean)
  const [verb, row] = findVerb(service, first)
  const language = languageOf(context, text)
  const asked: ServiceContext = { ...context, service, verb, words, language }
  if (HELP.has(verb)) return yield* helpReply(asked)
  if (row === undefined) return yield* tell(asked, unknownVerb(service, first))
  const refusal = refusalOf(asked, row)
  if (refusal !== undefined) return yield* refusal
  yield* row.run(asked)
}

const HELP: ReadonlySet<string> = new Set(['', 'HELP', '도움말'])

function findVerb({ verbs }: Service, first: string): [name: string, verb: Verb | undefined] {
  const name = first.toUpperCase()
  if (Object.hasOwn(verbs, name)) return [name, verbs[name]]
  return Object.entries(verbs).find(([, { korean }]) => korean === first) ?? [name, undefined]
}

function refusalOf(
  context: ServiceContext,
  { minWords, needsAccount, privilege, syntax }: Verb,
): readonly Effect[] | undefined {
  const { user, words } = context
  if (privilege !== undefined && !mayAs(user, privilege)) {
    const isOperator = user.operator !== undefined
    return [numeric(isOperator ? missingPrivilege(privilege) : noPrivileges())]
  }
  if (needsAccount === true && user.account === undefined) return tell(context, LOG_IN_FIRST)
  if (words.length >= minWords) return undefined
  return [...tell(context, TOO_SHORT), ...tellText(context, syntax)]
}

const LOG_IN_FIRST = {
  en: 'You are not logged in. To log in: /msg NickServ IDENTIFY <account> <password>',
  ko: '로그인하지 않으셨습니다. 로그인하려면: /msg NickServ IDENTIFY <계정> <비밀번호>',
}

const TOO_SHORT = {
  en: 'Something is missing. It is written like this:',
  ko: '빠진 것이 있습니다. 다음과 같이 써 주세요:',
}

/** Only the name is said again, and no more of it than a name has: what follows may be a secret. */
function unknownVerb({ name }: Service, word: string): Record<'en' | 'ko', string> {
  const shown = /^[\p{L}]{1,20}$/u.test(word) ? ` ${word.toUpperCase()}` : ''
  return {
    en: `I don't know${shown === '' ? ' that' : shown}. To see what I can do: /msg ${name} HELP`,
    ko: `알 수 없는 명령입니다${shown === '' ? '' : `:${shown}`}. 사용법을 보려면: /msg ${name} 도움말`,
  }
}
