import { fitText, wrapColumns } from './fit-text.ts'
import { dim, plain } from './line.ts'
import type { Line } from './line.ts'

export interface FieldWidths {
  readonly labelWidth: number
  readonly columns: number
}

/**
 * A name and its value, in as many lines as that needs; at a no-break space there is no break. Both texts
 * must be safe.
 */
export function fieldLines(
  name: string,
  text: string,
  { labelWidth, columns }: FieldWidths,
): Line[] {
  return wrapColumns(text, columns - labelWidth - 2).map((piece, i) => [
    dim(` ${fitText(i === 0 ? name : '', labelWidth)}`),
    plain(piece.replaceAll('\u00a0', ' ')),
  ])
}
