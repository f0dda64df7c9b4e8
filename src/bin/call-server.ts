import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { adminAddress } from '../server/admin-address.ts'
import { openMonitorRecords } from '../server/monitor-records.ts'
import type { UpkeepOutcome } from '../monitor/log-upkeep.ts'

const TOKEN_MS = 60_000

/**
 * Asks the server that has this data folder, as who may read the folder: with a token that is gone
 * afterwards. However long it takes.
 */
export async function callServer(
  dataFolder: string,
  path: string,
  body: object,
): Promise<UpkeepOutcome> {
  const url = adminAddress(dataFolder)
  if (url === undefined) {
    return notPossible('the server runs without its admin side (listen.admin); stop it first')
  }
  using records = openMonitorRecords(dataFolder)
  const { id, secret } = records.access.addToken('console', 'admin', TOKEN_MS)
  try {
    return await post(new URL(path, url), body, secret)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return notPossible(`the server doesn't answer at ${url}: ${why}`)
  } finally {
    records.access.removeToken(id)
  }
}

async function post(url: URL, body: object, secret: string): Promise<UpkeepOutcome> {
  const outgoing = request(url, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
  })
  outgoing.end(JSON.stringify(body))
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk)
  const answer = JSON.parse(text) as Answered
  if (response.statusCode === 200 && answer.target !== undefined) {
    return { done: true, target: answer.target, events: answer.events ?? 0 }
  }
  return notPossible(answer.error?.text ?? `it answers ${response.statusCode}`)
}

interface Answered {
  readonly target?: string
  readonly events?: number
  readonly error?: { readonly text: string }
}

function notPossible(text: string): UpkeepOutcome {
  return { done: false, problem: 'not possible', text }
}
