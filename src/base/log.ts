/** What happened, with its facts as fields, so that a log can be searched and counted. */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>

/** `event` is a short fixed phrase; whatever varies goes into `fields`. */
export interface Log {
  debug(event: string, fields?: Fields): void
  info(event: string, fields?: Fields): void
  warn(event: string, fields?: Fields): void
  error(event: string, fields?: Fields): void
}

export const silentLog: Log = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
}

function ignore(): void {}
