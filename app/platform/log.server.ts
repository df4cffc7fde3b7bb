/** Lines of JSON with ids and codes. Never a name, never free text of a person. */
export type Log = {
  info(event: string, fields?: LogFields): void
  error(event: string, error: unknown, fields?: LogFields): void
}

/**
 * A path as it may stand in a log: secrets that travel in addresses (links without an account) are replaced.
 *
 * @example pathForLog('/intake/AZqx…54 characters…/body') // '/intake/:secret/body'
 */
export function pathForLog(url: string): string {
  return new URL(url).pathname.replace(/\/[\w-]{40,}(?=\/|$)/g, (segment) =>
    /^\/[0-9a-f]{8}-[0-9a-f]{4}-/.test(segment) ? segment : '/:secret',
  )
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
