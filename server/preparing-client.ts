import pg from 'pg'

/**
 * A connection on which the database reads and plans each statement once and not every time it is asked. For long work of
 * few statements on one connection; not for the application's pool, where a plan that was made for a small table would stay.
 */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>()

  /** As of `pg.Client`; text with values is given a name, under which the connection finds it again. */
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args
    const asked =
      typeof text === 'string' && Array.isArray(values) && values.length > 0
        ? [{ name: this.#nameOf(text), text, values }, ...rest]
        : args
    return (super.query as (...all: unknown[]) => never).apply(this, asked)
  }

  #nameOf(text: string): string {
    const known = this.#names.get(text)
    if (known) return known
    const name = `s${this.#names.size}`
    this.#names.set(text, name)
    return name
  }
}
