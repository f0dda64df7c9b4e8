import { errorText } from '../base/error-text.ts'
import type { UpkeepOutcome } from '../monitor/log-upkeep.ts'
import { askRunning } from './ask-running.ts'

/** Has the server that has this data folder do something to its log. However long it takes. */
export async function callServer(
  dataFolder: string,
  path: string,
  body: object,
): Promise<UpkeepOutcome> {
  try {
    const answer = await askRunning(dataFolder, { method: 'POST', path, body })
    const { target, events } = answer as { readonly target: string; readonly events: number }
    return { done: true, target, events }
  } catch (error) {
    const text = errorText(error)
    return { done: false, problem: 'not possible', text }
  }
}
