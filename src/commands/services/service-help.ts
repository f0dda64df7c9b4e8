import { mayAs } from '../../state/user.ts'
import type { Effect } from '../effect.ts'
import type { ServiceContext, Verb, Words } from './service.ts'
import { tell, tellText } from './tell.ts'

/** HELP lists the verbs, `HELP <verb>` explains one: all of it made from the service's table. */
export function* helpReply(context: ServiceContext): Iterable<Effect> {
  const { service, words } = context
  const [subject = ''] = words
  if (subject === '') return yield* index(context)
  const found = Object.entries(service.verbs).find(
    ([name, { korean }]) => name === subject.toUpperCase() || korean === subject,
  )
  if (found === undefined || !isFor(context, found[1])) return yield* tell(context, NO_HELP)
  yield* explain(context, found[1])
}

function* index(context: ServiceContext): Iterable<Effect> {
  const { service } = context
  yield* tell(context, service.summary)
  for (const verb of Object.entries(service.verbs)) {
    if (isFor(context, verb[1])) yield* tell(context, entry(verb))
  }
  yield* tell(context, {
    en: `More about one of them: /msg ${service.name} HELP <command>`,
    ko: `자세한 설명: /msg ${service.name} 도움말 <명령>`,
  })
}

/** Verbs that somebody can't use are nothing to learn. */
function isFor({ user }: ServiceContext, { privilege }: Verb): boolean {
  return privilege === undefined || mayAs(user, privilege)
}

function entry([name, { summary, korean }]: readonly [string, Verb]): Words {
  return {
    en: `  ${name} - ${summary.en}`,
    ko: `  ${name}${korean === undefined ? '' : ` (${korean})`} - ${summary.ko}`,
  }
}

function* explain(context: ServiceContext, verb: Verb): Iterable<Effect> {
  yield* tellText(context, verb.syntax)
  yield* tell(context, verb.summary)
  if (verb.details !== undefined) yield* tell(context, verb.details)
}

const NO_HELP = {
  en: 'There is no help about that.',
  ko: '그에 대한 도움말은 없습니다.',
}
