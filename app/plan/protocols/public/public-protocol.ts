import { CONDITION_GROUPS, type Figure, type Origin, type Protocol, visitMin } from '../protocol.ts'
import { libraryIds, protocolById } from '../protocol-library.ts'
import { GROUP_WORDS } from '../protocol-words.ts'
import {
  asOnTheSite,
  CONDITION_PAGE,
  hoursInWords,
  PUBLIC_GRADE,
  PUBLIC_ORIGIN,
  PUBLIC_ROUTE,
  publicDayRule,
  publicDose,
  publicLeaving,
  publicQuestions,
  publicReadings,
  publicStop,
  publicStretch,
  publicTherapy,
  publicTitration,
  upperFirst,
  VISIT_ORIGIN,
} from './public-words.ts'

/** One statement with where its figures come from, in words. */
export type PublicLine = { readonly term: string; readonly value: string; readonly source?: string }

export type PublicSection = {
  readonly id: string
  readonly title: string
  /** What must be said before the lines. */
  readonly note?: string
  readonly lines: readonly PublicLine[]
}

/** A protocol of the library as anybody may read it. */
export type PublicProtocol = {
  readonly id: string
  readonly title: string
  /** Title and condition, so that it can be told from others of the same name. */
  readonly fullTitle: string
  readonly group: string
  readonly groupId: Protocol['conditionGroup']
  /** The page about the condition; null where there is none. */
  readonly conditionHref: string | null
  readonly condition: string
  readonly status: { readonly title: string; readonly text: string }
  readonly grade: string
  readonly evidence: readonly string[]
  readonly studyIds: readonly string[]
  readonly given: string
  readonly sessions: string
  /** What the studies did: dose, course, therapy. */
  readonly sections: readonly PublicSection[]
  /** The rules of our own visits around such a dose; none for what is given in a hospital only. */
  readonly visit: readonly PublicSection[]
  /** Why nobody is treated by it outside of where it was studied; null when nothing stands in the way. */
  readonly notATreatmentBecause: string | null
}

/** The sentence without which no dose is shown. */
export const DOSE_SENTENCE =
  'These are the doses that were published, so that you can read the studies. They are not a dose for you. A dose is only ever set by a prescriber who has examined you and signed for it.'

const OFF_LABEL = {
  title: 'Off label: not approved for this',
  text: 'The FDA has approved ketamine to put people to sleep for surgery, and for nothing else. For this it is off label. A doctor may use it so, but the FDA has not looked at whether it is safe and helps.',
} as const

const APPROVED = {
  title: 'Approved for this, and for no addiction',
  text: 'The FDA has approved esketamine spray for this kind of depression. It is given only in certified places that watch you for at least two hours. It is not approved for any addiction. Plain ketamine is not approved for depression.',
} as const

/**
 * A protocol in plain words for somebody who may be treated: published figures with where they come from, our own defaults
 * called so. Pure.
 *
 * @example publicProtocol(audKare).grade // 'Results point both ways'
 */
export function publicProtocol(protocol: Protocol): PublicProtocol {
  const group = GROUP_WORDS[protocol.conditionGroup]
  return {
    id: protocol.id,
    title: asOnTheSite(protocol.title),
    fullTitle: `${asOnTheSite(protocol.title)} (${group.toLowerCase()})`,
    group,
    groupId: protocol.conditionGroup,
    conditionHref: CONDITION_PAGE[protocol.conditionGroup] ?? null,
    condition: asOnTheSite(protocol.condition),
    status: protocol.evidence.grade === 'approved' ? APPROVED : OFF_LABEL,
    grade: PUBLIC_GRADE[protocol.evidence.grade],
    evidence: protocol.evidence.text.map(asOnTheSite),
    studyIds: protocol.evidence.studyIds,
    given: PUBLIC_ROUTE[protocol.route],
    sessions: protocol.course.map(publicStretch).join('; '),
    sections: [
      { id: 'given', title: 'How it is given', note: DOSE_SENTENCE, lines: doseLines(protocol) },
      { id: 'course', title: 'How often and how long', lines: courseLines(protocol) },
      { id: 'therapy', title: 'Therapy that goes with it', lines: therapyLines(protocol) },
    ],
    visit: protocol.setting === 'hospital-only' ? [] : visitSections(protocol),
    notATreatmentBecause:
      protocol.setting === 'hospital-only'
        ? 'It was studied in a hospital, with staff and equipment that a clinic does not have.'
        : protocol.notOrderableBecause && asOnTheSite(protocol.notOrderableBecause),
  }
}

/** Every protocol of the library in its newest version, by condition. */
export function publicProtocols(): PublicProtocol[] {
  const all = libraryIds().map((id) => publicProtocol(protocolById(id)!))
  return CONDITION_GROUPS.flatMap((group) => all.filter(({ groupId }) => groupId === group))
}

/** @returns undefined when the library has no such protocol */
export function publicProtocolById(id: string): PublicProtocol | undefined {
  const protocol = protocolById(id)
  return protocol && publicProtocol(protocol)
}

function line(term: string, value: string, source?: string): PublicLine {
  return source === undefined || source === '' ? { term, value } : { term, value, source: upperFirst(source) }
}

/** Where the figures of one statement come from; what is not known has no source. */
function origins(...figures: readonly (Figure | null)[]): string {
  const known = figures.flatMap((figure) => (figure?.value == null ? [] : [figure.origin]))
  return [...new Set<Origin>(known)].map((origin) => PUBLIC_ORIGIN[origin]).join('; ')
}

function doseLines(protocol: Protocol): PublicLine[] {
  const { dose } = protocol
  const source =
    dose.kind === 'infusion-mg-per-kg'
      ? origins(...dose.steps.flatMap(({ mgPerKg, durationMin }) => [mgPerKg, durationMin]))
      : dose.kind === 'bolus-mg-per-kg'
        ? origins(dose.mgPerKg)
        : dose.kind === 'fixed-mg'
          ? PUBLIC_ORIGIN[dose.origin]
          : origins(dose.lowMgPerKgPerH, dose.highMgPerKgPerH, dose.bolusMgPerKg)
  const further = publicTitration(dose)
  const furtherOrigin = 'titration' in dose && dose.titration ? PUBLIC_ORIGIN[dose.titration.origin] : ''
  return [
    line('Way', PUBLIC_ROUTE[protocol.route]),
    line('Published dose', asOnTheSite(publicDose(protocol)), source),
    ...(further === undefined ? [] : [line('Other doses', asOnTheSite(further), furtherOrigin)]),
  ]
}

function courseLines(protocol: Protocol): PublicLine[] {
  return protocol.course.map((stretch) =>
    line(
      asOnTheSite(stretch.title),
      publicStretch(stretch),
      [
        origins(stretch.sessions),
        ...(stretch.spacing ? [`days between: ${PUBLIC_ORIGIN[stretch.spacing.origin]}`] : []),
      ]
        .filter((words) => words !== '')
        .join('; '),
    ),
  )
}

function therapyLines(protocol: Protocol): PublicLine[] {
  return [
    line(
      'Therapy',
      publicTherapy(protocol),
      protocol.therapy ? origins(protocol.therapy.sessions) : undefined,
    ),
  ]
}

/** What a clinic does around a dose; a hospital does as it does. */
function visitSections(protocol: Protocol): PublicSection[] {
  return [
    {
      id: 'before',
      title: 'The visit',
      lines: [
        line(
          'How long',
          `${hoursInWords(visitMin(protocol))}, from arrival to leaving`,
          VISIT_ORIGIN[protocol.visit.origin],
        ),
        ...protocol.dayOf.map(({ item, rule, origin }) =>
          line(asOnTheSite(item), publicDayRule(rule), VISIT_ORIGIN[origin]),
        ),
      ],
    },
    {
      id: 'watched',
      title: 'What is watched',
      lines: [
        line('Your body', publicReadings(protocol), upperFirst(protocol.monitoring.readings.origin)),
        line(
          'What you are asked',
          publicQuestions(protocol).join('. '),
          VISIT_ORIGIN[protocol.monitoring.scales[0]?.origin ?? 'default'],
        ),
      ],
    },
    {
      id: 'stop',
      title: 'When it stops',
      lines: [
        ...protocol.stopRules.map((rule) => {
          const { when, act } = publicStop(rule)
          return line(when, act, VISIT_ORIGIN[rule.origin])
        }),
        line('Nothing changes', protocol.nonResponse.text, VISIT_ORIGIN[protocol.nonResponse.origin]),
      ],
    },
    {
      id: 'leaving',
      title: 'Going home',
      lines: [line('Earliest', publicLeaving(protocol), VISIT_ORIGIN[protocol.discharge.origin])],
    },
  ]
}
