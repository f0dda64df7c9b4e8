import type { Invitations } from '../../src/monitor/invitations.ts'

const NONE = { done: false, problem: 'not possible', text: 'There are none' } as const

/** Where nobody is invited. */
export const noInvitations: Invitations = {
  invite: () => NONE,
  invitations: () => [],
  revokeInvitation: () => NONE,
}
