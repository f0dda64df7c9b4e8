import type { StoredEvent } from '../../src/state/record.ts'

export interface CorpusOptions {
  readonly seed: number
  readonly rooms: number
  readonly people: number
}

export interface Corpus {
  /** The next line that somebody says in some room: the same ones for the same seed. */
  next(): StoredEvent
  /** The word of this rank, from 0, the commonest: as often as Zipf's law has it. */
  readonly english: readonly string[]
  readonly korean: readonly string[]
}

/**
 * What a community says: English, Korean, both in one line, laughter, emoji, links, numbers. Rooms and people
 * are as unequal as words are.
 */
export function createCorpus({ seed, rooms, people }: CorpusOptions): Corpus {
  const random = randomFrom(seed)
  const english = makeWords(COMMON_ENGLISH, () => englishWord(random))
  const korean = makeWords(COMMON_KOREAN, () => koreanWord(random))
  const pickEnglish = zipf(random, english)
  const pickKorean = zipf(random, korean)
  const pickRoom = zipf(random, numbers(rooms))
  const pickPerson = zipf(random, numbers(people))
  const pickEmoji = zipf(random, EMOJI)
  const seqs = new Map<number, number>()
  let timeMs = START_MS
  let count = 0
  const sentence = () => {
    const pick = random() < 0.6 ? pickEnglish : pickKorean
    const length = 1 + Math.floor(-Math.log(1 - random()) * 8)
    const words = Array.from({ length: Math.min(length, 40) }, pick)
    if (random() < 0.08) words.push(random() < 0.5 ? 'ㅋㅋㅋ' : 'ㅠㅠ')
    if (random() < 0.12) words.push(pickEmoji())
    if (random() < 0.05) words.push(linkOf(random, pickEnglish))
    if (random() < 0.08) words.push(String(Math.floor(random() ** 4 * 1e6)))
    if (random() < 0.15) words.unshift(`p${pickPerson()}:`)
    return words.join(' ')
  }
  const next = (): StoredEvent => {
    timeMs += Math.floor(random() * 2000)
    const buffer = pickRoom() + 1
    const seq = (seqs.get(buffer) ?? 0) + 1
    seqs.set(buffer, seq)
    const nick = `p${pickPerson()}`
    const source = `${nick}!${nick}@host`
    const msgid = `c-${(count++).toString(36)}`
    const base = { buffer, seq, timeMs, msgid, source, person: `a:${nick}`, flags: 0, least: 0 }
    return { ...base, command: 'PRIVMSG', clientTags: '', body: sentence() }
  }
  return { next, english, korean }
}

const START_MS = Date.UTC(2026, 0, 1)
const WORDS = 30_000

/** mulberry32: a number from 0 to 1, the same series for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function zipf<Item>(random: () => number, items: readonly Item[]): () => Item {
  const sums = new Float64Array(items.length)
  let sum = 0
  for (let rank = 0; rank < items.length; rank++) sums[rank] = sum += 1 / (rank + 2)
  return () => {
    const wanted = random() * sum
    let low = 0
    for (let high = items.length - 1; low < high;) {
      const middle = (low + high) >>> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return items[low] as Item
  }
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

function makeWords(common: string, make: () => string): readonly string[] {
  const words = new Set(common.split(/\s+/))
  while (words.size < WORDS) words.add(make())
  return [...words]
}

function englishWord(random: () => number): string {
  const part = (parts: readonly string[]) => parts[Math.floor(random() ** 2 * parts.length)] ?? ''
  const syllables = 1 + Math.floor(random() * 3)
  let word = ''
  for (let index = 0; index < syllables; index++) word += part(ONSETS) + part(VOWELS) + part(CODAS)
  if (random() < 0.4) word += part(ENDINGS)
  return random() < 0.1 ? word.charAt(0).toUpperCase() + word.slice(1) : word
}

/** Two to four syllables: common beginnings and vowels, and a final consonant in a third of them. */
function koreanWord(random: () => number): string {
  const syllables = 2 + Math.floor(random() * 3)
  let word = ''
  for (let index = 0; index < syllables; index++) {
    const initial = Math.floor(random() ** 1.5 * 19)
    const vowel = Math.floor(random() ** 1.5 * 21)
    const final = random() < 0.35 ? Math.floor(random() * 28) : 0
    word += String.fromCharCode(0xac00 + (initial * 21 + vowel) * 28 + final)
  }
  return word
}

function linkOf(random: () => number, word: () => string): string {
  const id = Math.floor(random() * 36 ** 6).toString(36)
  return `https://${word().toLowerCase()}.example/${word()}/${id}?page=${Math.floor(random() * 100)}`
}

const COMMON_ENGLISH = `the to a and it is I of in that you this for on not have with be but so just was
  can if my do what like at are now me we there get think one up all from they or no out when then some
  as about would time will know good an how need work see more make use thing want yeah really server
  right has still maybe by going new only should message people because don't it's I'm that's build code
  try which also client been back did first them he too well sure test could could've file here two look
  room way after add fix draw sketch layer brush render model texture palette sprite color engine release
  branch merge commit review ping thanks hello sorry okay nice great cool wait soon later today tomorrow
  meeting deadline plan design level music sound story scene character animation frame`

const COMMON_KOREAN = `그래서 근데 그리고 저는 제가 이거 그거 지금 오늘 내일 아니 네 넵 진짜 너무 좀 다시
  하는 했어요 합니다 있는 있어요 없어요 같아요 같은 어떻게 왜 언제 뭐 회의 일정 마감 작업 파일 서버 방
  메시지 확인 부탁드려요 감사합니다 안녕하세요 수고하셨습니다 그림 채색 배경 캐릭터 애니메이션 음악 기획
  개발 코드 빌드 배포 오류 수정 테스트 검색 기능 화면 사진 링크 올려주세요 봤어요 괜찮아요 좋아요`

const ONSETS = 's t r c p m b d f h l n w g st tr pr ch sh th br cl gr pl v j k qu y z'.split(' ')
const VOWELS = 'e a o i u ea ou ai ee io oo'.split(' ')
const CODAS = ['', ...'n r t s l nd st m nt ck ll ss p d ng rt x'.split(' ')]
const ENDINGS = 'ing ed er s ly tion ness ment able'.split(' ')
const EMOJI = ['👍', '😂', '❤️', '🎉', '🙏', '👍🏽', '🔥', '👩‍💻', '✨', '🇰🇷', '🤔', '🖼️', '1️⃣', '🦊']
