import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SLASH_COMMANDS } from '../../../client/slash-table.ts'
import { commandParams } from './command-params.ts'

/** What is typed as it stands, in every language. */
const AS_IT_IS = /user@host|in:|from:|has:link|\+mask|-mask/g

test('web chat - what follows a command is told in Korean, word for word', () => {
  for (const { name, params } of SLASH_COMMANDS) {
    const told = commandParams(params, 'ko').replaceAll(AS_IT_IS, '')
    assert.doesNotMatch(told, /[a-z]{3,}/, name)
    assert.equal(commandParams(params, 'en'), params)
  }
})
