/** What somebody tried to say, and what they know of it. */
export interface Attempt {
  readonly producer: string
  /** Grows with every attempt of the producer. */
  readonly n: number
  readonly room: string
  /** No other attempt has the same. */
  readonly text: string
  /** `acknowledged`: it was echoed. `unknown`: the connection ended before there was an answer. */
  readonly fate: 'acknowledged' | 'refused' | 'unknown'
  /** Every echo: one, unless it was sent again. */
  readonly echoes: readonly Pick<Shown, 'msgid' | 'time'>[]
}

/** A line as somebody saw it. */
export interface Shown {
  readonly msgid: string
  /** As the tag says it: in this form, later is greater. */
  readonly time: string
  readonly from: string
  readonly command: 'PRIVMSG' | 'JOIN'
  /** Empty of a JOIN. */
  readonly text: string
}

/** What somebody saw live in a room without leaving it: from the first line to the last, all of it. */
export interface Stay {
  readonly who: string
  readonly room: string
  readonly shown: readonly Shown[]
}

/** The whole past of a room, read once all is over. */
export interface Past {
  readonly room: string
  /** How it was read; every way must give the same. */
  readonly by: string
  readonly lines: readonly Shown[]
}

export interface Evidence {
  readonly attempts: readonly Attempt[]
  readonly stays: readonly Stay[]
  /** Of each room at least one. */
  readonly pasts: readonly Past[]
}

export interface Fault {
  /**
   * `lost`: echoed, and not in history. `phantom`: seen, and not in history. `duplicate`: there more than once.
   * `order`: history, what was seen and what was sent don't stand in one order, or time goes back. `gap`: who
   * was there missed something. `altered`: not what was said or seen. `revived`: refused, and there all the
   * same. `invented`: nobody said it. `disagreement`: another reader reads another past.
   */
  readonly kind:
    | 'lost'
    | 'phantom'
    | 'duplicate'
    | 'order'
    | 'gap'
    | 'altered'
    | 'revived'
    | 'invented'
    | 'disagreement'
  readonly room: string
  readonly text: string
}

export interface Verdict {
  readonly faults: readonly Fault[]
  readonly acknowledged: number
  readonly refused: number
  /** Without an answer; either way is right, if it is the same for all. */
  readonly unknown: number
  /** Of those, the ones that were kept. */
  readonly unknownKept: number
  /** Lines that were seen live, by all together. */
  readonly seen: number
}

/** Holds what was sent, what was seen and what was kept against each other. */
export function checkHistory(evidence: Evidence): Verdict {
  const pasts = [...new Map(evidence.pasts.toReversed().map((past) => [past.room, past])).values()]
  const faults = pasts.flatMap((past) => [...faultsOf(past, evidence)])
  const texts = new Set(pasts.flatMap(({ lines }) => lines.map(({ text }) => text)))
  const having = (fate: Attempt['fate']) =>
    evidence.attempts.filter((attempt) => attempt.fate === fate)
  return {
    faults: [...faults, ...unread(pasts, evidence)],
    acknowledged: having('acknowledged').length,
    refused: having('refused').length,
    unknown: having('unknown').length,
    unknownKept: having('unknown').filter(({ text }) => texts.has(text)).length,
    seen: evidence.stays.reduce((sum, { shown }) => sum + shown.length, 0),
  }
}

function* faultsOf(past: Past, { attempts, stays, pasts }: Evidence): Iterable<Fault> {
  const { room } = past
  const inRoom = attempts.filter((attempt) => attempt.room === room)
  yield* faultsWithin(past)
  yield* faultsOfAttempts(past, inRoom)
  for (const stay of stays) if (stay.room === room) yield* faultsOfStay(past, stay)
  for (const other of pasts) {
    if (other.room === room && other !== past) yield* disagreement(past, other)
  }
}

function* unread(pasts: readonly Past[], { attempts }: Evidence): Iterable<Fault> {
  const read = new Set(pasts.map(({ room }) => room))
  for (const { room, text, fate } of attempts) {
    if (fate === 'acknowledged' && !read.has(room)) yield { kind: 'lost', room, text }
  }
}

/** Faults that the past of a room shows by itself. */
function* faultsWithin({ room, lines }: Past): Iterable<Fault> {
  const msgids = new Set<string>()
  let before = ''
  for (const line of lines) {
    if (msgids.has(line.msgid)) yield { kind: 'duplicate', room, text: describe(line) }
    if (line.time < before) yield { kind: 'order', room, text: `${describe(line)} after ${before}` }
    msgids.add(line.msgid)
    before = line.time
  }
}

function* faultsOfAttempts({ room, lines }: Past, attempts: readonly Attempt[]): Iterable<Fault> {
  const byText = new Map(attempts.map((attempt) => [attempt.text, attempt]))
  const kept = new Map<string, Shown>()
  const newest = new Map<string, number>()
  for (const line of lines) {
    if (line.command !== 'PRIVMSG') continue
    const attempt = byText.get(line.text)
    if (attempt === undefined) {
      yield { kind: 'invented', room, text: describe(line) }
      continue
    }
    const { producer, n, fate } = attempt
    if (fate === 'refused') yield { kind: 'revived', room, text: describe(line) }
    if (kept.has(line.text)) yield { kind: 'duplicate', room, text: describe(line) }
    else if (n <= (newest.get(producer) ?? -Infinity)) {
      yield { kind: 'order', room, text: `${describe(line)} after a later one of ${producer}` }
    }
    if (!kept.has(line.text)) kept.set(line.text, line)
    newest.set(producer, Math.max(n, newest.get(producer) ?? n))
  }
  for (const attempt of attempts) yield* faultsOfEchoes(attempt, kept.get(attempt.text))
}

function* faultsOfEchoes(
  { room, text, echoes }: Attempt,
  kept: Shown | undefined,
): Iterable<Fault> {
  if (echoes.length > 0 && kept === undefined) yield { kind: 'lost', room, text }
  if (kept === undefined) return
  for (const { msgid, time } of echoes) {
    if (msgid === kept.msgid && time === kept.time) continue
    yield { kind: 'altered', room, text: `${describe(kept)} was echoed as ${msgid} at ${time}` }
  }
}

function* faultsOfStay({ lines }: Past, { who, room, shown }: Stay): Iterable<Fault> {
  const places = new Map(lines.map((line, place) => [line.msgid, place]))
  const seen = new Set<string>()
  let last: number | undefined
  for (const line of shown) {
    const what = `${describe(line)}, which ${who} saw`
    const place = places.get(line.msgid)
    if (seen.has(line.msgid)) yield { kind: 'duplicate', room, text: what }
    else if (place === undefined) yield { kind: 'phantom', room, text: what }
    else {
      const kept = lines[place]
      if (kept !== undefined && !isSame(kept, line)) {
        yield { kind: 'altered', room, text: `${what}, is kept as ${describe(kept)}` }
      }
      if (last !== undefined && place < last) yield { kind: 'order', room, text: what }
      if (last !== undefined && place > last + 1) {
        const missed = lines[last + 1]
        const text = `${place - last - 1} lines before ${what}; the first is ${describe(missed)}`
        yield { kind: 'gap', room, text }
      }
      last = Math.max(place, last ?? place)
    }
    seen.add(line.msgid)
  }
}

function* disagreement(one: Past, other: Past): Iterable<Fault> {
  const { room } = one
  const length = Math.max(one.lines.length, other.lines.length)
  for (let at = 0; at < length; at++) {
    const [here, there] = [one.lines[at], other.lines[at]]
    if (here !== undefined && there !== undefined && isSame(here, there)) continue
    const text = `${at}: ${one.by}: ${describe(here)}; ${other.by}: ${describe(there)}`
    return yield { kind: 'disagreement', room, text }
  }
}

function isSame(one: Shown, other: Shown): boolean {
  return describe(one) === describe(other)
}

function describe(line: Shown | undefined): string {
  if (line === undefined) return 'nothing'
  const { msgid, time, from, command, text } = line
  return `${msgid} ${time} ${from} ${command} ${text}`.trimEnd()
}
