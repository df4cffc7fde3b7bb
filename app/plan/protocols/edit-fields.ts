import {
  choice,
  type Draft,
  type EditField,
  figure,
  lines,
  long,
  number,
  numbers,
  numbersIn,
  pairs,
  text,
} from './edit-field-kinds.ts'
import { type EditShape, reshaped, rowOfPath, shapeOf } from './edit-shape.ts'
import { GRADES, PHASE_KINDS, type Protocol } from './protocol.ts'
import { GRADE_WORDS } from './protocol-words.ts'

/** A field as the page shows it; `row` names the row it belongs to ("course.1"), by its key. */
export type ShownField = Omit<EditField, 'write' | 'path'> & { readonly row: string | undefined }

/**
 * The fields of the editor for one protocol and the rows it shows. Route and kind of dose stay; steps, stretches, parts
 * of the visit and phases come and go with the shape. Pure.
 */
export function editFields(protocol: Protocol, shape: EditShape = shapeOf(protocol)): readonly ShownField[] {
  return namedFields(protocol, shape).map(({ write: _, path, ...shown }) => {
    const row = rowOfPath(path)
    return { ...shown, row: row && `${row.list}.${shape[row.list][row.index]}` }
  })
}

/** The fields with their names by the keys of their rows, so that a name stays with its row. */
function namedFields(protocol: Protocol, shape: EditShape): readonly EditField[] {
  return fieldsOf(reshaped(protocol, shape)).map((field) => {
    const row = rowOfPath(field.path)
    if (!row) return field
    const inRow = field.path.slice(`${row.list}.${row.index}`.length)
    return { ...field, name: `${row.list}.${shape[row.list][row.index]}${inRow}` }
  })
}

/**
 * The protocol with what was typed put in, to be read by `parseProtocol`. A field that is not in the form keeps its
 * value; a figure that was changed is from now on set by the clinic.
 *
 * @returns a value that may still be wrong in every way
 */
export function withEdits(
  protocol: Protocol,
  typed: Readonly<Record<string, string>>,
  shape: EditShape = shapeOf(protocol),
): unknown {
  const draft = structuredClone(reshaped(protocol, shape)) as Draft
  for (const field of namedFields(protocol, shape)) {
    const text = typed[field.name]
    if (text !== undefined && asTyped(text) !== field.value) field.write(draft, asTyped(text))
  }
  return draft
}

/** The field a message of `parseProtocol` belongs to; "form" when it is about none of them. */
export function fieldOfPath(protocol: Protocol, path: string, shape: EditShape = shapeOf(protocol)): string {
  const fields = namedFields(protocol, shape)
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
  return [
    ...wholeFields(p),
    ...doseFields(p),
    ...courseFields(p),
    ...phaseFields(p),
    ...dayFields(p),
    ...evidenceFields(p),
  ]
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
      const at = `dose.steps.${i}`
      const name = step.title || 'New step'
      fields.push(
        {
          ...text(section, `${at}.title`, `${name}: name`, step.title),
          write: (draft, typed) => {
            draft.dose.steps[i].title = typed
            // The exception from the rate ceiling follows the step it names.
            const exception = draft.ceilings.bolusException
            if (exception && step.title !== '' && exception.stepTitle === step.title)
              exception.stepTitle = typed
          },
        },
        figure(section, `${at}.mgPerKg`, `${name}: dose`, step.mgPerKg, 'mg/kg'),
        figure(section, `${at}.durationMin`, `${name}: length`, step.durationMin, 'min'),
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
      const name = stretch.title || 'New stretch'
      return [
        text(section, `${at}.title`, `${name}: name`, stretch.title),
        choice(
          section,
          `${at}.phaseId`,
          `${name}: phase`,
          stretch.phaseId,
          p.phases.map(({ id, title }) => ({ value: id, label: title || 'New phase' })),
        ),
        figure(section, `${at}.sessions`, `${name}: sessions`, stretch.sessions),
        {
          ...choice(section, `${at}.openEnded`, `${name}: ends`, stretch.openEnded ? 'yes' : 'no', [
            { value: 'no', label: 'after these sessions' },
            { value: 'yes', label: 'goes on while it helps' },
          ]),
          write: (draft: Draft, typed: string) => {
            draft.course[i].openEnded = typed === 'yes'
          },
        },
        {
          ...text(
            section,
            `${at}.spacing`,
            `${name}: days from one to the next`,
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
    ...p.visit.parts.flatMap((part, i) => {
      const name = part.title || 'New part'
      return [
        text(section, `visit.parts.${i}.title`, `${name}: name`, part.title),
        number(section, `visit.parts.${i}.minutes`, `${name}: length`, part.minutes, 'min', 'visit'),
      ]
    }),
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

function phaseFields(p: Protocol): EditField[] {
  const section = 'Phases'
  return p.phases.flatMap((phase, i) => {
    const name = phase.title || 'New phase'
    return [
      text(section, `phases.${i}.title`, `${name}: name`, phase.title),
      choice(
        section,
        `phases.${i}.kind`,
        `${name}: kind`,
        phase.kind,
        PHASE_KINDS.map((value) => ({ value, label: PHASE_WORDS[value] })),
      ),
      long(section, `phases.${i}.text`, `${name}: what happens`, phase.text),
    ]
  })
}

const PHASE_WORDS: Readonly<Record<(typeof PHASE_KINDS)[number], string>> = {
  evaluate: 'evaluating',
  prepare: 'preparing',
  induct: 'dosing',
  integrate: 'working with what came up',
  maintain: 'keeping it up',
  taper: 'becoming less',
  stop: 'ending',
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
    choice(
      section,
      'evidence.grade',
      'Grade',
      p.evidence.grade,
      GRADES.map((value) => ({ value, label: GRADE_WORDS[value] })),
    ),
    lines(section, 'evidence.text', 'What was found, the unwelcome parts included', p.evidence.text),
    {
      ...lines(section, 'evidence.studyIds', 'Studies, the followed one first', p.evidence.studyIds),
      hint: 'One id a line, as in the address of its page.',
    },
  ]
}
