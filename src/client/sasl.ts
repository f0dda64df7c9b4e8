/** Logging in over this connection, before the welcome or after it. */
import type { Message as Line } from '../protocol/message.ts'
import { newClientMsgid } from './client-msgid.ts'
import { addNotice, report, send, setSelf, type Core } from './core.ts'
import { askUser, endNegotiation } from './registration.ts'
import {
  beginSasl,
  chooseMechanism,
  pieces,
  takeChallenge,
  takeProof,
  type SaslStep,
} from './sasl-exchange.ts'
import type { Refusal } from './timeline.ts'
import type { Proof } from './turn.ts'

/** `ref`: of the intent that wants it. */
export function startSasl(core: Core, ref?: string): void {
  const { link, wish } = core
  const { login } = wish
  const value = link.offered.get('sasl')
  if (login === undefined) return endNegotiation(core)
  if (value === undefined || !link.caps.has('sasl'))
    return failed(core, ref, clientFault('notSupported'))
  const offered = value === '' ? [] : value.split(',')
  const mechanism = chooseMechanism(login, { offered, isSecure: link.isSecure })
  if (mechanism === undefined) return failed(core, ref, clientFault('notSupported'))
  if (mechanism === 'insecure') return failed(core, ref, clientFault('insecure'))
  link.sasl = { ...beginSasl(login, mechanism, newClientMsgid(core.random)), ref }
  send(core, { command: 'AUTHENTICATE', params: [mechanism] })
}

function clientFault(code: string): Refusal {
  return { code, context: [] }
}

export function takeAuthenticate(core: Core, { params }: Line): void {
  const { sasl } = core.link
  if (sasl !== undefined) take(core, takeChallenge(sasl, params[0] ?? ''))
}

export function takeProved(core: Core, id: number, proof: Proof | undefined): void {
  const { sasl } = core.link
  if (sasl?.proveId === id) take(core, takeProof(sasl, proof))
}

function take(core: Core, step: SaslStep): void {
  const { sasl } = core.link
  if (sasl === undefined) return
  switch (step.kind) {
    case 'say':
      for (const piece of pieces(step.data))
        send(core, { command: 'AUTHENTICATE', params: [piece] })
      return
    case 'prove': {
      sasl.proveId = ++core.count
      core.orders.push({ kind: 'prove', id: sasl.proveId, question: step.question })
      return
    }
    case 'abort': {
      core.link.sasl = undefined
      send(core, { command: 'AUTHENTICATE', params: ['*'] })
      return failed(core, sasl.ref, clientFault('badProof'))
    }
    case 'wait':
      return
    default:
      return step satisfies never
  }
}

/** 903. What the server never proved is not believed. */
export function saslSucceeded(core: Core): void {
  const { sasl } = core.link
  if (sasl === undefined) return
  core.link.sasl = undefined
  const isProved = sasl.mechanism !== 'SCRAM-SHA-256' || sasl.step === 'over'
  if (!isProved) return failed(core, sasl.ref, clientFault('badProof'))
  report(core, sasl.ref, { kind: 'done' })
  endNegotiation(core)
}

/** 902, 904, 905, 906, 908. */
export function saslFailed(core: Core, refusal: Refusal): void {
  const { sasl } = core.link
  if (sasl === undefined) return
  core.link.sasl = undefined
  failed(core, sasl.ref, refusal)
}

function failed(core: Core, ref: string | undefined, refusal: Refusal): void {
  report(core, ref, { kind: 'refused', ...refusal })
  if (core.link.isNegotiating) return askUser(core, { kind: 'login', refusal })
  if (ref !== undefined) return
  const { code, text = '', context } = refusal
  addNotice(core, { kind: 'refusal', from: core.view.parts.server.name, text, code, context })
}

/** 900 and 901. */
export function takeAccount(core: Core, account: string | undefined): void {
  const { account: _account, ...rest } = core.view.parts.self
  core.view.set('self', rest)
  if (account !== undefined && account !== '*') setSelf(core, { account })
}
