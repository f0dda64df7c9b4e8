import { z } from 'zod'
import { purgeTarget, type UpkeepOutcome } from '../../log-upkeep.ts'
import * as answers from '../answers.ts'
import * as fields from '../fields.ts'
import { actorOf, json, route, type Answer, type Route } from '../route.ts'
import { outcome } from './steering.ts'

/** What is done to what is kept. */
export const history: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/history/purge',
    least: 'moderate',
    summary:
      'Removes from the log all that `room`, `account`, `nick` (then), `fromMs` (included) and `toMs` (excluded) ' +
      'apply to together; at least one of the first three.',
    body: z
      .strictObject({
        room: fields.roomName.exactOptional(),
        account: fields.nick.exactOptional(),
        nick: fields.nick.exactOptional(),
        fromMs: fields.timeMs.exactOptional(),
        toMs: fields.timeMs.exactOptional(),
        reason: fields.why,
      })
      .refine(
        ({ room, account, nick }) => (room ?? account ?? nick) !== undefined,
        'a room, an account or a nick is needed',
      ),
    answer: answers.concerned,
    action: 'purge history',
    isLong: true,
    about: ({ body }) => ({ target: purgeTarget(body), reason: body.reason }),
    run: async ({ services, body, identity, from }) =>
      counted(await services.upkeep.purge(body, actorOf(identity, from))),
  }),
  route({
    method: 'POST',
    path: '/api/v1/history/erase',
    least: 'admin',
    summary:
      'Takes from all that an account did its content and its name. The account itself stays.',
    body: z.strictObject({ account: fields.nick, reason: fields.why }),
    answer: answers.concerned,
    action: 'erase person',
    isLong: true,
    about: ({ body }) => ({ target: `account ${body.account}`, reason: body.reason }),
    run: async ({ services, body, identity, from }) =>
      counted(await services.upkeep.erase(body.account, actorOf(identity, from))),
  }),
  route({
    method: 'GET',
    path: '/api/v1/history/export',
    least: 'admin',
    summary: 'What was said in a `room`, or what an `account` did: JSON, an event a line.',
    query: z
      .strictObject({
        room: fields.roomName.exactOptional(),
        account: fields.nick.exactOptional(),
      })
      .refine(
        ({ room, account }) => (room === undefined) !== (account === undefined),
        'either a room or an account is needed',
      ),
    answer: 'application/jsonl',
    action: 'export history',
    isLong: true,
    about: ({ query: { room, account } }) => ({ target: room ?? `account ${account}` }),
    run({ services, query: { room, account = '' }, identity, from }) {
      const what = room === undefined ? { account } : { room }
      const came = services.upkeep.exportHistory(what, actorOf(identity, from))
      if (!came.done) return outcome(came)
      return { kind: 'lines', lines: came.lines, type: 'application/jsonl; charset=utf-8' }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/history/backup',
    least: 'admin',
    summary:
      "Writes a copy of the log to the folder `backups` in the data folder, and reads it to see that it's good.",
    body: z.strictObject({ file: fields.fileName }),
    answer: answers.concerned,
    action: 'backup',
    isLong: true,
    about: ({ body }) => ({ target: body.file }),
    run: async ({ services, body, identity, from }) =>
      counted(await services.upkeep.backUp(body.file, actorOf(identity, from))),
  }),
]

function counted(came: UpkeepOutcome): Answer {
  if (!came.done) return outcome(came)
  const { target, events } = came
  return json({ target, events }, { target, detail: `${events} events` })
}
