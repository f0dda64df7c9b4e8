import { SCREENS } from './app-state.ts'
import type { AppState, ScreenName } from './app-state.ts'
import { textWidth } from './fit-text.ts'

export interface TabPlace {
  readonly screen: ScreenName
  readonly text: string
  readonly x: number
  readonly width: number
}

/** The names of the screens with their keys, side by side. */
export function tabPlaces({ say }: AppState): TabPlace[] {
  let x = 0
  return SCREENS.map((screen, i) => {
    const text = ` ${i + 1} ${say(`${screen}Screen`)} `
    const place = { screen, text, x, width: textWidth(text) }
    x += place.width
    return place
  })
}
