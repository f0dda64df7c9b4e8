import type { Route } from './route.ts'
import { administration } from './routes/administration.ts'
import { history } from './routes/history.ts'
import { invitations } from './routes/invitations.ts'
import { seeing } from './routes/seeing.ts'
import { session } from './routes/session.ts'
import { steering } from './routes/steering.ts'

/** What can be asked of the admin side, by subject. What is not in it is a file of the page, or isn't there. */
export const routeGroups: readonly (readonly [title: string, routes: readonly Route[]])[] = [
  ['Coming in', session],
  ['Seeing', seeing],
  ['Steering', steering],
  ['History', history],
  ['Invitations', invitations],
  ['Administration', administration],
]

export const routes: readonly Route[] = routeGroups.flatMap(([, group]) => group)

/** The methods that a path has, none if it isn't there; `path` without a query, as it came. */
export function methodsOf(path: string): readonly string[] {
  const methods = PATTERNS.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  return methods.includes('GET') ? [...methods, 'HEAD'] : methods
}

const PATTERNS = routes.map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
}))
