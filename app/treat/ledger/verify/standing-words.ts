import { type Instant, localDateOf, momentInWords, timeInWords } from '../../../platform/time.ts'
import type { CheckpointStanding } from './checkpoint-standing.server.ts'

/** How well the ledger's end is held, in words: one line, and what is wrong. */
export type StandingWords = {
  /** Undefined where nothing was ever moved. */
  readonly line: string | undefined
  readonly wrong: readonly {
    readonly state: 'amber' | 'red'
    readonly title: string
    readonly text: string
  }[]
}

const LOOK =
  'Have “npm run ledger:verify” run where the server stands: it names what is wrong and what is still sure.'

/**
 * The standing of the ledger's end for people who keep the stock.
 *
 * @param now by which a signature of today is said by its time alone
 * @example standingInWords(…).line // "1,082 movements. The end was last signed at 12:00, number 1,080; 2 rows since."
 */
export function standingInWords(standing: CheckpointStanding, now: Instant, timeZone: string): StandingWords {
  return { line: lineOf(standing, now, timeZone), wrong: wrongIn(standing) }
}

function lineOf(
  { end, last, rowsSince, unreadable, noneCheckable }: CheckpointStanding,
  now: Instant,
  timeZone: string,
) {
  if (end === 0 && !last) return undefined
  const movements = `${figure(end)} ${end === 1 ? 'movement' : 'movements'}.`
  if (unreadable !== undefined || noneCheckable)
    return `${movements} When the end was last signed cannot be said.`
  if (!last) return `${movements} The end was not signed yet.`
  const today = localDateOf(last.at, timeZone) === localDateOf(now, timeZone)
  const when = today ? `at ${timeInWords(last.at, timeZone)}` : `on ${momentInWords(last.at, timeZone)}`
  const since = rowsSince === 0 ? 'nothing' : rowsSince === 1 ? '1 row' : `${figure(rowsSince)} rows`
  return `${movements} The end was last signed ${when}, number ${figure(last.seq)}; ${since} since.`
}

function wrongIn(standing: CheckpointStanding): StandingWords['wrong'] {
  const { damage, wrong, noneCheckable, unreadable, keyMode, notInFile } = standing
  const found: StandingWords['wrong'][number][] = []
  const red = (title: string, text: string) => found.push({ state: 'red', title, text })
  const amber = (title: string, text: string) => found.push({ state: 'amber', title, text })
  if (damage) {
    const where = `from number ${figure(damage.earliest)} on`
    red(`The ledger is damaged ${where}`, `Nothing is signed until somebody has looked. ${LOOK}`)
  }
  if (wrong > 0) {
    red(
      'The signed ends in the database are not those that were signed',
      `${figure(wrong)} ${wrong === 1 ? 'is' : 'are'} missing there or have a wrong signature. ${LOOK}`,
    )
  }
  if (noneCheckable) {
    red(
      'Nothing that can be checked holds the end of the ledger',
      `There are signed ends, but the key or the file beside the data is gone. ${LOOK}`,
    )
  }
  if (unreadable !== undefined) {
    amber(
      `The file of signed ends or the key cannot be read (${unreadable})`,
      'What is written now is not signed. Have the rights of the data folder looked at.',
    )
  }
  if (keyMode !== undefined) {
    amber(
      `Others may read the key that signs the ledger (mode ${keyMode})`,
      'Nothing is signed with it. Have its file given the mode 600; who could read it until then could have copied it.',
    )
  }
  if (unreadable === undefined && notInFile > 0) {
    amber(
      `${figure(notInFile)} ${notInFile === 1 ? 'signed end is' : 'signed ends are'} not in the file beside the data`,
      'The disk was full, or the folder cannot be written. They are added as soon as it can; until then the database alone holds them.',
    )
  }
  return found
}

const figure = (n: number) => n.toLocaleString('en-US')
