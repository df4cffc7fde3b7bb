import type { Figure, Origin, Protocol } from './protocol.ts'
import {
  ceilingWords,
  doseWords,
  duringWords,
  figureWords,
  GRADE_WORDS,
  GROUP_WORDS,
  ORIGIN_WORDS,
  ROUTE_WORDS,
  readingsWords,
  stretchWords,
  therapyWords,
  titrationWords,
} from './protocol-words.ts'

/** One statement of a protocol. `id` is stable, so that the same statement of two versions can be set side by side. */
export type DocumentLine = {
  readonly id: string
  readonly name: string
  readonly text: string
  /** Where its figures come from, in words. */
  readonly source?: string
}

export type DocumentSection = {
  readonly id: string
  readonly title: string
  readonly lines: readonly DocumentLine[]
}

/** A protocol as it is read: every statement with where its figures come from. Pure. */
export function protocolDocument(protocol: Protocol): readonly DocumentSection[] {
  return [
    { id: 'what', title: 'What it is', lines: whatLines(protocol) },
    { id: 'dose', title: 'Dose', lines: doseLines(protocol) },
    { id: 'course', title: 'Course', lines: courseLines(protocol) },
    { id: 'day', title: 'On the day', lines: dayLines(protocol) },
    { id: 'monitoring', title: 'Readings and scales', lines: monitoringLines(protocol) },
    {
      id: 'stop',
      title: 'When to stop',
      lines: [
        ...protocol.stopRules.map((rule, i) =>
          line(`stop.${i}`, rule.when, rule.act, ORIGIN_WORDS[rule.origin]),
        ),
        line(
          'non-response',
          'No response',
          `Reviewed after ${figureWords(protocol.nonResponse.reviewAfterSessions, 'sessions')}. ${protocol.nonResponse.text}`,
          ORIGIN_WORDS[protocol.nonResponse.origin],
        ),
      ],
    },
    {
      id: 'leaving',
      title: 'Leaving: all must be true',
      lines: [
        line(
          'leaving.time',
          'Time',
          `at least ${protocol.discharge.minMinutesAfterEnd} minutes after ${protocol.discharge.countedFrom}`,
          ORIGIN_WORDS[protocol.discharge.origin],
        ),
        ...protocol.discharge.conditions.map((text, i) => line(`leaving.${i}`, `Condition ${i + 1}`, text)),
      ],
    },
    {
      id: 'evidence',
      title: 'Evidence',
      lines: [
        line('grade', 'Grade', GRADE_WORDS[protocol.evidence.grade]),
        ...protocol.evidence.text.map((text, i) => line(`evidence.${i}`, `Said ${i + 1}`, text)),
        line('studies', 'Studies', protocol.evidence.studyIds.join(', ') || 'none'),
      ],
    },
  ]
}

/** What one statement was and is, where two versions of a protocol differ. */
export type ProtocolChange = {
  readonly section: string
  readonly name: string
  /** Undefined when it was not there. */
  readonly was: string | undefined
  readonly now: string | undefined
}

/**
 * Every statement in which two versions differ, in words and in the order of the document. Pure.
 *
 * @example protocolChanges(one, two) // [{ section: 'Dose', name: 'Dose', was: '0.8 mg/kg …', now: '0.6 mg/kg …' }]
 */
export function protocolChanges(from: Protocol, to: Protocol): readonly ProtocolChange[] {
  const before = protocolDocument(from)
  return protocolDocument(to).flatMap((section) => {
    const old = new Map(before.find(({ id }) => id === section.id)?.lines.map((l) => [l.id, l]))
    const fresh = new Map(section.lines.map((l) => [l.id, l]))
    return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((id) => {
      const [was, now] = [old.get(id), fresh.get(id)]
      const same = was && now && was.name === now.name && was.text === now.text && was.source === now.source
      if (same) return []
      return [
        {
          section: section.title,
          name: (now ?? was)!.name,
          was: was && spoken(was, now),
          now: now && spoken(now, was),
        },
      ]
    })
  })
}

/** The text of a line; with its source where only that, or the name, tells two versions apart. */
function spoken(one: DocumentLine, other: DocumentLine | undefined): string {
  const named = other && other.name !== one.name ? `${one.name}: ` : ''
  const sourced = other && other.source !== one.source && one.source ? ` (${one.source})` : ''
  return `${named}${one.text}${sourced}`
}

function line(id: string, name: string, text: string, source?: string): DocumentLine {
  return source === undefined ? { id, name, text } : { id, name, text, source }
}

function originsWords(...figures: readonly (Figure | null | undefined)[]): string | undefined {
  const origins: Origin[] = figures.flatMap((f) => (f && f.value !== null ? [f.origin] : []))
  const unknown = figures.some((f) => f?.value === null)
  const words = [...new Set(origins)].map((origin) => ORIGIN_WORDS[origin])
  if (unknown) words.push('not stated: shown, never guessed')
  return words.length === 0 ? undefined : words.join('; ')
}

function whatLines(p: Protocol): DocumentLine[] {
  return [
    line('title', 'Name', p.title),
    line('condition', 'For', `${GROUP_WORDS[p.conditionGroup]}. ${p.condition}`),
    line('setting', 'Where', p.setting === 'outpatient' ? 'as an outpatient' : 'in a hospital only'),
    ...p.phases.map((phase) => line(`phase.${phase.id}`, phase.title, phase.text)),
    line('therapy', 'Therapy', therapyWords(p), p.therapy ? originsWords(p.therapy.sessions) : undefined),
    ...(p.notOrderableBecause ? [line('not-orderable', 'Not ordered', p.notOrderableBecause)] : []),
  ]
}

function doseLines(p: Protocol): DocumentLine[] {
  const { dose, ceilings } = p
  const titration = titrationWords(dose)
  return [
    line('route', 'Route', ROUTE_WORDS[p.route]),
    line('dose', 'Dose', doseWords(p), doseOrigins(p)),
    ...(titration ? [line('titration', 'Other doses', titration, titrationOrigin(p))] : []),
    line(
      'ceilings',
      'Ceilings',
      ceilingWords(ceilings),
      ceilings.by === 'mg'
        ? originsWords(ceilings.softMg, ceilings.hardMg)
        : originsWords(ceilings.softMgPerKg, ceilings.hardMgPerKg, ceilings.rateMgPerKgPerMin),
    ),
    ...(dose.kind === 'fixed-mg'
      ? []
      : [
          line(
            'weight',
            'Weight',
            `measured here at most ${p.weight.maxAgeDays} days ago; a change of more than ${p.weight.changeToAcknowledgePercent} % is acknowledged`,
            ORIGIN_WORDS[p.weight.origin],
          ),
        ]),
    line('order-valid', 'An order holds', `${p.orderValidDays} days`),
  ]
}

function doseOrigins({ dose }: Protocol): string | undefined {
  if (dose.kind === 'infusion-mg-per-kg')
    return originsWords(...dose.steps.flatMap((s) => [s.mgPerKg, s.durationMin]))
  if (dose.kind === 'bolus-mg-per-kg') return originsWords(dose.mgPerKg)
  if (dose.kind === 'fixed-mg') return ORIGIN_WORDS[dose.origin]
  return originsWords(dose.lowMgPerKgPerH, dose.highMgPerKgPerH, dose.bolusMgPerKg)
}

function titrationOrigin({ dose }: Protocol): string | undefined {
  return 'titration' in dose && dose.titration ? ORIGIN_WORDS[dose.titration.origin] : undefined
}

function courseLines(p: Protocol): DocumentLine[] {
  return [
    ...p.course.map((s, i) =>
      line(
        `course.${i}`,
        s.title,
        stretchWords(s),
        [originsWords(s.sessions), s.spacing && `spacing: ${ORIGIN_WORDS[s.spacing.origin]}`]
          .filter(Boolean)
          .join('; ') || undefined,
      ),
    ),
    line(
      'visit',
      'One visit',
      p.visit.parts.map((part) => `${part.title}: ${part.minutes} min`).join('; '),
      ORIGIN_WORDS[p.visit.origin],
    ),
  ]
}

function dayLines(p: Protocol): DocumentLine[] {
  return p.dayOf.map((rule, i) => line(`day.${i}`, rule.item, rule.rule, ORIGIN_WORDS[rule.origin]))
}

function monitoringLines(p: Protocol): DocumentLine[] {
  const { monitoring } = p
  return [
    line('readings', 'Readings', readingsWords(monitoring, duringWords(p)), monitoring.readings.origin),
    line('values', 'What is read', monitoring.values.join(', ')),
    ...monitoring.scales.map((s, i) =>
      line(`scale.${i}`, s.scale, s.atMin.map(minuteWords).join(', '), ORIGIN_WORDS[s.origin]),
    ),
  ]
}

/** "15 min before", "at the start", "40 min after the start". */
function minuteWords(minute: number): string {
  if (minute === 0) return 'at the start'
  return minute < 0 ? `${-minute} min before` : `${minute} min after the start`
}
