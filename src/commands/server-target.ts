import { foldCase } from '../protocol/casemap.ts'
import { noSuchServer } from '../protocol/errors.ts'
import { matchGlob } from '../protocol/glob.ts'
import type { CommandContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'

/**
 * Answers a question that may name the server it is for: this one's name, a pattern that it fits, or the
 * nick of somebody on it. "wildcards are allowed in the <target> parameter" RFC 2812, 3.4
 */
export function answerFor(
  context: CommandContext,
  target: string | undefined,
  answer: (context: CommandContext) => Iterable<Effect>,
): Iterable<Effect> {
  if (target === undefined || target === '' || isThisServer(context, target)) return answer(context)
  return [numeric(noSuchServer(target))]
}

function isThisServer({ server, network }: CommandContext, target: string): boolean {
  return matchGlob(target, server.name) || network.users.has(foldCase(target))
}
