import { type VitalSign, vitalSigns } from '@evenkeel/vital-signs'
import { lastRaisedAt } from '../alarms/lesser-alarms.ts'
import type { AlarmLife } from '../session/care.ts'
import { alarmCauseWords } from '../session/care-words.ts'
import type { SessionState } from '../session/session.ts'
import { judgeReading } from '../session/session-vitals.ts'

/** What a session's log says against giving more of the drug, each in words. */
export type StandsAgainst = {
  /** Newest values by hand that are red. */
  readonly redValues: readonly string[]
  /** Red alarms that nobody has answered, or whose cause no value by hand has shown to be gone. */
  readonly redAlarms: readonly string[]
  /** Amber values and alarms: a person decides, and is asked once. */
  readonly amber: readonly string[]
  /** Names what is asked about: answered for these values, not for others. Without spaces; empty where nothing is amber. */
  readonly question: string
}

/**
 * What stands against giving more: a further device, a resumed or a faster pump, a dose. Red is for nobody to pass over: stop,
 * call the prescriber, measure again. Amber is for a person to weigh. Pure: the same in the browser and on the server.
 *
 * A sign is judged by its newest value by hand; what only a monitor measured speaks through its alarm, which stands until it is
 * answered and over, or answered and followed by a value by hand.
 *
 * @param state the log up to the instant at which more would be given
 */
export function standsAgainst(state: Pick<SessionState, 'measured' | 'baseline' | 'care'>): StandsAgainst {
  const redValues: string[] = []
  const redAlarms: string[] = []
  const amber = new Map<string, string>()
  for (const sign of vitalSigns) {
    const reading = newestOf(state, sign)
    const judged = reading && judgeReading(state, reading).signs[sign]
    if (judged?.state === 'red') redValues.push(judged.reason)
    if (judged?.state === 'amber') amber.set(`${sign}=${judged.value}`, judged.reason)
  }
  for (const alarm of state.care.alarms) {
    if (alarm.resolvedAt || alarm.level === 'technical') continue
    const measuredSince = alarm.sign && (newestOf(state, alarm.sign)?.at ?? '') >= lastRaisedAt(alarm)
    if (alarm.level === 'red' && !alarm.acknowledged) {
      redAlarms.push(`${alarmCauseWords(alarm)}: nobody has acknowledged it`)
    } else if (alarm.level === 'red' && alarm.sign) {
      if (!measuredSince) redAlarms.push(`${alarmCauseWords(alarm)}: acknowledged, not over`)
    } else if (!measuredSince) {
      amber.set(`${alarm.cause}=${alarm.value ?? ''}`, alarmWords(alarm))
    }
  }
  return {
    redValues,
    redAlarms,
    amber: [...amber.values()],
    question: amber.size === 0 ? '' : `amber:${[...amber.keys()].sort().join(',')}`,
  }
}

/**
 * Whether what was sent along answers a question.
 *
 * @param sure questions that were answered "it is right", with spaces between them
 */
export function answers(sure: string | undefined, question: string): boolean {
  return (sure ?? '').split(' ').includes(question)
}

function newestOf({ measured }: Pick<SessionState, 'measured'>, sign: VitalSign) {
  return measured.findLast(({ values }) => typeof values[sign] === 'number')
}

function alarmWords(alarm: AlarmLife): string {
  return `${alarmCauseWords(alarm)}${alarm.acknowledged ? ', acknowledged' : ''}`
}
