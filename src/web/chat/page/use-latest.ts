import { useLayoutEffect, useRef, type RefObject } from 'react'

/** What was drawn last, for what happens between two drawings. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
