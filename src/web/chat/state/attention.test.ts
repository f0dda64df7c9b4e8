import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Conversation } from '../../../client/model.ts'
import { attentionOf, titleOf } from './attention.ts'

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
  assert.deepEqual(attentionOf(all), { unread: 7, calls: 3 })
})

test('ATTENTION - the title counts calls, and shows by a dot that there is something to read', () => {
  assert.equal(titleOf('#art', { unread: 9, calls: 3 }), '(3) #art · Maru')
  assert.equal(titleOf('#art', { unread: 9, calls: 0 }), '• #art · Maru')
  assert.equal(titleOf(undefined, { unread: 0, calls: 0 }), 'Maru')
  assert.equal(titleOf('#art', { unread: 900, calls: 300 }), '(99+) #art · Maru')
})
