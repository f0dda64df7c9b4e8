const BLOCKS = '▁▂▃▄▅▆▇█'

/** The newest `width` values as blocks, the newest at the right, the highest the tallest; nothing at all is a blank. */
export function sparkLine(values: readonly number[], width: number): string {
  const shown = values.slice(-width)
  const highest = Math.max(...shown, 0)
  const blocks = shown.map((value) =>
    value <= 0 ? ' ' : (BLOCKS[Math.ceil((value / highest) * BLOCKS.length) - 1] ?? ' '),
  )
  return blocks.join('').padStart(width)
}

/** A share from 0 to 1 as a bar that leaves room above and below, so that bars in a column stay apart. */
export function shareBar(share: number, width: number): string {
  const filled = Math.round(Math.min(Math.max(share, 0), 1) * width)
  return '━'.repeat(filled) + '─'.repeat(width - filled)
}
