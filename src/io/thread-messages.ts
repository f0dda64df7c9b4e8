import type { MessagePort } from 'node:worker_threads'
import type { EdgeLimits } from '../protocol/limits.ts'
import type { Bound, ListenSpec, ThreadFigures, TlsMaterial, Trouble } from './engine.ts'
import type { Price } from './line-cost.ts'

/** What a worker is born with. */
export interface Birth {
  readonly limits: EdgeLimits
  readonly prices: ReadonlyMap<string, Price>
  readonly queuesBudgetBytes: number
  readonly submissions: SharedArrayBuffer
  readonly completions: SharedArrayBuffer
  readonly bell: MessagePort
}

/** What the core asks of a worker beside the submissions, and what the answer holds. */
export interface Requests {
  readonly listen: { readonly spec: ListenSpec; readonly answer: Bound }
  readonly useTls: { readonly spec: TlsMaterial; readonly answer: undefined }
  readonly stopListening: { readonly spec: undefined; readonly answer: undefined }
  readonly drained: { readonly spec: number; readonly answer: undefined }
  readonly figures: { readonly spec: undefined; readonly answer: ThreadFigures }
  readonly connectionFigures: { readonly spec: undefined; readonly answer: Float64Array }
  readonly dispose: { readonly spec: undefined; readonly answer: undefined }
}

export type RequestName = keyof Requests

export interface Request {
  readonly id: number
  readonly name: RequestName
  readonly spec: unknown
}

/** An error's class and its code don't survive the way between threads by themselves. */
export interface Failure {
  readonly message: string
  readonly code: string | undefined
  readonly syscall: string | undefined
}

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error))
    return { message: String(error), code: undefined, syscall: undefined }
  const { message, code, syscall } = error as NodeJS.ErrnoException
  return { message, code, syscall }
}

export function errorOf({ message, code, syscall }: Failure): Error {
  const facts = {
    ...(code === undefined ? {} : { code }),
    ...(syscall === undefined ? {} : { syscall }),
  }
  return Object.assign(new Error(message), facts)
}
