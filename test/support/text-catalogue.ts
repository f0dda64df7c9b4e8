import assert from 'node:assert/strict'
import { LANGUAGES, type Said } from '../../src/web/shared/language.ts'

type Catalogue = Readonly<Record<string, Said>>

/** Every text is there in every language, with the same values in it. */
export function assertWhole(texts: Catalogue): void {
  for (const [key, said] of Object.entries(texts)) {
    assert.equal(said.length, LANGUAGES.length, key)
    assert.ok(
      said.every((text) => text.trim() === text && text !== ''),
      key,
    )
    assert.deepEqual(places(said[1]), places(said[0]), key)
  }
}

/** The keys of those that are the same in Korean, since nothing of them is written in it. */
export function notKorean(texts: Catalogue): readonly string[] {
  return Object.entries(texts).flatMap(([key, said]) =>
    /\p{Script=Hangul}/u.test(said[1]) ? [] : [key],
  )
}

function places(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(String).sort()
}
