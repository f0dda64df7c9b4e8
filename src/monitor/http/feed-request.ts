import { z } from 'zod'
import { MAX_ROWS, type FeedRequest } from '../../feed/view.ts'

export type AskedOfFeed =
  | { readonly kind: 'request'; readonly request: FeedRequest }
  | { readonly kind: 'nonsense'; readonly reason: string }

/** Reads what a reader of the WebSocket feed sent. */
export function feedRequest(text: string): AskedOfFeed {
  const { success, data, error } = schema.safeParse(parsed(text))
  if (success) return { kind: 'request', request: data }
  const [issue] = error.issues
  const field = issue?.path.map(String).join('.').slice(0, 100) ?? ''
  const why = issue?.message.slice(0, 200) ?? 'makes no sense'
  return { kind: 'nonsense', reason: field === '' ? why : `${field}: ${why}` }
}

const wholeNumber = z.number().int().min(0)

const query = z.strictObject({
  of: z.enum(['connections', 'rooms', 'bans']),
  registered: z.literal(true).exactOptional(),
  filter: z.string().max(200).exactOptional(),
  sort: z.string().max(40).exactOptional(),
  descending: z.literal(true).exactOptional(),
  from: wholeNumber.exactOptional(),
  count: wholeNumber.max(MAX_ROWS).exactOptional(),
})

const schema: z.ZodType<FeedRequest> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('resume'), epoch: z.string().max(100), seq: wholeNumber }),
  z.strictObject({ type: z.literal('watch'), query }),
  z.strictObject({ type: z.literal('unwatch') }),
])

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
