import {
  afterDoseDischarge,
  afterDoseMonitoring,
  afterDoseVisit,
  commonDayRules,
  defaultNonResponse,
  defaultWeightRule,
  esketamineCeilings,
  esketamineDayRules,
  esketamineDischarge,
  esketamineMonitoring,
  givenDoseStopRules,
  infusionCeilings,
  infusionDischarge,
  infusionMonitoring,
  infusionStopRules,
  infusionVisit,
} from '../common-rules.ts'
import {
  type CourseStretch,
  type Figure,
  type Origin,
  PROTOCOL_SCHEMA_VERSION,
  type Protocol,
  type ProtocolPhase,
} from '../protocol.ts'

/** What a row of the library says itself; the rest comes from what its route shares. */
type Row = Pick<
  Protocol,
  'id' | 'title' | 'conditionGroup' | 'condition' | 'course' | 'therapy' | 'evidence' | 'dose'
> &
  Partial<Protocol>

const SHARED = {
  schemaVersion: PROTOCOL_SCHEMA_VERSION,
  version: '1',
  setting: 'outpatient',
  weight: defaultWeightRule,
  orderValidDays: 42,
  nonResponse: defaultNonResponse,
  requiredDocumentIds: ['treatment', 'data-notice'],
  notOrderableBecause: null,
} as const

/** A row given as an infusion into a vein. */
export function infusionRow(row: Row): Protocol {
  const minutes =
    row.dose.kind === 'infusion-mg-per-kg'
      ? row.dose.steps.reduce((sum, s) => sum + (s.durationMin.value ?? 0), 0)
      : 0
  return {
    ...SHARED,
    route: 'intravenous',
    phases: usualPhases(row),
    visit: infusionVisit(minutes || 40),
    ceilings: infusionCeilings,
    dayOf: commonDayRules,
    monitoring: infusionMonitoring,
    stopRules: infusionStopRules,
    discharge: infusionDischarge,
    ...row,
  }
}

/** A row given at once: into a muscle, under the skin, under the tongue, swallowed. */
export function givenAtOnceRow(row: Row & Pick<Protocol, 'route' | 'ceilings'>): Protocol {
  return {
    ...SHARED,
    phases: usualPhases(row),
    visit: afterDoseVisit,
    dayOf: commonDayRules,
    monitoring: afterDoseMonitoring,
    stopRules: givenDoseStopRules,
    discharge: afterDoseDischarge,
    ...row,
  }
}

/** A row of esketamine spray, self-given in the clinic. */
export function esketamineRow(row: Row): Protocol {
  return {
    ...SHARED,
    route: 'nasal-esketamine',
    phases: usualPhases(row),
    visit: afterDoseVisit,
    ceilings: esketamineCeilings,
    dayOf: esketamineDayRules,
    monitoring: esketamineMonitoring,
    stopRules: givenDoseStopRules,
    discharge: esketamineDischarge,
    ...row,
  }
}

/** One infusion at one speed. */
export function oneInfusion(mgPerKg: Figure, durationMin: Figure): Protocol['dose'] {
  return { kind: 'infusion-mg-per-kg', steps: [{ title: 'Infusion', mgPerKg, durationMin }], titration: null }
}

export const study = (value: number): Figure => ({ value, origin: 'study' })
export const memory = (value: number): Figure => ({ value, origin: 'memory' })
export const unknown = (word: string): Figure => ({ value: null, word })

/** A stretch of dosing, in the phase “dosing” unless said otherwise. */
export function stretch(
  title: string,
  sessions: Figure,
  days?: {
    readonly from: number
    readonly aim: number
    readonly to: number
    readonly inTurn?: readonly number[]
    readonly origin?: Origin
  },
  more: Partial<Pick<CourseStretch, 'phaseId' | 'openEnded'>> = {},
): CourseStretch {
  return {
    phaseId: more.phaseId ?? 'dosing',
    title,
    sessions,
    spacing: days
      ? {
          earliestDays: days.from,
          targetDays: days.aim,
          latestDays: days.to,
          origin: days.origin ?? 'default',
        }
      : null,
    targetsInTurn: days?.inTurn ?? [],
    openEnded: more.openEnded ?? false,
  }
}

export const WEEKLY = { from: 6, aim: 7, to: 10 }
export const TWICE_A_WEEK = { from: 2, aim: 3, to: 5, inTurn: [3, 4] }

function usualPhases({ course, therapy }: Pick<Row, 'course' | 'therapy'>): readonly ProtocolPhase[] {
  const maintains = course.some(({ phaseId }) => phaseId === 'maintenance')
  return [
    {
      id: 'evaluation',
      kind: 'evaluate',
      title: 'Evaluation',
      text: 'Diagnosis, measures at the start, and what speaks against it.',
    },
    {
      id: 'preparation',
      kind: 'prepare',
      title: 'Preparation',
      text: 'What may happen, what the person wants from it, who brings them home.',
    },
    { id: 'dosing', kind: 'induct', title: 'Dosing', text: course.map(({ title }) => title).join('; ') },
    ...(therapy ? [{ id: 'therapy', kind: 'integrate' as const, title: 'Therapy', text: therapy.text }] : []),
    ...(maintains
      ? [
          {
            id: 'maintenance',
            kind: 'maintain' as const,
            title: 'Keeping it up',
            text: 'Only while it helps; each review may end it.',
          },
        ]
      : []),
    {
      id: 'end',
      kind: 'stop',
      title: 'End',
      text: 'A last review of what changed. More is not given because nothing changed.',
    },
  ]
}
