import type { Language } from '../catalogue.ts'

/** `14:03` where the terminal is. */
export function clockText(ms: number): string {
  const date = new Date(ms)
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
}

/** Two times have the same where they are of one day. */
export function dayKey(ms: number): string {
  const date = new Date(ms)
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`
}

const DAYS = {
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }),
  ko: new Intl.DateTimeFormat('ko-KR', { dateStyle: 'full' }),
}

/** `Tuesday 24 November 2026`, `2026년 11월 24일 화요일`. */
export function dayText(ms: number, language: Language): string {
  return DAYS[language].format(ms)
}
