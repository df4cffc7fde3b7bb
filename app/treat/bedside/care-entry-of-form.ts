import { parseForm } from '../../platform/form.ts'
import { type Instant, instantAt, localDateOf, parseLocalDate } from '../../platform/time.ts'
import {
  accessForm,
  accessRemovedForm,
  adverseFollowedForm,
  adverseForm,
  callForm,
  comfortForm,
  correctMedicineForm,
  correctScaleForm,
  medicineForm,
  musicForm,
  NOT_SERIOUS,
  offerForm,
  STANDING_ORDER,
  scaleForm,
  sitterInForm,
  sitterOutForm,
  takeOfferForm,
  takeWatchForm,
} from '../session/care-form.ts'
import type { AdverseEventFigures, SessionEventId } from '../session/session-event.ts'
import { correction, type FormEntries, type FormMoment, oneEntry, wordsOf } from './one-entry.ts'

type FollowUp = { again: 'again' | 'done'; followUpOn?: string | undefined }

/** Somebody looks again before that day's work ends; on a day whose work is over, before the day does. */
function followUpBy(form: FollowUp, { now, timeZone }: FormMoment): Instant | null {
  if (form.again === 'done' || form.followUpOn === undefined) return null
  const day = parseLocalDate(form.followUpOn)
  const atWork = instantAt(day, '17:00', timeZone)
  return atWork > now ? atWork : instantAt(day, '23:59', timeZone)
}

/** Nobody can look again on a day that is over. */
function followUpPassed(form: FollowUp, { now, timeZone }: FormMoment) {
  const { again, followUpOn } = form
  return again === 'again' && followUpOn !== undefined && followUpOn < localDateOf(now, timeZone)
    ? { followUpOn: 'This day has passed. Give today or a later day.' }
    : undefined
}

const gradeOf = (grade: string) => Number(grade) as AdverseEventFigures['grade']

/** The forms about everything around the dose, by intent. */
export const CARE_FORMS = {
  access: oneEntry(accessForm, 'access', ({ side, place, gauge, runsFreely, text }) => ({
    kind: 'access-placed',
    data: { side, place, gauge: gauge === undefined ? null : Number(gauge), runsFreely },
    ...wordsOf({ text }),
  })),
  'access-removed': oneEntry(accessRemovedForm, 'access-removed', ({ of, intact, text }) => ({
    kind: 'access-removed',
    data: { of: of as SessionEventId, intact },
    ...wordsOf({ text }),
  })),
  scale: oneEntry(scaleForm, 'scale', ({ scale, score, notTaken, text }) => ({
    kind: 'scale',
    data: { scale, score: score === undefined ? null : Number(score), ...(notTaken ? { notTaken } : {}) },
    ...wordsOf({ text }),
  })),
  comfort: oneEntry(comfortForm, 'comfort', ({ measure, on }) => ({
    kind: 'comfort',
    data: { measure, on: on === 'on' },
  })),
  music: oneEntry(musicForm, 'music', ({ on }) => ({ kind: 'music', data: { on: on === 'on' } })),
  'sitter-in': oneEntry(sitterInForm, 'sitter-in', ({ accountId, name }) => ({
    kind: 'sitter-in',
    data: { accountId: accountId ?? null },
    ...wordsOf({ name }),
  })),
  'sitter-out': oneEntry(sitterOutForm, 'sitter-out', ({ of }) => ({
    kind: 'sitter-out',
    data: { of: of as SessionEventId },
  })),
  medicine: oneEntry(medicineForm, 'medicine', (form) => ({
    kind: 'medicine-given',
    data: {
      medicine: form.medicine,
      amount: form.amount,
      unit: form.unit,
      route: form.route,
      against: form.against,
      orderedBy: form.orderedBy === STANDING_ORDER ? null : form.orderedBy,
    },
    ...wordsOf({ reason: form.reason }),
  })),
  call: oneEntry(callForm, 'call', ({ to, answered, text }) => ({
    kind: 'call',
    data: { to, answered },
    ...wordsOf({ text }),
  })),
  adverse: oneEntry(
    adverseForm,
    'adverse',
    (form, moment) => ({
      kind: 'adverse-event',
      data: {
        term: form.term,
        grade: gradeOf(form.grade),
        relation: form.relation,
        serious: form.serious.filter((criterion) => criterion !== NOT_SERIOUS),
        expected: form.expected,
        outcome: form.outcome,
        followUpBy: followUpBy(form, moment),
      },
      words: { text: form.text },
    }),
    ['serious'],
    followUpPassed,
  ),
  'adverse-followed': oneEntry(
    adverseFollowedForm,
    'adverse-followed',
    (form, moment) => ({
      kind: 'adverse-event-followed',
      data: {
        of: form.of as SessionEventId,
        outcome: form.outcome,
        ...(form.grade ? { grade: gradeOf(form.grade) } : {}),
        ...(form.relation ? { relation: form.relation } : {}),
        followUpBy: followUpBy(form, moment),
      },
      words: { text: form.text },
    }),
    [],
    followUpPassed,
  ),
  offer: oneEntry(offerForm, 'offer', ({ to }) => ({ kind: 'handover-offered', data: { to } })),
  'take-offer': oneEntry(takeOfferForm, 'watch', ({ of }) => ({
    kind: 'handover-taken',
    data: { of: of as SessionEventId },
  })),
  'take-watch': oneEntry(takeWatchForm, 'watch', ({ from, reason }) => ({
    kind: 'watch-taken',
    data: { from: from ?? null },
    ...wordsOf({ reason }),
  })),
  'correct-scale': (form: FormData, { now }: FormMoment): FormEntries => {
    const parsed = parseForm(correctScaleForm, form)
    if (!parsed.ok) return parsed
    const { key, of, score, notTaken, correctionReason } = parsed.value
    const figures = { score: score === undefined ? null : Number(score), notTaken }
    return correction(key, of as SessionEventId, figures, correctionReason, now)
  },
  'correct-medicine': (form: FormData, { now }: FormMoment): FormEntries => {
    const parsed = parseForm(correctMedicineForm, form)
    if (!parsed.ok) return parsed
    const { key, of, medicine, amount, unit, correctionReason } = parsed.value
    return correction(key, of as SessionEventId, { medicine, amount, unit }, correctionReason, now)
  },
} as const
