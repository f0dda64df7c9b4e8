import type { OperatorInfo, SessionInfo, TokenInfo } from '../../../monitor/access.ts'
import type { ServerFacts } from '../../../feed/feed.ts'
import type { Role } from '../../../feed/role.ts'
import type { Blank, Order } from './order.ts'

const NAME: Blank = { name: 'name', label: 'name', kind: 'text', isRequired: true }
const LEVELS = ['debug', 'info', 'warn', 'error'] as const

export function reloadOrder(): Order {
  return {
    title: 'reloadTitle',
    more: 'reloadMore',
    submit: 'reloadDo',
    blanks: [],
    method: 'POST',
    path: () => '/reload',
  }
}

export function logLevelOrder(level: ServerFacts['logLevel']): Order {
  return {
    title: 'logLevel',
    more: 'logLevelMore',
    submit: 'logLevelDo',
    blanks: [
      {
        name: 'level',
        label: 'logLevel',
        kind: 'choice',
        initial: level,
        choices: LEVELS.map((value) => ({ value, text: value })),
      },
    ],
    method: 'PUT',
    path: () => '/log-level',
    body: (filled) => ({ level: filled['level'] ?? level }),
  }
}

export function endServerOrder(how: 'restart' | 'stop'): Order {
  return {
    title: `${how}Title`,
    more: `${how}More`,
    submit: `${how}Do`,
    isDangerous: true,
    blanks: [],
    method: 'POST',
    path: () => `/${how}`,
  }
}

export function addOperatorOrder(onDone: () => void): Order {
  return {
    title: 'addOperator',
    submit: 'addOperatorDo',
    blanks: [
      NAME,
      { name: 'password', label: 'password', kind: 'password', isRequired: true },
      roleBlank('watch'),
    ],
    method: 'POST',
    path: () => '/operators',
    body: ({ name = '', password = '', role = 'watch' }) => ({ name, password, role }),
    onDone,
  }
}

export function changeRoleOrder({ name, role }: OperatorInfo, onDone: () => void): Order {
  return {
    title: 'changeRoleTitle',
    who: name,
    submit: 'change',
    blanks: [roleBlank(role)],
    method: 'PATCH',
    path: () => operatorPath(name),
    body: (filled) => ({ role: filled['role'] ?? role }),
    onDone,
  }
}

export function setPasswordOrder({ name }: OperatorInfo, onDone: () => void): Order {
  return {
    title: 'setPasswordTitle',
    who: name,
    submit: 'change',
    blanks: [{ name: 'password', label: 'newPassword', kind: 'password', isRequired: true }],
    method: 'PATCH',
    path: () => operatorPath(name),
    body: ({ password = '' }) => ({ password }),
    onDone,
  }
}

export function removeOperatorOrder({ name }: OperatorInfo, onDone: () => void): Order {
  return {
    title: 'removeOperatorTitle',
    who: name,
    more: 'removeOperatorMore',
    submit: 'remove',
    isDangerous: true,
    blanks: [],
    method: 'DELETE',
    path: () => operatorPath(name),
    onDone,
  }
}

/** `onDone` is told the token's secret. */
export function addTokenOrder(onDone: (secret: string) => void): Order {
  return {
    title: 'addToken',
    submit: 'addTokenDo',
    blanks: [
      NAME,
      roleBlank('watch'),
      {
        name: 'lifetime',
        label: 'duration',
        kind: 'choice',
        initial: String(30 * 86_400_000),
        choices: [
          { value: String(86_400_000), label: 'day1' },
          { value: String(7 * 86_400_000), label: 'week1' },
          { value: String(30 * 86_400_000), label: 'month1' },
          { value: '', label: 'forEver' },
        ],
      },
    ],
    method: 'POST',
    path: () => '/tokens',
    body: ({ name = '', role = 'watch', lifetime = '' }) => ({
      name,
      role,
      ...(lifetime === '' ? {} : { lifetimeMs: Number(lifetime) }),
    }),
    onDone: (value) => onDone((value as { readonly secret: string }).secret),
  }
}

export function removeTokenOrder({ id, name }: TokenInfo, onDone: () => void): Order {
  return {
    title: 'removeTokenTitle',
    who: name,
    submit: 'remove',
    isDangerous: true,
    blanks: [],
    method: 'DELETE',
    path: () => `/tokens/${encodeURIComponent(id)}`,
    onDone,
  }
}

export function endSessionOrder({ id, name }: SessionInfo, onDone: () => void): Order {
  return {
    title: 'endSessionTitle',
    who: name,
    more: 'endSessionMore',
    submit: 'endSession',
    isDangerous: true,
    blanks: [],
    method: 'DELETE',
    path: () => `/sessions/${encodeURIComponent(id)}`,
    onDone,
  }
}

export function changePasswordOrder(): Order {
  return {
    title: 'changePassword',
    submit: 'change',
    blanks: [
      { name: 'old', label: 'oldPassword', kind: 'password', isRequired: true },
      { name: 'new', label: 'newPassword', kind: 'password', isRequired: true },
    ],
    method: 'PUT',
    path: () => '/password',
    body: (filled) => ({ old: filled['old'] ?? '', new: filled['new'] ?? '' }),
  }
}

function roleBlank(initial: Role): Blank {
  return {
    name: 'role',
    label: 'role',
    kind: 'choice',
    initial,
    choices: [
      { value: 'watch', label: 'roleWatch' },
      { value: 'moderate', label: 'roleModerate' },
      { value: 'admin', label: 'roleAdmin' },
    ],
  }
}

function operatorPath(name: string): string {
  return `/operators/${encodeURIComponent(name)}`
}
