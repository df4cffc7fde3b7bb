import type { Route } from '../../plan/index.ts'
import { addDays, type Instant, type LocalDate } from '../../platform/time.ts'
import { ADVERSE_WORDS, REMS_TITLES, remsAnswerWords } from '../session/care-words.ts'
import type { SessionReading, SessionState } from '../session/session.ts'
import type { RemsFacts, SessionEventId } from '../session/session-event.ts'

/**
 * The form this sheet follows: the fields of the outpatient monitoring form as the facts page of safety lists them. The
 * form changes often, so a clinic compares with the form in force before it sends; the version stands on the sheet.
 */
export const REMS_FORM = {
  version: '2026-11-22',
  name: 'Esketamine REMS, patient monitoring form for outpatients',
  /** Calendar days after the session within which it is to be sent. Source: label and REMS, current in 2026. */
  withinDays: 7,
} as const

/** What the sheet takes from outside the log. */
export type RemsContext = {
  readonly person: {
    readonly name: string
    readonly birthDate: string | undefined
    readonly sex: string | undefined
  }
  readonly site: { readonly name: string; readonly address: string; readonly phone: string | undefined }
  readonly provider: { readonly name: string | undefined; readonly email: string | undefined }
  readonly lotNumber: (lotId: string) => string | undefined
  /** An instant as the clinic's clock shows it: the day, and the time of day. */
  readonly day: (instant: Instant) => string
  readonly time: (instant: Instant) => string
}

export type RemsField = {
  readonly title: string
  readonly value: string
  /** False where the sheet says that it does not know. */
  readonly known: boolean
  readonly eventIds: readonly SessionEventId[]
}
export type RemsSection = { readonly title: string; readonly fields: readonly RemsField[] }

const MINUTE_MS = 60_000
/** Fewer breaths a minute than this speak of respiratory depression; the red limit. A design default. */
const SLOW_BREATHS = 8
/** A reading counts as the one of 40 minutes when it lies within so many of it. A design default. */
const AROUND_40_MIN = 15

/**
 * Whether the REMS asks anything of this session: that of esketamine sprayed into the nose, and no other. What was given
 * counts; before a dose, the route of the plan.
 */
export function remsConcerns({ dose }: Pick<SessionState, 'dose'>, planned: Route): boolean {
  return dose ? dose.units !== undefined && !dose.atOnce : planned === 'nasal-esketamine'
}

/**
 * The monitoring form of a session with esketamine, field by field, from its log. What the log does not say is said to
 * be missing; nothing is filled in. Undefined for a session without devices.
 */
export function remsSheet(state: SessionState, context: RemsContext): readonly RemsSection[] | undefined {
  const { dose } = state
  if (!dose?.units || dose.atOnce) return undefined
  const startMs = Date.parse(dose.startedAt)
  const given = dose.devices.reduce((sum, { mg }) => sum + mg, 0)
  const lots = [...new Set(dose.devices.map(({ lotId }) => lotId))]
  const lotNumbers = lots.map((lot) => context.lotNumber(lot))
  const left = state.dischargedAt
  const serious = state.care.adverseEvents.filter((event) => event.serious.length > 0)
  return [
    {
      title: 'Person',
      fields: [
        said('Name', context.person.name),
        said('Born', context.person.birthDate),
        said('Sex', context.person.sex === 'unknown' ? undefined : context.person.sex),
        answer('firstTreatment', state),
        answer('enrolled', state),
      ],
    },
    {
      title: 'Medicines taken as well',
      fields: [
        answer('takesBenzodiazepine', state),
        answer('takesSedative', state),
        answer('takesOpioid', state),
        answer('takesPsychostimulant', state),
        answer('takesMaoInhibitor', state),
      ],
    },
    {
      title: 'Site and who watched',
      fields: [
        said('Site', `${context.site.name}, ${context.site.address}`),
        said('Telephone', context.site.phone),
        said('Monitoring provider', context.provider.name),
        said('E-mail', context.provider.email),
        answer('prescriberOnSite', state),
        answer('oximeterReady', state),
      ],
    },
    {
      title: 'Dose',
      fields: [
        said('Date', context.day(dose.startedAt), [dose.startEventId]),
        said('First device at', context.time(dose.startedAt), [dose.startEventId]),
        said(
          'Dose',
          given === 56 || given === 84 ? `${given} mg` : `Other: ${given} mg`,
          dose.devices.map(({ eventId }) => eventId),
        ),
        said(
          lots.length > 1 ? 'Lot numbers' : 'Lot number',
          lotNumbers.every(Boolean) ? lotNumbers.join(', ') : undefined,
        ),
        said(
          'Minutes from the first device to leaving',
          left && String(Math.floor((Date.parse(left) - startMs) / MINUTE_MS)),
        ),
        answer('readyAfterMin', state),
      ],
    },
    {
      title: 'Vital signs',
      fields: [
        answer('vitalsAcceptableBefore', state),
        pressure('Blood pressure before', lastBeforeDose(state), context),
        pressure('Blood pressure at about 40 minutes', around40(state, startMs), context),
        pressure('Blood pressure before leaving', lastBeforeLeaving(state), context),
        answer('vitalsAcceptableAtEnd', state),
      ],
    },
    {
      title: 'What was seen',
      fields: [
        answer('sedation', state),
        answer('dissociation', state),
        answer('respiratoryDepression', state),
        said(
          'Serious adverse event',
          serious.length === 0
            ? state.dischargedAt
              ? 'none recorded'
              : undefined
            : serious
                .map(
                  (event) =>
                    `${ADVERSE_WORDS[event.term]}, grade ${event.grade}: ${event.serious.join(', ')}`,
                )
                .join('; '),
          serious.map(({ eventId }) => eventId),
        ),
      ],
    },
  ]
}

/**
 * What the log says against an answer for the REMS: to be looked at before the form is sent. Breaths of a monitor count by
 * the alarms that they raised.
 */
export function remsContradictions(state: SessionState): readonly string[] {
  const { dose, care, measured } = state
  if (!dose) return []
  const since = measured.filter(({ at }) => at >= dose.startedAt)
  const found: string[] = []
  const sleepy = since.filter(({ values }) => typeof values.moaas === 'number' && values.moaas < 5)
  if (care.rems.sedation && care.rems.sedation.seen !== 'yes' && sleepy.length > 0) {
    found.push(
      `Sedation is not answered with yes, but MOAA/S was below 5 at ${sleepy.length} ${sleepy.length === 1 ? 'time' : 'times'}.`,
    )
  }
  const dissociated = care.scales.filter(
    ({ scale, score, at }) =>
      at >= dose.startedAt &&
      score !== null &&
      (scale === 'cadss' ? score > 4 : scale === 'dissociation-0-10' && score > 0),
  )
  if (care.rems.dissociation && care.rems.dissociation.seen !== 'yes' && dissociated.length > 0) {
    found.push(
      `Dissociation is not answered with yes, but ${dissociated.length} scores say that there was some.`,
    )
  }
  const isSlow = (breaths: number | null | undefined) => typeof breaths === 'number' && breaths < SLOW_BREATHS
  const slow =
    since.some(({ values }) => isSlow(values.respiratoryRatePerMin)) ||
    care.alarms.some(
      ({ sign, changes }) =>
        sign === 'respiratoryRatePerMin' &&
        changes.some(({ at, value }) => at >= dose.startedAt && isSlow(value)),
    )
  if (care.rems.respiratoryDepression === 'no' && slow) {
    found.push(
      `Slow breathing is answered with no, but fewer than ${SLOW_BREATHS} breaths a minute were measured.`,
    )
  }
  return found
}

/** The last day on which the form of a session is sent in time. */
export function remsDueOn(sessionDay: LocalDate): LocalDate {
  return addDays(sessionDay, REMS_FORM.withinDays)
}

function said(title: string, value: string | undefined, eventIds: readonly SessionEventId[] = []): RemsField {
  return { title, value: value ?? 'not on record', known: value !== undefined, eventIds }
}

function answer(name: keyof RemsFacts, { care }: SessionState): RemsField {
  const value = care.rems[name]
  const unknown =
    value === undefined ||
    value === null ||
    value === 'unknown' ||
    (typeof value === 'object' && value.seen === 'unknown')
  return { title: REMS_TITLES[name], value: remsAnswerWords(name, care.rems), known: !unknown, eventIds: [] }
}

function pressure(title: string, reading: SessionReading | undefined, { time }: RemsContext): RemsField {
  const { systolicMmHg: systolic, diastolicMmHg: diastolic } = reading?.values ?? {}
  if (!reading || typeof systolic !== 'number' || typeof diastolic !== 'number') return said(title, undefined)
  return said(title, `${systolic}/${diastolic} mmHg at ${time(reading.at)}`, [reading.eventId])
}

function withPressure({ values }: SessionReading): boolean {
  return typeof values.systolicMmHg === 'number' && typeof values.diastolicMmHg === 'number'
}

function lastBeforeDose({ readings, dose }: SessionState): SessionReading | undefined {
  return readings.findLast((reading) => withPressure(reading) && (!dose || reading.at <= dose.startedAt))
}

function around40({ readings }: SessionState, startMs: number): SessionReading | undefined {
  const far = ({ at }: SessionReading) => Math.abs(Date.parse(at) - startMs - 40 * MINUTE_MS)
  return readings
    .filter((reading) => withPressure(reading) && far(reading) <= AROUND_40_MIN * MINUTE_MS)
    .sort((a, b) => far(a) - far(b))[0]
}

/** Only a reading since the last device says how somebody left. */
function lastBeforeLeaving({ readings, dose, dischargedAt }: SessionState): SessionReading | undefined {
  const end = dose?.ended?.at
  return end
    ? readings.findLast(
        (reading) =>
          withPressure(reading) && reading.at > end && (!dischargedAt || reading.at <= dischargedAt),
      )
    : undefined
}
