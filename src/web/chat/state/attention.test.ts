import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyModel } from '../../../client/empty-model.ts'
import type { Conversation, Model } from '../../../client/model.ts'
import type { Message } from '../../../client/timeline.ts'
import { attentionOf, newCalls, titleOf } from './attention.ts'

function conversation(more: Partial<Conversation>): Conversation {
  return {
    id: '#a',
    kind: 'room',
    name: '#a',
    standing: 'joined',
    modes: '+',
    ownRanks: '',
    memberCount: 2,
    unread: 0,
    mentions: 0,
    isMoreUnread: false,
    draft: '',
    notify: 'all',
    metadata: {},
    lists: {},
    ...more,
  }
}

test('ATTENTION - mentions and all that is said to one alone call; what one wants nothing of does not', () => {
  const all = [
    conversation({ unread: 5, mentions: 1 }),
    conversation({ kind: 'direct', unread: 2, mentions: 2 }),
    conversation({ unread: 9, mentions: 3, notify: 'nothing' }),
    conversation({ unread: 4, notify: 'mentions' }),
  ]
  assert.deepEqual(attentionOf(all, undefined), { unread: 7, calls: 3 })
})

test('ATTENTION - what is read as it comes waits for nobody', () => {
  const all = [
    conversation({ id: '#a', unread: 5, mentions: 1 }),
    conversation({ id: '#b', unread: 2 }),
  ]
  assert.deepEqual(attentionOf(all, '#a'), { unread: 2, calls: 0 })
})

test('ATTENTION - the title counts calls, and shows by a dot that there is something to read', () => {
  assert.equal(titleOf('#art', { unread: 9, calls: 3 }), '(3) #art · Maru')
  assert.equal(titleOf('#art', { unread: 9, calls: 0 }), '• #art · Maru')
  assert.equal(titleOf(undefined, { unread: 0, calls: 0 }), 'Maru')
  assert.equal(titleOf('#art', { unread: 900, calls: 300 }), '(99+) #art · Maru')
})

function message(id: string, timeMs: number, isSelf = false): Message {
  return {
    kind: 'message',
    id,
    timeMs,
    author: { nick: 'june', key: 'june', isBot: false, isSelf },
    form: 'message',
    text: id,
    life: { state: 'said' },
    reactions: [],
    isMention: false,
  }
}

function model(more: Partial<Model>): Model {
  return { ...emptyModel({ nick: 'mina', realName: '' }), ...more }
}

test('ATTENTION - a mention and what is said to one alone call once, but not from where one wants nothing', () => {
  const room = conversation({ id: '#a' })
  const silent = conversation({ id: '#b', name: '#b', notify: 'nothing' })
  const june = conversation({ id: 'june', name: 'june', kind: 'direct', unread: 1, mentions: 1 })
  const before = model({ conversations: new Map([room, silent].map((one) => [one.id, one])) })
  const after = model({
    conversations: new Map([room, silent, june].map((one) => [one.id, one])),
    timelines: new Map([
      ['june', { items: [message('said', 10), message('own', 11, true)], isComplete: true }],
    ]),
    mentions: [
      { conversation: '#a', message: message('named', 20) },
      { conversation: '#b', message: message('named elsewhere', 15) },
    ],
  })
  const called = newCalls(before, after).map(({ message: { id } }) => id)
  assert.deepEqual(called, ['said', 'named'])
  assert.deepEqual(newCalls(after, after), [])
  assert.deepEqual(newCalls(after, model({ ...after, mentions: [...after.mentions] })), [])
})
