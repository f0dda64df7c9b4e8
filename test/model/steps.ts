import fc from 'fast-check'

/**
 * One thing that happens: an actor sends a line, connects (`CONNECT nick`) or vanishes (`VANISH`). In a
 * line `$0` to `$3` are the nicks that the actors have by then, `$$` is one's own.
 */
export interface Step {
  readonly who: number
  readonly line: string
}

export const ACTORS = 4

const NICKS = ['anna', 'Anna', 'bob', 'bоb', '민지', 'carl', 'Dora-1', '1x', '-x']
const room = fc.oneof(
  { weight: 12, arbitrary: fc.constant('#a') },
  { weight: 3, arbitrary: fc.constant('#한글') },
  { weight: 2, arbitrary: fc.constantFrom('#A', '#b', '#B', '#а', '#c') },
)
const nick = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('$0', '$1', '$2', '$3') },
  { weight: 1, arbitrary: fc.constantFrom('nobody', 'ANNA') },
)
const key = fc.constantFrom('k1', 'k2')
const mask = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('', '~m:'), nick).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom('ANNA', '*!~u1@*', 'b?b*', '~m:*!~u2@*', '*') },
)

function letterOf(letters: string) {
  return fc.constantFrom(...Array.from(letters))
}

const modes = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.tuple(fc.constantFrom('+', '-'), letterOf('qaohvv'), nick),
      },
      {
        weight: 3,
        arbitrary: fc.tuple(fc.constantFrom('+', '-'), letterOf('bbeI'), mask),
      },
      {
        weight: 3,
        arbitrary: fc.tuple(fc.constantFrom('+', '-'), letterOf('imnstMR'), fc.constant('')),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(
          fc.constantFrom('+', '-'),
          fc.constant('k'),
          fc.constantFrom('k1', 'k,2'),
        ),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(
          fc.constant('+'),
          fc.constant('l'),
          fc.constantFrom('1', '2', '9', '0', '-1'),
        ),
      },
      { weight: 1, arbitrary: fc.tuple(fc.constant('-'), fc.constant('l'), fc.constant('')) },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((changes) => {
    const letters = changes.map(([sign, mode]) => sign + mode).join('')
    return [letters, ...changes.map(([, , argument]) => argument).filter(Boolean)].join(' ')
  })

const target = fc.oneof(
  { weight: 5, arbitrary: room },
  { weight: 2, arbitrary: nick },
  {
    weight: 2,
    arbitrary: fc.tuple(letterOf('~&@%+'), room).map((parts) => parts.join('')),
  },
)
const targets = fc.uniqueArray(target, { minLength: 1, maxLength: 3 }).map((each) => each.join(','))
const rooms = fc.uniqueArray(room, { minLength: 1, maxLength: 2 }).map((each) => each.join(','))

const CAPS = ['echo-message', 'message-tags', 'server-time', 'extended-join', 'away-notify']
const MORE_CAPS = ['draft/channel-rename', 'batch', 'account-tag', 'setname', 'invite-notify']
const caps = fc
  .tuple(fc.constantFrom('', '-'), fc.constantFrom(...CAPS, ...MORE_CAPS))
  .map((parts) => parts.join(''))

/** Each message gets a text of its own when it is sent. */
const line = fc.oneof(
  { weight: 10, arbitrary: fc.tuple(fc.constant('JOIN'), rooms) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('JOIN'), room, key) },
  { weight: 1, arbitrary: fc.constant(['JOIN', '0']) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('PART'), rooms) },
  { weight: 9, arbitrary: fc.tuple(fc.constantFrom('PRIVMSG', 'PRIVMSG', 'NOTICE'), targets) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('@+typing=active TAGMSG'), targets) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('NICK'), fc.constantFrom(...NICKS)) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constant('TOPIC'), room, fc.constantFrom(':one', ':two', ':')),
  },
  { weight: 8, arbitrary: fc.tuple(fc.constant('MODE'), room, modes) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('MODE #a +o'), nick) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('MODE #a +q', 'MODE #a +a'), nick) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('MODE #a -t+b'), mask) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constant('MODE #a'), letterOf('-+'), letterOf('qaohv'), nick)
      .map(([start, sign, rank, who]) => [`${start} ${sign}${rank}`, who]),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('MODE $$'),
      fc.constantFrom('+w', '-w', '+i', '-i', '+B', '-w+B'),
    ),
  },
  { weight: 3, arbitrary: fc.tuple(fc.constant('KICK'), room, nick, fc.constantFrom('', ':out')) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('KICK'), room, fc.constant('$0,$1,$2')) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('INVITE'), nick, room) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('RENAME'), room, room, fc.constant(':because')) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('AWAY'), fc.constantFrom(':', ':lunch')) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('CAP REQ'), caps) },
  { weight: 1, arbitrary: fc.constant(['QUIT :bye']) },
  { weight: 1, arbitrary: fc.constant(['VANISH']) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('CONNECT'), fc.constantFrom(...NICKS)) },
)

export const steps = fc.array(
  fc.record({
    who: fc.nat(ACTORS - 1),
    line: line.map((words) => words.filter(Boolean).join(' ')),
  }),
  { size: 'max', minLength: 40, maxLength: 60 },
)
