import { lettersOf } from './fit-text.ts'
import type { Key } from './key-decoder.ts'

export interface Field {
  readonly label: string
  readonly value: string
  /** Tab goes through them; something else may be typed. */
  readonly options?: readonly string[]
  /** Says what is wrong with a value. */
  readonly check: (value: string) => string | undefined
}

/** What is to be sent to the server. */
export interface Order {
  readonly method: 'POST' | 'DELETE'
  /** Under `/api/v1`. */
  readonly path: string
  readonly body?: Readonly<Record<string, string | number>>
  /** What is said when it is done. */
  readonly done: string
}

/** Asks for what an action needs, field by field, and then whether it is meant. */
export interface Form {
  readonly title: string
  readonly fields: readonly Field[]
  /** Of the field that is asked for; after the last one: the question. */
  readonly at: number
  readonly problem: string | undefined
  readonly question: (values: readonly string[]) => string
  readonly order: (values: readonly string[]) => Order
}

export type FormAnswer =
  | { readonly kind: 'open'; readonly form: Form }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'confirmed'; readonly order: Order }

/** No API takes longer texts than this, in characters. */
const MAX_VALUE = 400

export function valuesOf(form: Form): string[] {
  return form.fields.map(({ value }) => value.trim())
}

export function answerForm(form: Form, key: Key): FormAnswer {
  if (isNamed(key, 'escape') || (key.kind === 'control' && key.letter === 'c')) {
    return { kind: 'cancelled' }
  }
  const field = form.fields[form.at]
  if (field === undefined) return answerQuestion(form, key)
  if (isNamed(key, 'enter')) return { kind: 'open', form: next(form, field) }
  if (isNamed(key, 'up')) return { kind: 'open', form: { ...form, at: Math.max(0, form.at - 1) } }
  return { kind: 'open', form: withValue(form, typed(field, key)) }
}

function answerQuestion(form: Form, key: Key): FormAnswer {
  if (isNamed(key, 'enter') || isText(key, 'yYㅛ')) {
    return { kind: 'confirmed', order: form.order(valuesOf(form)) }
  }
  if (isText(key, 'nNㅜ')) return { kind: 'cancelled' }
  if (isNamed(key, 'up')) return { kind: 'open', form: { ...form, at: Math.max(0, form.at - 1) } }
  return { kind: 'open', form }
}

function next(form: Form, field: Field): Form {
  const problem = field.check(field.value.trim())
  return problem === undefined
    ? { ...form, at: form.at + 1, problem: undefined }
    : { ...form, problem }
}

function withValue(form: Form, value: string): Form {
  const fields = form.fields.map((field, i) => (i === form.at ? { ...field, value } : field))
  return { ...form, fields, problem: undefined }
}

function typed({ value, options = [] }: Field, key: Key): string {
  const step = isNamed(key, 'tab') ? 1 : isNamed(key, 'backTab') ? -1 : 0
  if (step !== 0 && options.length > 0) {
    const at = options.indexOf(value)
    return options.at(at < 0 ? 0 : (at + step) % options.length) ?? value
  }
  return typeInto(value, key)
}

/** A line of text after a key: one line, whatever was pasted. */
export function typeInto(value: string, key: Key): string {
  if (key.kind === 'text') return (value + key.text).slice(0, MAX_VALUE)
  if (key.kind === 'pasted') {
    return (value + key.text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')).slice(0, MAX_VALUE)
  }
  if (isNamed(key, 'backspace')) return lettersOf(value).slice(0, -1).join('')
  if (key.kind !== 'control') return value
  if (key.letter === 'u') return ''
  return key.letter === 'w' ? value.replace(/\S+\s*$/, '') : value
}

function isNamed(key: Key, name: string): boolean {
  return key.kind === 'named' && key.name === name
}

function isText(key: Key, letters: string): boolean {
  return key.kind === 'text' && letters.includes(key.text)
}
