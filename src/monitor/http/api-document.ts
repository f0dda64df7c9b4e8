import { z } from 'zod'
import { failure, namedAnswers } from './answers.ts'
import { SESSION_COOKIE } from './gate.ts'
import { routeGroups } from './route-table.ts'
import type { Route } from './route.ts'

/** The table of routes as OpenAPI 3.1. https://spec.openapis.org/oas/v3.1.1.html */
export function apiDocument(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Maru: the API of the monitor',
      version: '1',
      description:
        'Times are milliseconds since 1970, durations milliseconds, sizes bytes. Texts are as people wrote ' +
        'them, control characters and all: whoever shows them makes them safe. State changes need the ' +
        'Content-Type application/json. A role may all that those before it may: watch, moderate, admin.',
    },
    servers: [{ url: '/' }],
    tags: routeGroups.map(([name]) => ({ name })),
    paths: paths(),
    components: {
      schemas: components(),
      responses: {
        Refused: {
          description: 'Why not.',
          content: { 'application/json': { schema: reference(failure) } },
        },
      },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The secret of a session or a token.',
        },
        cookie: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
      },
    },
  }
}

const PREFIX = '#/components/schemas/'

function paths(): Record<string, Record<string, object>> {
  const found: Record<string, Record<string, object>> = {}
  for (const [tag, routes] of routeGroups) {
    for (const row of routes) {
      const path = row.path.replaceAll(/:(\w+)/g, '{$1}')
      found[path] = { ...found[path], [row.method.toLowerCase()]: operation(row, tag) }
    }
  }
  return found
}

function operation(row: Route, tag: string): object {
  return {
    tags: [tag],
    summary: row.summary,
    'x-least-role': row.least,
    security: row.least === 'anyone' ? [] : [{ bearer: [] }, { cookie: [] }],
    parameters: [...parameters(row.params, 'path'), ...parameters(row.query, 'query')],
    ...(row.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: input(row.body) } },
          },
        }),
    responses: {
      '200': answerOf(row),
      default: { $ref: '#/components/responses/Refused' },
    },
  }
}

function answerOf({ answer }: Route): object {
  if (typeof answer === 'string') {
    return { description: answer, ...(answer.includes('/') ? { content: { [answer]: {} } } : {}) }
  }
  return { description: 'Done.', content: { 'application/json': { schema: reference(answer) } } }
}

interface JsonObject {
  readonly properties?: Readonly<Record<string, object>>
  readonly required?: readonly string[]
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): object[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = input(schema) as JsonObject
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: of,
  }))
}

function input(schema: z.ZodType): object {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    override({ jsonSchema }) {
      // A number in a URL is text, and says itself what it stands for.
      if (jsonSchema.type === 'integer') delete jsonSchema.pattern
    },
  })
  return withoutAddress(made)
}

function reference(schema: z.ZodType): object {
  const name = namedAnswers.get(schema)?.id
  if (name === undefined) throw new Error('an answer without a name')
  return { $ref: `${PREFIX}${name}` }
}

function components(): Record<string, object> {
  const { schemas } = z.toJSONSchema(namedAnswers, {
    uri: (id) => `${PREFIX}${id}`,
    unrepresentable: 'any',
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, withoutAddress(schema)]),
  )
}

/** Inside of the document, a schema has no address of its own. */
function withoutAddress(schema: object): object {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'),
  )
}
