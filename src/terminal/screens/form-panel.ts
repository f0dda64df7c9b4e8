import { mayAct } from '../app-state.ts'
import type { AppState } from '../app-state.ts'
import { tailText, textWidth, wrapColumns } from '../fit-text.ts'
import { valuesOf } from '../form.ts'
import type { Field, Form } from '../form.ts'
import { ruleLine } from '../line-layout.ts'
import { bold, dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { safeText } from '../safe-text.ts'

/** What is asked for, at the bottom of the screen. */
export function formPanel(form: Form, { say, size }: AppState): Line[] {
  const asked = form.fields.slice(0, form.at + 1)
  const lines = asked.map((field, i) => fieldLine(field, i === form.at, size.columns))
  const isQuestion = form.at >= form.fields.length
  const question = isQuestion
    ? wrapColumns(form.question(valuesOf(form)), size.columns - 2).map((text) => [bold(` ${text}`)])
    : []
  const problem: Line[] =
    form.problem === undefined ? [] : [[{ text: ` ! ${form.problem}`, color: 'red' }]]
  return [
    ruleLine(form.title, size.columns),
    ...lines,
    ...question,
    ...problem,
    [dim(` ${say(isQuestion ? 'questionKeys' : 'formKeys')}`)],
  ]
}

/** The end of a long value is what is being typed. */
function fieldLine({ label, value }: Field, isAsked: boolean, columns: number): Line {
  const room = Math.max(8, columns - textWidth(label) - 6)
  const shown = tailText(safeText(value), room)
  const cursor = isAsked ? [{ text: ' ', isInverse: true }] : []
  return [dim(` ${label}: `), plain(shown), ...cursor]
}

/** In the server's own console. */
export function leavePanel(state: AppState): Line[] {
  const { say, size } = state
  const choice = (key: string, text: string): Line => [bold(` ${key}  `), plain(text)]
  return [
    ruleLine(say('leaveTitle'), size.columns),
    ...(mayAct(state, 'admin') ? [choice('s  ', say('leaveStop'))] : []),
    choice('l  ', say('leaveOnly')),
    choice('Esc', say('leaveBack')),
  ]
}
