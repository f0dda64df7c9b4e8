import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { parseArgs } from 'node:util'
import type { ExportOrder } from '../monitor/log-upkeep.ts'
import { openOfflineLog } from '../server/offline-log.ts'
import { writeDown } from './change-log.ts'
import { escaped } from './escaped.ts'
import { failed } from './failed.ts'
import { UsageError } from './usage-error.ts'
import { FOLDER_OPTIONS, withSettings } from './with-settings.ts'

const CONSOLE = { name: 'console', role: 'admin', from: 'console' } as const

/** `maru export`. Resolves with the exit code. */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...FOLDER_OPTIONS,
      room: { type: 'string' },
      person: { type: 'string' },
      format: { type: 'string' },
      output: { type: 'string' },
    },
  })
  const what = orderOf(values.room, values.person)
  const format = formatOf(values.format ?? 'jsonl')
  return withSettings(values, async (settings) => {
    await using log = await openOfflineLog(settings, { role: 'read', format })
    const came = log.orders.exportHistory(what, CONSOLE)
    if (!came.done) return failed(came.text)
    const events = await write(came.lines, { format, file: values.output })
    writeDown(
      settings,
      { action: 'export history', target: came.target },
      { done: true, target: came.target, events },
    )
    if (values.output !== undefined) console.log(`${values.output}: ${events} events`)
    return 0
  })
}

function orderOf(room: string | undefined, account: string | undefined): ExportOrder {
  if (room !== undefined && account === undefined) return { room }
  if (account !== undefined && room === undefined) return { account }
  throw new UsageError('either --room or --person is needed')
}

function formatOf(text: string): 'jsonl' | 'text' {
  if (text === 'jsonl' || text === 'text') return text
  throw new UsageError(`--format: expected jsonl or text, found ${text}`)
}

interface Output {
  readonly format: 'jsonl' | 'text'
  /** Undefined: standard output. */
  readonly file: string | undefined
}

/** How many went out. Whoever reads may have enough. */
async function write(lines: AsyncIterable<string>, { format, file }: Output): Promise<number> {
  const out =
    file === undefined ? process.stdout : createWriteStream(file, { flags: 'wx', mode: 0o600 })
  let broken: NodeJS.ErrnoException | undefined
  out.on('error', (error) => {
    broken = error
  })
  let events = 0
  for await (const line of lines) {
    const isDry = out.write(format === 'jsonl' ? `${escaped(line.trimEnd())}\n` : line)
    if (!isDry) await Promise.race([once(out, 'drain').catch(() => {}), once(out, 'error')])
    if (broken !== undefined) break
    events++
  }
  if (file !== undefined && broken === undefined) {
    out.end()
    await once(out, 'finish').catch(() => {})
  }
  if (broken !== undefined && broken.code !== 'EPIPE') throw broken
  return events
}
