import { type Figure, GRADES, type Origin, type Protocol } from './protocol.ts'
import { GRADE_WORDS } from './protocol-words.ts'

/** One field of the editor. The form holds text; `write` puts it where it belongs in a draft. */
type EditField = {
  readonly name: string
  readonly label: string
  readonly section: string
  readonly kind: 'text' | 'long' | 'lines' | 'choice'
  readonly unit?: string
  readonly hint?: string
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  /** Path in the protocol, for the messages of `parseProtocol`. */
  readonly path: string
  readonly write: (draft: Draft, text: string) => void
}

/** A field as the page shows it. */
export type ShownField = Omit<EditField, 'write' | 'path'>

// biome-ignore lint/suspicious/noExplicitAny: a draft is whatever was typed until `parseProtocol` has read it.
type Draft = any

const FIGURE_HINT = 'A number, or a word for what is not known.'

/**
 * The fields of the editor for one protocol. Route, kind of dose, steps, stretches and phases keep their shape; what
 * stands in them can be changed. Pure.
 */
export function editFields(protocol: Protocol): readonly ShownField[] {
  return fieldsOf(protocol).map(({ write: _, path: __, ...shown }) => shown)
}

/**
 * The protocol with what was typed put in, to be read by `parseProtocol`. A field that is not in the form keeps its
 * value; a figure that was changed is from now on set by the clinic.
 *
 * @returns a value that may still be wrong in every way
 */
export function withEdits(protocol: Protocol, typed: Readonly<Record<string, string>>): unknown {
  const draft = structuredClone(protocol) as Draft
  for (const field of fieldsOf(protocol)) {
    const text = typed[field.name]
    if (text !== undefined && asTyped(text) !== field.value) field.write(draft, asTyped(text))
  }
  return draft
}

/** The field a message of `parseProtocol` belongs to; "form" when it is about none of them. */
export function fieldOfPath(protocol: Protocol, path: string): string {
  const fields = fieldsOf(protocol)
  const found =
    fields.find((f) => f.path === path) ??
    fields.find((f) => path.startsWith(`${f.path}.`)) ??
    fields.find((f) => f.path.startsWith(`${path}.`))
  return found?.name ?? 'form'
}

/** Browsers send line ends as CR LF. */
function asTyped(text: string): string {
  return text.replaceAll('\r\n', '\n').trim()
}

function fieldsOf(p: Protocol): readonly EditField[] {
  return [...wholeFields(p), ...doseFields(p), ...courseFields(p), ...dayFields(p), ...evidenceFields(p)]
}

function wholeFields(p: Protocol): EditField[] {
  const section = 'What it is'
  return [
    text(section, 'title', 'Name', p.title),
    text(section, 'condition', 'For whom', p.condition),
    ...(p.therapy
      ? [
          text(section, 'therapy.name', 'Therapy', p.therapy.name),
          figure(section, 'therapy.sessions', 'Therapy sessions', p.therapy.sessions),
          long(section, 'therapy.text', 'What the therapy is', p.therapy.text),
        ]
      : []),
    {
      ...long(section, 'notOrderableBecause', 'Why it may not be ordered', p.notOrderableBecause ?? ''),
      hint: 'Leave empty when nothing stands in the way.',
      write: (draft, typed) => {
        draft.notOrderableBecause = typed === '' ? null : typed
      },
    },
  ]
}

function doseFields(p: Protocol): EditField[] {
  const section = 'Dose'
  const { dose, ceilings } = p
  const fields: EditField[] = []
  if (dose.kind === 'infusion-mg-per-kg')
    for (const [i, step] of dose.steps.entries()) {
      fields.push(figure(section, `dose.steps.${i}.mgPerKg`, `${step.title}: dose`, step.mgPerKg, 'mg/kg'))
      fields.push(
        figure(section, `dose.steps.${i}.durationMin`, `${step.title}: length`, step.durationMin, 'min'),
      )
    }
  else if (dose.kind === 'bolus-mg-per-kg')
    fields.push(figure(section, 'dose.mgPerKg', 'Dose', dose.mgPerKg, 'mg/kg'))
  else if (dose.kind === 'fixed-mg') {
    const choices = numbers(section, 'dose.choicesMg', 'Doses that may be ordered', dose.choicesMg, 'mg')
    fields.push({
      ...choices,
      hint: dose.unknownBecause ? `Not stated: ${dose.unknownBecause}.` : choices.hint!,
      write: (draft, typed) => {
        choices.write(draft, typed)
        draft.dose.origin = 'clinic'
        if (typed !== '') draft.dose.unknownBecause = null
      },
    })
    if (dose.firstDayChoicesMg)
      fields.push(
        numbers(section, 'dose.firstDayChoicesMg', 'On the first day', dose.firstDayChoicesMg, 'mg'),
      )
    fields.push(long(section, 'dose.administration', 'How it is taken', dose.administration))
  } else {
    fields.push(figure(section, 'dose.lowMgPerKgPerH', 'Lowest rate', dose.lowMgPerKgPerH, 'mg/kg an hour'))
    fields.push(
      figure(section, 'dose.highMgPerKgPerH', 'Highest rate', dose.highMgPerKgPerH, 'mg/kg an hour'),
    )
  }
  if ('titration' in dose && dose.titration) {
    fields.push(
      numbers(
        section,
        'dose.titration.furtherMgPerKg',
        'Further doses, in order',
        dose.titration.furtherMgPerKg,
        'mg/kg',
      ),
    )
    fields.push(long(section, 'dose.titration.rule', 'When a further dose is given', dose.titration.rule))
  }
  if (ceilings.by === 'mg') {
    fields.push(figure(section, 'ceilings.softMg', 'A reason above', ceilings.softMg, 'mg'))
    fields.push(figure(section, 'ceilings.hardMg', 'A second prescriber above', ceilings.hardMg, 'mg'))
  } else {
    fields.push(figure(section, 'ceilings.softMgPerKg', 'A reason above', ceilings.softMgPerKg, 'mg/kg'))
    fields.push(
      figure(section, 'ceilings.hardMgPerKg', 'A second prescriber above', ceilings.hardMgPerKg, 'mg/kg'),
    )
    if (ceilings.rateMgPerKgPerMin)
      fields.push(
        figure(
          section,
          'ceilings.rateMgPerKgPerMin',
          'Never faster than',
          ceilings.rateMgPerKgPerMin,
          'mg/kg per min',
        ),
      )
  }
  fields.push(
    number(section, 'weight.maxAgeDays', 'Weight at most this old', p.weight.maxAgeDays, 'days', 'weight'),
  )
  fields.push(number(section, 'orderValidDays', 'An order holds', p.orderValidDays, 'days'))
  return fields
}

function courseFields(p: Protocol): EditField[] {
  const section = 'Course'
  return [
    ...p.course.flatMap((stretch, i) => {
      const at = `course.${i}`
      const days = stretch.spacing
      return [
        figure(section, `${at}.sessions`, `${stretch.title}: sessions`, stretch.sessions),
        {
          ...text(
            section,
            `${at}.spacing`,
            `${stretch.title}: days from one to the next`,
            days ? [days.earliestDays, days.targetDays, days.latestDays].join(', ') : '',
          ),
          hint: 'Earliest, aimed at, latest: “6, 7, 10”. Empty when none is stated.',
          write: (draft: Draft, typed: string) => {
            const [earliestDays, targetDays, latestDays] = numbersIn(typed)
            draft.course[i].spacing =
              typed === '' ? null : { earliestDays, targetDays, latestDays, origin: 'clinic' }
            draft.course[i].targetsInTurn = stretch.targetsInTurn.filter(
              (d) =>
                earliestDays !== undefined &&
                latestDays !== undefined &&
                d >= earliestDays &&
                d <= latestDays,
            )
          },
        },
      ]
    }),
    ...p.visit.parts.map((part, i) =>
      number(section, `visit.parts.${i}.minutes`, part.title, part.minutes, 'min', 'visit'),
    ),
    figure(
      section,
      'nonResponse.reviewAfterSessions',
      'Reviewed after',
      p.nonResponse.reviewAfterSessions,
      'sessions',
    ),
    long(section, 'nonResponse.text', 'Without a response', p.nonResponse.text),
  ]
}

function dayFields(p: Protocol): EditField[] {
  const section = 'The day, readings, stopping, leaving'
  const readings = p.monitoring.readings
  const minutes = (
    name: 'beforeStartWithinMs' | 'duringEveryMs' | 'thereafterEveryMs',
    label: string,
  ): EditField => ({
    ...text(section, `monitoring.readings.${name}`, label, String(readings[name] / 60_000)),
    unit: 'min',
    write: (draft, typed) => {
      const [value] = numbersIn(typed)
      draft.monitoring.readings[name] = value === undefined ? typed : value * 60_000
      draft.monitoring.readings.origin = 'set by this clinic'
    },
  })
  return [
    pairs(
      section,
      'dayOf',
      'Rules of the day',
      p.dayOf.map((r) => [r.item, r.rule, r.origin]),
      (item, rule, origin) => ({ item, rule, origin }),
    ),
    minutes('beforeStartWithinMs', 'First reading within'),
    minutes('duringEveryMs', 'Readings during, every'),
    minutes('thereafterEveryMs', 'Readings until leaving, every'),
    {
      ...lines(
        section,
        'monitoring.scales',
        'Scales by minute',
        p.monitoring.scales.map((s) => `${s.scale}: ${s.atMin.join(', ')}`),
      ),
      hint: 'One a line: “C-SSRS: -15, 100”. Minutes from the start; before it with a minus.',
      write: (draft, typed) => {
        draft.monitoring.scales = typed
          .split('\n')
          .filter(Boolean)
          .map((each) => {
            const cut = each.lastIndexOf(':')
            const same = p.monitoring.scales.find((s) => `${s.scale}: ${s.atMin.join(', ')}` === each)
            return (
              same ?? {
                scale: each.slice(0, Math.max(0, cut)).trim(),
                atMin: numbersIn(each.slice(cut + 1)),
                origin: 'clinic',
              }
            )
          })
      },
    },
    pairs(
      section,
      'stopRules',
      'When to stop',
      p.stopRules.map((r) => [r.when, r.act, r.origin]),
      (when, act, origin) => ({ when, act, origin }),
    ),
    number(
      section,
      'discharge.minMinutesAfterEnd',
      'Nobody leaves before',
      p.discharge.minMinutesAfterEnd,
      'min',
      'discharge',
    ),
    lines(section, 'discharge.conditions', 'All must be true before leaving', p.discharge.conditions),
  ]
}

function evidenceFields(p: Protocol): EditField[] {
  const section = 'Evidence'
  return [
    {
      ...text(section, 'evidence.grade', 'Grade', p.evidence.grade),
      kind: 'choice',
      choices: GRADES.map((value) => ({ value, label: GRADE_WORDS[value] })),
    },
    lines(section, 'evidence.text', 'What was found, the unwelcome parts included', p.evidence.text),
    {
      ...lines(section, 'evidence.studyIds', 'Studies, the followed one first', p.evidence.studyIds),
      hint: 'One id a line, as in the address of its page.',
    },
  ]
}

// Kinds of fields

function text(section: string, path: string, label: string, value: string): EditField {
  return {
    name: path,
    path,
    section,
    label,
    kind: 'text',
    value,
    write: (draft, typed) => put(draft, path, typed),
  }
}

function long(section: string, path: string, label: string, value: string): EditField {
  return { ...text(section, path, label, value), kind: 'long' }
}

function lines(section: string, path: string, label: string, values: readonly string[]): EditField {
  return {
    ...text(section, path, label, values.join('\n')),
    kind: 'lines',
    hint: 'One a line.',
    write: (draft, typed) => put(draft, path, linesIn(typed)),
  }
}

/** "Item: rule", one a line; a line that was not changed keeps its origin. */
function pairs(
  section: string,
  path: string,
  label: string,
  values: readonly (readonly [string, string, Origin])[],
  made: (first: string, second: string, origin: Origin) => unknown,
): EditField {
  const spoken = values.map(([first, second, origin]) => ({
    text: `${first} → ${second}`,
    made: made(first, second, origin),
  }))
  return {
    ...lines(
      section,
      path,
      label,
      spoken.map((s) => s.text),
    ),
    hint: 'One a line, with “→” between: “Clear fluids → none in the 2 hours before”.',
    write: (draft, typed) =>
      put(
        draft,
        path,
        linesIn(typed).map((each) => {
          const same = spoken.find((s) => s.text === each)
          const [first, ...rest] = each.split('→')
          return same?.made ?? made(first!.trim(), rest.join('→').trim(), 'clinic')
        }),
      ),
  }
}

function figure(section: string, path: string, label: string, value: Figure, unit?: string): EditField {
  return {
    ...text(section, path, label, value.value === null ? value.word : String(value.value)),
    ...(unit ? { unit } : {}),
    hint: FIGURE_HINT,
    write: (draft, typed) => put(draft, path, figureOf(typed)),
  }
}

/** @param owner path of the group whose origin becomes the clinic's when the figure is changed */
function number(
  section: string,
  path: string,
  label: string,
  value: number,
  unit: string,
  owner?: string,
): EditField {
  return {
    ...text(section, path, label, String(value)),
    unit,
    write: (draft, typed) => {
      put(draft, path, numbersIn(typed)[0] ?? typed)
      if (owner) put(draft, `${owner}.origin`, 'clinic')
    },
  }
}

function numbers(
  section: string,
  path: string,
  label: string,
  values: readonly number[],
  unit: string,
): EditField {
  return {
    ...text(section, path, label, values.join(', ')),
    unit,
    hint: 'Numbers with a comma between.',
    write: (draft, typed) => put(draft, path, numbersIn(typed)),
  }
}

/** A number is a figure of the clinic; anything else is the word for what is not known. */
function figureOf(typed: string): unknown {
  const value = Number(typed.replace(',', '.'))
  return typed !== '' && Number.isFinite(value) ? { value, origin: 'clinic' } : { value: null, word: typed }
}

/** What is no number stays “not a number”, so that it is answered and not lost. */
function numbersIn(typed: string): number[] {
  return typed
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .map(Number)
}

function linesIn(typed: string): string[] {
  return typed
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function put(draft: Draft, path: string, value: unknown): void {
  const keys = path.split('.')
  const last = keys.pop()!
  keys.reduce((within, key) => within[key], draft)[last] = value
}
