import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutSecrets } from './wire-log.ts'

test('LOG - passwords are never written down', () => {
  for (const [line, written] of [
    ['PASS hunter2', 'PASS ***'],
    ['AUTHENTICATE AGppbGxlcwBzZXNhbWU=', 'AUTHENTICATE ***'],
    ['@label=q1 REGISTER * * hunter2', '@label=q1 REGISTER ***'],
    ['OPER me hunter2', 'OPER ***'],
    ['@label=q1 PRIVMSG NickServ :identify hunter2', '@label=q1 PRIVMSG NickServ ***'],
    ['NS identify hunter2', 'NS ***'],
    ['PRIVMSG #lobby :my PASS is gone', 'PRIVMSG #lobby :my PASS is gone'],
  ] as const) {
    assert.equal(withoutSecrets(line), written)
  }
})
