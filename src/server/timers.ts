import type { TurnClock } from '../base/clock.ts'
import { formatMessage } from '../protocol/message.ts'
import type { Channel } from '../state/channel.ts'
import { hasEnded } from '../state/invitation.ts'
import { heirOf } from '../state/room-rest.ts'
import { hasExpired } from '../state/server-ban.ts'
import { applyEvent } from './apply-event.ts'
import type { Core } from './core.ts'
import { endOldPresences } from './presences.ts'
import { closeSession } from './sessions.ts'

const SWEEP_MS = 1000
/** Later than this, the process stood still, or the computer did. */
const STANDSTILL_MS = 5000

/** What happens by itself: signs of life, bans that end, and rooms that wait no longer. */
export function startTimers(core: Core, clock: TurnClock): Disposable {
  let sweptAtMs = clock.monotonic()
  const timer = setInterval(() => {
    clock.tick()
    const passedMs = clock.monotonic() - sweptAtMs
    sweptAtMs += passedMs
    // What clients said during a standstill is read first: it was not they who were silent.
    if (passedMs - SWEEP_MS < STANDSTILL_MS) sweep(core)
  }, SWEEP_MS)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

export function sweep(core: Core): void {
  askForSigns(core)
  const { clientMsgidMs } = core.server.limits.chat
  applyEvent(core, { kind: 'sentExpired', beforeMs: core.clock.now() - clientMsgidMs })
  for (const ban of core.network.bans) {
    if (hasExpired(ban, core.clock.now())) applyEvent(core, { kind: 'banRemoved', ban })
  }
  endOldPresences(core)
  for (const invitation of core.network.invitations.values()) {
    if (hasEnded(invitation, core.clock.now())) {
      applyEvent(core, { kind: 'invitationEnded', invitation })
    }
  }
  for (const channel of core.network.resting) {
    if (core.clock.now() >= (channel.rest?.untilMs ?? 0)) endRest(core, channel)
  }
}

/**
 * Asks those for a sign of life who have been silent for a while, and closes those who stay so; nobody
 * who hasn't been asked. Any line is a sign: a client whose PONG waits behind its own flood is not dead.
 */
function askForSigns(core: Core): void {
  const { pingAfterMs, dropAfterMs } = core.server.limits.chat
  const nowMs = core.clock.monotonic()
  for (const session of core.network.sessions.values()) {
    if (session.user === undefined || session.closing) continue
    const { lastLineMs, pingedAtMs } = session
    const silentMs = nowMs - lastLineMs
    if (silentMs < pingAfterMs) continue
    if (pingedAtMs === undefined || pingedAtMs <= lastLineMs) {
      session.pingedAtMs = nowMs
      const ping = formatMessage(undefined, 'PING', [core.server.name])
      core.engine.send(session.id, `${ping}\r\n`)
    } else if (silentMs >= dropAfterMs && nowMs - pingedAtMs >= dropAfterMs - pingAfterMs) {
      closeSession(core, session, `Ping timeout: ${Math.floor(silentMs / 1000)} seconds`)
    }
  }
}

/** A room that nobody leads goes on under who has been there longest. */
function endRest(core: Core, channel: Channel): void {
  const heir = heirOf(channel)
  applyEvent(core, { kind: 'restEnded', channel, ...(heir === undefined ? {} : { heir }) })
  if (heir === undefined) return
  const changes = [{ sign: '+', mode: 'o', argument: heir.nick }] as const
  applyEvent(core, { kind: 'channelModesChanged', channel, changes })
}
