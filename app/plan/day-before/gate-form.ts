import { momentInWords } from '../../platform/time.ts'
import { GATE_CHOICES, GATE_WORDS, type GateAnswers, type GateField, isNewEachTime, isPhone } from './gate.ts'
import { answerWords } from './gate-words.ts'

/** What was sent: good answers by field, and what to do about the others. */
export type GateSent = {
  readonly answers: Partial<Readonly<Record<GateField, string>>>
  readonly errors: Readonly<Record<string, string>>
}

/**
 * Reads the form field by field, so that one field that must be mended never keeps another from being heard.
 *
 * A question with choices that was left open is not in the result. Words that were emptied are: they take back what
 * stood there.
 */
export function readGateForm(form: FormData): GateSent {
  const answers: Partial<Record<GateField, string>> = {}
  const errors: Record<string, string> = {}
  const text = (name: string) => {
    const given = form.get(name)
    return typeof given === 'string' ? given.trim() : undefined
  }
  for (const [field, choices] of Object.entries(GATE_CHOICES)) {
    const given = text(field)
    if (!given) continue
    if ((choices as readonly string[]).includes(given)) answers[field as GateField] = given
    else errors[field] = 'Choose one of the answers.'
  }
  for (const [field, most] of Object.entries(GATE_WORDS)) {
    const given = text(field)
    if (given === undefined) continue
    if (given.length > most) errors[field] = `Keep this under ${most} characters.`
    else if (field === 'escortPhone' && given !== '' && !isPhone(given))
      errors[field] = 'Enter a telephone number with at least seven digits.'
    else answers[field as GateField] = given
  }
  if (answers.escort === 'named' && answers.escortName === '') errors.escortName = 'Say who it is.'
  if (answers.escort === 'named' && answers.escortPhone === '')
    errors.escortPhone = 'We need a number at which we reach them.'
  return { answers, errors }
}

/** Answers that a link does not show again, since it may be in other hands by now. */
const NOT_SHOWN_BY_LINK: readonly GateField[] = [
  'harm',
  'alcohol',
  'drugs',
  'drugsWhat',
  'medicinesWords',
  'unwellWords',
  'question',
  'escortName',
  'escortPhone',
]

/** What stands in the fields of a form: the newest answers. @param byLink leaves out what a link does not show again */
export function gateValues(answers: GateAnswers, byLink: boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answers)
      .filter(([field]) => !byLink || !NOT_SHOWN_BY_LINK.includes(field as GateField))
      .map(([field, answer]) => [field, answer.value]),
  )
}

/**
 * What stands in the fields of the form for a call: the newest answers, but none that is asked anew on each call, since
 * "today" of an earlier day would be another day by now.
 */
export function callValues(answers: GateAnswers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(gateValues(answers, false)).filter(
      ([field, value]) => !isNewEachTime(field as GateField, value),
    ),
  )
}

/**
 * What was told before and is asked anew, by field.
 *
 * @param who begins the sentence: "You said", "Told"
 * @returns such as "You said on Mon 23 Nov 2026, 18:10: that day. Please say it again."
 */
export function toldEarlier(answers: GateAnswers, timeZone: string, who: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answers)
      .filter(([field, { value }]) => isNewEachTime(field as GateField, value))
      .map(([field, { value, toldAt }]) => [
        field,
        `${who} on ${momentInWords(toldAt, timeZone)}: ${answerWords(field as GateField, value).toLowerCase()}. It is asked anew.`,
      ]),
  )
}

/** Whether who takes the person home was told in full, so that a link need not ask, and does not show, it again. */
export function escortTold(answers: GateAnswers): boolean {
  return Boolean(answers.escortName?.value) && isPhone(answers.escortPhone?.value)
}

/**
 * What was sent by link: an empty field that never showed its answer takes nothing back. Another escort is the
 * exception: a new name never keeps the number of the one before, nor a new number the name.
 *
 * @param told whether the escort was told before (`escortTold`); then leaving both fields empty is no mistake
 */
export function byLink({ answers, errors }: GateSent, told: boolean): GateSent {
  const another = Boolean(answers.escortName) || Boolean(answers.escortPhone)
  const kept = Object.entries(answers).filter(
    ([field, value]) => value !== '' || !NOT_SHOWN_BY_LINK.includes(field as GateField),
  )
  const emptied = another ? { escortName: '', escortPhone: '' } : {}
  const wrongPhone = answers.escortPhone === undefined
  const { escortName, escortPhone, ...others } = errors
  return {
    answers: { ...emptied, ...Object.fromEntries(kept) },
    errors: told && !another && !wrongPhone ? others : errors,
  }
}
