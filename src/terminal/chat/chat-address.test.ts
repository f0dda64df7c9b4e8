import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chatAddress, hostAndPort, refusePlain } from './chat-address.ts'
import { chatWords } from './chat-words.ts'

const say = chatWords('en')

test('ADDRESS - a server, a name and rooms, in the ways that people write them', () => {
  const of = (text: string) => chatAddress(text, say)
  assert.deepEqual(of('chat.example.org'), {
    address: { host: 'chat.example.org', port: 6697, over: 'tls' },
    rooms: [],
  })
  assert.deepEqual(of('ircs://%EB%AF%BC%EC%A7%80@[2001:db8::1]:7000/#art,build'), {
    address: { host: '2001:db8::1', port: 7000, over: 'tls' },
    rooms: ['#art', '#build'],
    nick: '민지',
  })
  assert.deepEqual(of('ircs://host/lobby').rooms, ['#lobby'])
  assert.deepEqual(of('irc://127.0.0.1/#마루').rooms, ['#마루'])
  assert.equal(hostAndPort(of('irc://[::1]').address), '[::1]:6667')
})

test('ADDRESS - without TLS only to this machine, unless somebody says so; a password has no place in it', () => {
  const refused = (text: string) => () => refusePlain(chatAddress(text, say).address, say)
  assert.throws(refused('irc://chat.example.org'), /without TLS/)
  assert.throws(refused('irc://127.0.0.1.example.org'), /without TLS/)
  assert.doesNotThrow(refused('irc://127.0.0.1'))
  assert.doesNotThrow(refused('ircs://chat.example.org'))
  for (const text of ['ircs://me:secret@host', 'https://host', 'ircs://', 'ircs://host/?x']) {
    assert.throws(() => chatAddress(text, say), /no address of a chat server/, text)
  }
})
