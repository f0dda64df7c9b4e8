import {
  ALERT_RULES,
  type AlertFacts,
  type AlertName,
  type AlertRule,
  type AlertThresholds,
  type Measured,
} from './alert-rules.ts'

/** What has just begun, or ended. */
export interface AlertChange {
  readonly name: AlertName
  readonly raised: boolean
  readonly text: string
}

interface Standing {
  isRaised: boolean
  /** Since when it has been otherwise without a break; monotonic. */
  otherwiseSinceMs?: number
}

/**
 * Says when something becomes bad and when it is good again. Between the two lie a distance and a time, so
 * that what goes to and fro at a threshold makes no noise.
 */
export class Alerts {
  readonly #standings = new Map<AlertName, Standing>()

  /** To be called about once a second; `monotonicMs` only ever goes up. */
  check(facts: AlertFacts, thresholds: AlertThresholds, monotonicMs: number): AlertChange[] {
    return ALERT_RULES.flatMap((rule) => {
      const standing = this.#standings.get(rule.name) ?? { isRaised: false }
      this.#standings.set(rule.name, standing)
      const threshold = rule.threshold(thresholds)
      const now = threshold > 0 ? rule.measure(facts) : undefined
      if (!hasTurned(rule, standing, { now, threshold, monotonicMs })) return []
      const raised = standing.isRaised
      const text = raised && now !== undefined ? rule.raised(now, threshold) : rule.cleared(now)
      return [{ name: rule.name, raised, text }]
    })
  }
}

interface Moment {
  readonly now: Measured | undefined
  readonly threshold: number
  readonly monotonicMs: number
}

function hasTurned(rule: AlertRule, standing: Standing, moment: Moment): boolean {
  const { isRaised } = standing
  const isOtherwise = isRaised ? isGood(rule, moment) : isBad(rule, moment)
  if (!isOtherwise) {
    delete standing.otherwiseSinceMs
    return false
  }
  const { monotonicMs } = moment
  standing.otherwiseSinceMs ??= monotonicMs
  const holdMs = isRaised ? rule.clearAfterMs : rule.raiseAfterMs
  if (monotonicMs - standing.otherwiseSinceMs < holdMs) return false
  standing.isRaised = !isRaised
  delete standing.otherwiseSinceMs
  return true
}

function isBad({ bad }: AlertRule, { now, threshold }: Moment): boolean {
  if (now === undefined) return false
  return bad === 'above' ? now.value > threshold : now.value < threshold
}

function isGood({ bad, goodAt }: AlertRule, { now, threshold }: Moment): boolean {
  if (now === undefined) return true
  const good = goodAt(threshold)
  return bad === 'above' ? now.value <= good : now.value >= good
}
