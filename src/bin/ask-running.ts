import { once } from 'node:events'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { errorText } from '../base/error-text.ts'
import { adminAddress } from '../server/admin-address.ts'
import { openMonitorRecords } from '../server/monitor-records.ts'
import { StartupError } from '../server/startup-error.ts'

const TOKEN_MS = 60_000

export interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Of the API. */
  readonly path: string
  readonly body?: object
}

/**
 * Asks the server that has this data folder, as who may read the folder: with a token that is gone
 * afterwards. However long it takes. Rejects with a StartupError when it doesn't answer, or says no.
 */
export async function askRunning(dataFolder: string, question: Question): Promise<unknown> {
  const url = adminAddress(dataFolder)
  if (url === undefined) {
    throw new StartupError('the server runs without its admin side (listen.admin); stop it first')
  }
  using records = openMonitorRecords(dataFolder)
  const { id, secret } = records.access.addToken('command-line', 'admin', TOKEN_MS)
  try {
    return await ask(new URL(question.path, url), question, secret)
  } finally {
    records.access.removeToken(id)
  }
}

async function ask(url: URL, { method, body }: Question, secret: string): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${secret}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const outgoing = request(url, { method, agent: false, headers })
  outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  const { status, answer } = await answerTo(outgoing, url)
  if (status === 200) return answer
  const { error } = answer as { readonly error?: { readonly text: string } }
  throw new StartupError(error?.text ?? `the server answers ${status}`)
}

async function answerTo(
  outgoing: ClientRequest,
  { origin }: URL,
): Promise<{ readonly status: number | undefined; readonly answer: unknown }> {
  try {
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    let text = ''
    for await (const chunk of response.setEncoding('utf8')) text += String(chunk)
    return { status: response.statusCode, answer: JSON.parse(text) }
  } catch (error) {
    const why = errorText(error)
    throw new StartupError(`the server doesn't answer at ${origin}: ${why}`)
  }
}
