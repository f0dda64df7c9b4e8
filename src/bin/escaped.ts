/** What a terminal would obey, or would not show, as `\u202e`: also inside of JSON, which means the same. */
export function escaped(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => {
      const unit = character.charCodeAt(index).toString(16)
      return String.raw`\u${unit.padStart(4, '0')}`
    }).join(''),
  )
}
