import { z } from 'zod'
import { ROLES } from '../../feed/role.ts'
import { MOST_DAYS, MOST_USES } from '../invitations.ts'
import { MAX_ROWS } from '../../feed/view.ts'

/** The parts that bodies, queries and paths are made of. How much of a text fits on the wire, and which passwords are good enough, others say. */

const CONTROL = '\\r\\n\\0'

/** One line, which may be empty. */
function anyLine(most: number): z.ZodString {
  return z
    .string()
    .max(most, `must have at most ${most} characters`)
    .regex(new RegExp(`^[^${CONTROL}]*$`, 'u'), 'must be one line')
}

function line(most: number): z.ZodString {
  return anyLine(most).min(1, 'must not be empty')
}

/** A whole number as a URL has it. */
function digits(least: number, most: number): z.ZodType<number> {
  const why = `must be a whole number from ${least} to ${most}`
  return z
    .string(why)
    .regex(/^[0-9]{1,16}$/, why)
    .transform(Number)
    .refine((value) => value >= least && value <= most, why)
    .meta({ type: 'integer', minimum: least, maximum: most })
}

const TEN_YEARS_MS = 10 * 365 * 86_400_000

export const text = line(2000)
/** Where it is empty, a usual one is said instead. */
export const reason = anyLine(500)
export const mask = line(300)
export const nick = line(100)
export const roomName = line(1000)
/** For what can't be taken back. */
export const why = line(500)
export const fileName = z
  .string()
  .regex(/^\w[\w.-]{0,99}$/, 'must be a name of letters, digits, `.`, `-` and `_`')
export const name = line(64)
export const password = z
  .string()
  .min(1, 'must not be empty')
  .max(1024, 'must have at most 1024 characters')
export const code = line(200)
export const role = z.enum(ROLES, `must be one of ${ROLES.join(', ')}`)
export const durationMs = z
  .number('must be a number of milliseconds')
  .int('must be a whole number of milliseconds')
  .min(1000, 'must be at least a second')
  .max(TEN_YEARS_MS, 'must be at most ten years; leave it out for ever')
export const timeMs = z
  .number('must be milliseconds since 1970')
  .int('must be whole milliseconds')
  .min(0, 'must be since 1970')
  .max(8.64e15, 'must be a time')
export const uses = z
  .number('must be a number')
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(MOST_USES, `must be at most ${MOST_USES}`)
export const days = z
  .number('must be a number of days')
  .int('must be a whole number of days')
  .min(1, 'must be at least a day')
  .max(MOST_DAYS, `must be at most ${MOST_DAYS} days`)
export const banKind = z.enum(['kline', 'dline', 'mute'], 'must be one of kline, dline, mute')
export const force = z.literal(true, 'must be true, or left out')

export const connectionPath = z.strictObject({ id: digits(0, Number.MAX_SAFE_INTEGER) })
export const idPath = z.strictObject({ id: line(1000) })
export const namePath = z.strictObject({ name: line(1000) })

const windowFields = {
  filter: z.string().max(200, 'must have at most 200 characters').exactOptional(),
  from: digits(0, Number.MAX_SAFE_INTEGER).exactOptional(),
  count: digits(0, MAX_ROWS).exactOptional(),
}

export const windowQuery = z.strictObject(windowFields)
export const viewQuery = z.strictObject({
  ...windowFields,
  sort: z.string().min(1).max(40, 'must have at most 40 characters').exactOptional(),
  descending: z.enum(['true', 'false'], 'must be true or false').exactOptional(),
})
export const seriesQuery = z.strictObject({
  step: z.enum(['second', 'minute'], 'must be second or minute').exactOptional(),
})
export const auditQuery = z.strictObject({
  before: digits(1, Number.MAX_SAFE_INTEGER).exactOptional(),
  count: digits(1, 1000).exactOptional(),
})
