import { parseArgs } from 'node:util'
import { hashPassword } from '../accounts/password.ts'
import { askPassword } from './ask-password.ts'

/** `maru passwd`. Resolves with the exit code. */
export async function passwdCommand(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} })
  const password = await askPassword()
  if (password === undefined) return 1
  if (password === '') {
    console.error('maru: the password is empty')
    return 1
  }
  console.log(await hashPassword(password))
  return 0
}
