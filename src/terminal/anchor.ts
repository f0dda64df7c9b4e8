import { lettersOf, textWidth } from './fit-text.ts'

/**
 * A styled line in which the cursor is put where it must be after each letter whose width terminals don't
 * agree on: the columns stay straight even where the letter itself comes out wider or narrower.
 */
export function anchored(line: string): string {
  if (SURE.test(line.replaceAll(ESCAPE, ''))) return line
  let column = 1
  return line
    .split(STYLE)
    .map((piece, i) => {
      if (i % 2 === 1) return piece
      let text = ''
      for (const letter of lettersOf(piece)) {
        column += textWidth(letter)
        text += SURE.test(letter) ? letter : `${letter}\x1b[${column}G`
      }
      return text
    })
    .join('')
}

/** What has one width everywhere: ASCII, lines and blocks, arrows, Korean, Kana, Chinese. */
const SURE = /^[ -~·…›✓─│█▁-▇░▲▼■●←-↓가-힣ぁ-ヿ一-鿿]*$/
const ESCAPE = '\x1b'
const STYLE = new RegExp(`(${ESCAPE}\\[[0-9;]*m)`)
