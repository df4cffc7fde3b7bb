/** Lines of JSON with ids and codes. Never a name, never free text of a person. */
export type Log = {
  info(event: string, fields?: LogFields): void
  error(event: string, error: unknown, fields?: LogFields): void
}

type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** @param write receives one line without its end */
export function jsonLog(
  level: 'quiet' | 'info' | 'debug',
  now: () => string,
  write: (line: string) => void,
): Log {
  return {
    info(event, fields = {}) {
      if (level !== 'quiet') write(JSON.stringify({ at: now(), level: 'info', event, ...fields }))
    },
    error(event, error, fields = {}) {
      const cause =
        error instanceof Error
          ? { name: error.name, message: error.message, stack: error.stack }
          : { message: String(error) }
      write(JSON.stringify({ at: now(), level: 'error', event, ...fields, cause }))
    },
  }
}
