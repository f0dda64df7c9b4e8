import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from '../support/world.ts'

test('NICKSERV - it answers PRIVMSG, NS and NICKSERV alike, to the one who asked alone', () => {
  const world = new World()
  const [anna, ben] = world.joinAll(['anna', 'ben'], '#floor')
  const answer = anna?.asks('PRIVMSG NickServ :INFO')
  assert.deepEqual(answer, [':NickServ!services@irc.test NOTICE anna :anna is not registered.'])
  assert.deepEqual(anna?.asks('NS INFO'), answer)
  assert.deepEqual(anna?.asks('NICKSERV info'), answer)
  assert.deepEqual(anna?.asks('NOTICE NickServ :INFO', 'NICK nickserv').length, 1)
  assert.deepEqual(ben?.read(), [])
})

test('NICKSERV - HELP is made of its verbs, in the language of who asks', () => {
  const world = new World()
  const anna = world.join('anna')
  assert.match(anna.asks('NS HELP').join('\n'), /INFO - Tells about an account/)
  assert.match(anna.asks('NS HELP INFO').join('\n'), /INFO \[<account or nick>\]/)
  const hana = world.join('hana')
  assert.match(hana.asks('PRIVMSG NickServ :도움말').join('\n'), /INFO \(정보\) - 계정 정보를/)
  assert.match(hana.asks('NS INFO').join('\n'), /hana은\(는\) 등록되지 않았습니다/)
})

test('NICKSERV - WHOIS tells who it is', () => {
  const world = new World()
  const anna = world.join('anna')
  assert.deepEqual(
    anna.asks('WHOIS NickServ').map((line) => line.split(' ')[1]),
    ['311', '312', '335', '318'],
  )
})

test('NICKSERV - words that it does not know are not said again if they could be a secret', () => {
  const world = new World()
  const anna = world.join('anna')
  assert.ok(!anna.asks('NS hunter2!').join('\n').includes('hunter2'))
})
