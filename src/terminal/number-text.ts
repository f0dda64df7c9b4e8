/** `1,234`, the same in every language that we speak. */
export function countText(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** At most five columns: `1,234`, `12.3k`, `1.2M`. */
export function shortCount(value: number): string {
  if (value < 10 && !Number.isInteger(value)) return value.toFixed(1)
  if (value < 10_000) return countText(value)
  return scaled(value, ['k', 'M', 'G', 'T'], 1000)
}

/** At most eight columns: `512 B`, `1.5 KiB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} B`
  return scaled(bytes, [' KiB', ' MiB', ' GiB', ' TiB'], 1024)
}

/** `0.4 ms`, `12 ms`, `1.5 s`. */
export function delayText(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}

export function shareText(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** The two largest units: `3d 4h`, `12m 5s`. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [days, hours, minutes] = [86_400, 3600, 60].map((unit) => Math.floor(seconds / unit))
  if (days) return `${days}d ${(hours ?? 0) % 24}h`
  if (hours) return `${hours}h ${(minutes ?? 0) % 60}m`
  if (minutes) return `${minutes}m ${seconds % 60}s`
  return `${seconds}s`
}

/** `14:03:59` where the terminal is. */
export function timeText(ms: number): string {
  const time = new Date(ms)
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':')
}

/** `2026-11-24 14:03:59`. */
export function dateText(ms: number): string {
  const date = new Date(ms)
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
  return `${day} ${timeText(ms)}`
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, '0')
}

function scaled(value: number, units: readonly string[], step: number): string {
  let rest = value / step
  let unit = 0
  while (rest >= step && unit < units.length - 1) {
    rest /= step
    unit++
  }
  return `${rest < 100 ? rest.toFixed(1) : Math.round(rest)}${units[unit] ?? ''}`
}
