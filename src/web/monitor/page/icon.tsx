import type { ReactElement } from 'react'

const PATHS = {
  overview: 'M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-3H4zM14 4v3h6V4z',
  connections:
    'M16 19v-1.5a3.5 3.5 0 0 0-3.5-3.5h-5A3.5 3.5 0 0 0 4 17.500V19M10 10.500A3 3 0 1 0 10 4.500a3 3 0 0 0 0 6M20 19v-1.500a3.500 3.500 0 0 0-2.600-3.400M15.500 4.700a3 3 0 0 1 0 5.600',
  rooms: 'M4 9h16M4 15h16M10 4 8 20M16 4l-2 16',
  log: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  bans: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16M6.400 6.400l11.200 11.200',
  threads: 'M7 4v16M12 8v12M17 12v8',
  access: 'M8 19.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8M10.900 12.600 19.500 4M15.500 8l3 3',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M20 20l-4-4',
  close: 'M6 6l12 12M18 6 6 18',
  up: 'M6 15l6-6 6 6',
  down: 'M6 9l6 6 6-6',
  announce: 'M4 10v4h3l7 4V6l-7 4zM17.500 9.500a3.500 3.500 0 0 1 0 5',
  pause: 'M9 5v14M15 5v14',
  play: 'M8 5v14l11-7z',
  plus: 'M12 5v14M5 12h14',
  out: 'M10 5H5v14h5M15 8l4 4-4 4M19 12H9',
} as const

export type IconName = keyof typeof PATHS

/** A sign beside a text that says the same. */
export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className="icon-svg" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
