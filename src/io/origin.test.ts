import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { test } from 'node:test'
import { originCheck } from './origin.ts'

function asked(origin: string | undefined, host = 'chat.example'): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  request.headers = origin === undefined ? { host } : { host, origin }
  return request
}

test('ORIGIN - who sends no Origin is no web page, and may connect', () => {
  assert.ok(originCheck([])(asked(undefined)))
  assert.ok(originCheck(['https://a.example'])(asked(undefined)))
})

test('ORIGIN - an empty list allows the host that is asked, and no other', () => {
  const isAllowed = originCheck([])
  assert.ok(isAllowed(asked('https://chat.example')))
  assert.ok(isAllowed(asked('https://CHAT.example', 'chat.example:443')))
  assert.ok(isAllowed(asked('http://chat.example:8080', 'chat.example:8080')))
  for (const origin of ['https://evil.example', 'https://chat.example:444', 'null', '', 'x']) {
    assert.ok(!isAllowed(asked(origin)), origin)
  }
  assert.ok(!isAllowed(asked('https://chat.example', '')))
})

test('ORIGIN - a list allows exactly its origins', () => {
  const isAllowed = originCheck(['https://a.example/', 'app://Client'])
  assert.ok(isAllowed(asked('https://a.example')))
  assert.ok(isAllowed(asked('app://client')))
  for (const origin of ['http://a.example', 'https://b.example', 'app://other', 'null']) {
    assert.ok(!isAllowed(asked(origin)), origin)
  }
  assert.ok(!isAllowed(asked('https://chat.example')))
})

test('ORIGIN - a star allows every page', () => {
  assert.ok(originCheck(['*'])(asked('null')))
})
