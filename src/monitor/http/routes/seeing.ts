import type { MonitorSource } from '../../source.ts'
import { ViewError } from '../../source.ts'
import type { ViewQuery } from '../../../feed/view.ts'
import * as answers from '../answers.ts'
import { connectionPath, namePath, seriesQuery, viewQuery, windowQuery } from '../fields.ts'
import { refusal } from '../refusal.ts'
import { json, openRoute, refused, route, type Answer, type Route } from '../route.ts'

/** What everybody with a role may see. */
export const seeing: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/status',
    least: 'watch',
    summary: 'The server at this moment, and the newest of what happened.',
    answer: answers.snapshot,
    run: ({ services: { source } }) => json(source.snapshot()),
  }),
  route({
    method: 'GET',
    path: '/api/v1/series',
    least: 'watch',
    summary: 'Two hours at one second, or 48 hours at one minute.',
    query: seriesQuery,
    answer: answers.series,
    run: ({ services: { source }, query: { step } }) =>
      json(source.series(step === 'minute' ? 60_000 : 1000)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/commands',
    least: 'watch',
    summary: 'How often each command was used, the most used first.',
    answer: answers.commandUses,
    run: ({ services: { source } }) => json(source.commands()),
  }),
  tableRoute('connections', 'The connections.', answers.connectionsView),
  tableRoute('rooms', 'The rooms.', answers.roomsView),
  tableRoute('bans', 'The bans and mutes.', answers.bansView),
  route({
    method: 'GET',
    path: '/api/v1/people',
    least: 'watch',
    summary: 'The connections of those who have registered.',
    query: windowQuery,
    answer: answers.connectionsView,
    run: ({ services: { source }, query }) =>
      viewOf(source, { of: 'connections', registered: true, sort: 'nick', ...query }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/connections/:id',
    least: 'watch',
    summary: 'One connection.',
    params: connectionPath,
    answer: answers.connectionRow,
    async run({ services: { source }, params: { id } }) {
      const row = await source.connection(id)
      return row === undefined ? missing('There is no such connection.') : json(row)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/rooms/:name/members',
    least: 'watch',
    summary: 'Who is in a room.',
    params: namePath,
    answer: answers.members,
    run({ services: { source }, params: { name } }) {
      const members = source.members(name)
      return members === undefined ? missing('There is no such room.') : json(members)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/feed',
    least: 'watch',
    summary:
      'What happens, as server-sent events: frames as JSON. `Last-Event-ID` goes on from there.',
    answer: 'text/event-stream',
    run: () => ({ kind: 'feed' }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/feed/socket',
    least: 'watch',
    summary: 'The same as a WebSocket, where tables can be watched.',
    answer: 'a WebSocket',
    run: () => refused(refusal(426, 'upgrade required', 'This is a WebSocket.')),
  }),
  openRoute({
    method: 'GET',
    path: '/metrics',
    least: 'loopback',
    summary: 'The figures in the text format of Prometheus.',
    answer: 'text/plain; version=0.0.4',
    run: async ({ services: { metrics } }) => ({
      kind: 'text',
      text: await metrics(),
      type: 'text/plain; version=0.0.4; charset=utf-8',
    }),
  }),
  openRoute({
    method: 'GET',
    path: '/healthz',
    least: 'anyone',
    summary: 'Answers as long as the process does.',
    answer: answers.health,
    run: ({ services: { health } }) => json({ status: 'ok', ...health.facts() }),
  }),
  openRoute({
    method: 'GET',
    path: '/readyz',
    least: 'anyone',
    summary: 'Whether it serves clients; 503 if not.',
    answer: answers.health,
    run: ({ services: { health } }) =>
      health.isReady()
        ? json({ status: 'ready' })
        : { kind: 'json', value: { status: 'not ready' }, status: 503 },
  }),
  openRoute({
    method: 'GET',
    path: '/api/docs',
    least: 'anyone',
    summary: 'This document.',
    answer: answers.apiDocument,
    run: ({ services: { document } }) => json(document()),
  }),
]

function tableRoute(of: ViewQuery['of'], what: string, answer: Route['answer']): Route {
  return route({
    method: 'GET',
    path: `/api/v1/${of}`,
    least: 'watch',
    summary: `${what} \`filter\`: words that a row must all contain. \`sort\`: a field.`,
    query: viewQuery,
    answer,
    run: ({ services: { source }, query: { descending, ...query } }) =>
      viewOf(source, { of, ...query, ...(descending === 'true' ? { descending: true } : {}) }),
  })
}

async function viewOf(source: MonitorSource, query: ViewQuery): Promise<Answer> {
  try {
    return json(await source.view(query))
  } catch (error) {
    if (error instanceof ViewError) return refused(refusal(400, 'invalid', error.message))
    throw error
  }
}

function missing(text: string): Answer {
  return refused(refusal(404, 'not found', text))
}
