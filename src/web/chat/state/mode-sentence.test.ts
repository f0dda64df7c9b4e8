import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modeChanges } from '../../../client/mode-changes.ts'
import { barOf, modeSentence, type ModeSentence } from './mode-sentence.ts'

const RULES = {
  ranks: [
    { mode: 'o', prefix: '@' },
    { mode: 'Y', prefix: '!' },
  ],
  modes: ['beI', 'k', 'l', 'imnstC'],
} as const

function sentences(letters: string, ...args: readonly string[]): readonly ModeSentence[] {
  return modeChanges(RULES, letters, args).map(modeSentence)
}

test('MODE SENTENCE - rights, bans, mutes and rules are said in words', () => {
  assert.deepEqual(sentences('+o-o', 'june', 'ada'), [
    { text: 'didGiveRight', whom: 'june', what: 'rightOperator' },
    { text: 'didTakeRight', whom: 'ada', what: 'rightOperator' },
  ])
  assert.deepEqual(sentences('+b-b+b', 'bora!*@*', '~m:bora!*@*', '~m:*!*@10.0.0.1'), [
    { text: 'didBan', said: 'bora' },
    { text: 'didUnmute', said: 'bora' },
    { text: 'didMute', said: '*!*@10.0.0.1' },
  ])
  assert.deepEqual(sentences('+m-i', 'unused'), [
    { text: 'didSetRule', what: 'modeModerated' },
    { text: 'didLiftRule', what: 'modeInvite' },
  ])
})

test('MODE SENTENCE - a limit is told, and that there is a key, but not which', () => {
  assert.deepEqual(sentences('+kl-kl', 'tide', '7', '*'), [
    { text: 'didSetKey' },
    { text: 'didSetLimit', said: '7' },
    { text: 'didClearKey' },
    { text: 'didClearLimit' },
  ])
})

test('MODE SENTENCE - what has no words is said in letters, whole', () => {
  assert.deepEqual(sentences('+YI-C+x', 'june', '*!*@friends'), [
    { text: 'didModes', said: '+Y june' },
    { text: 'didModes', said: '+I *!*@friends' },
    { text: 'didModes', said: '-C' },
    { text: 'didModes', said: '+x' },
  ])
})

test('MODE SENTENCE - only a mask that stands for a nick is shown as a nick', () => {
  assert.deepEqual(barOf('~m:민지!*@*'), { isMute: true, who: '민지' })
  assert.deepEqual(barOf('b?ra!*@*'), { isMute: false, who: 'b?ra!*@*' })
  assert.deepEqual(barOf('~a:bora'), { isMute: false, who: '~a:bora' })
  assert.deepEqual(barOf(''), { isMute: false, who: '' })
})
