import { parseArgs } from 'node:util'
import { changeLog } from './change-log.ts'
import { UsageError } from './usage-error.ts'
import { FOLDER_OPTIONS } from './with-settings.ts'

const CONSOLE = { name: 'console', role: 'admin', from: 'console' } as const

/** `maru erase`. Resolves with the exit code. */
export async function eraseCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...FOLDER_OPTIONS, person: { type: 'string' }, reason: { type: 'string' } },
  })
  const { person: account, reason = 'on the console' } = values
  if (account === undefined) throw new UsageError('--person ACCOUNT is missing')
  return changeLog(values, {
    what: { action: 'erase person', target: `account ${account}`, reason },
    path: '/api/v1/history/erase',
    body: { account, reason },
    order: (orders) => orders.erase(account, CONSOLE),
    verb: 'have lost their content and their name',
  })
}
