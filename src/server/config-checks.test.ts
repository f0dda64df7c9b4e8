import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostPort, isChannelName, isNetwork, isOrigin, isServerName } from './config-checks.ts'

test('config checks - host and port', () => {
  assert.deepEqual(hostPort('127.0.0.1:6667'), { host: '127.0.0.1', port: 6667 })
  assert.deepEqual(hostPort('[::1]:0'), { host: '::1', port: 0 })
  assert.deepEqual(hostPort('*:6697'), { host: '*', port: 6697 })
  assert.deepEqual(hostPort('localhost:1'), { host: 'localhost', port: 1 })
  for (const wrong of [
    '6667',
    ':6667',
    '::1:6667',
    '[1.2.3.4]:1',
    '1.2.3.999:1',
    'a:65536',
    'a b:1',
  ])
    assert.equal(hostPort(wrong), undefined, wrong)
})

test('config checks - networks', () => {
  for (const right of ['192.0.2.1', '192.0.2.0/24', '::/0', '2001:db8::/128', '0.0.0.0/0'])
    assert.ok(isNetwork(right), right)
  for (const wrong of [
    '192.0.2.0/33',
    '::/129',
    '192.0.2/24',
    'a',
    '',
    '1.2.3.4/8/8',
    'fe80::1%eth0',
  ])
    assert.ok(!isNetwork(wrong), wrong)
})

test('config checks - server names have a dot and fit', () => {
  for (const right of ['irc.example.org', 'maru.local', 'a.b'])
    assert.ok(isServerName(right), right)
  for (const wrong of ['localhost', 'a..b', '-a.b', 'a_b.c', '10.0.0.1', `${'a'.repeat(62)}.b`])
    assert.ok(!isServerName(wrong), wrong)
})

test('config checks - origins are as browsers send them', () => {
  for (const right of ['*', 'https://a.example', 'http://localhost:8080'])
    assert.ok(isOrigin(right), right)
  for (const wrong of [
    'https://a.example/',
    'a.example',
    'https://a.example:443',
    'ftp://a.example',
  ])
    assert.ok(!isOrigin(wrong), wrong)
})

test('config checks - names of rooms', () => {
  for (const right of ['#ops', '#마루', '#']) assert.ok(isChannelName(right), right)
  for (const wrong of ['ops', '', '#a b', '#a,b', `#${'a'.repeat(64)}`])
    assert.ok(!isChannelName(wrong), wrong)
})
