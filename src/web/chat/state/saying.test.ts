import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyModel } from '../../../client/empty-model.ts'
import { sendingOf } from './saying.ts'

const context = { conversation: '#a', roomPrefixes: '#' }
const limits = {
  ...emptyModel({ nick: 'mina' }).server.limits,
  multilineLines: 3,
  multilineBytes: 40,
}
const base = { kind: 'say', conversation: '#a' } as const

test('SAYING - what is said, or done with /me, is something to say; commands are not', () => {
  const said = (text: string) => {
    const sending = sendingOf(text, context, limits)
    return sending.kind === 'say' ? sending.saying : sending.kind
  }
  assert.deepEqual(said('hello'), { ...base, text: 'hello' })
  assert.deepEqual(said('//join'), { ...base, text: '/join' })
  assert.deepEqual(said('/usr/bin/env'), { ...base, text: '/usr/bin/env' })
  assert.deepEqual(said('/ME waves\nand goes'), {
    ...base,
    text: 'waves\nand goes',
    form: 'action',
  })
  for (const command of ['/me', '/me  ', '/join #b', '/msg june hello', '/nonsense', '/topic x']) {
    assert.equal(said(command), 'command', command)
  }
})

test('SAYING - what is too long may be said in several messages, but nobody acts in several', () => {
  const long = 'a'.repeat(41)
  assert.deepEqual(sendingOf(long, context, limits), { kind: 'long', text: long })
  assert.deepEqual(sendingOf(`/${long}/`, context, limits), { kind: 'long', text: `/${long}/` })
  assert.deepEqual(sendingOf(`/me ${long}`, context, limits), { kind: 'command' })
  assert.deepEqual(sendingOf(`/join ${long}`, context, limits), { kind: 'command' })
})
