import type { DoseKind } from '../session/dose-words.ts'

/** What the page says after a form was taken, by the word in its address. */
const DONE_WORDS: Readonly<Record<string, string>> = {
  opened: 'Session opened.',
  arrived: 'Arrival recorded.',
  identity: 'Identity recorded.',
  checklist: 'Checklist recorded.',
  reading: 'Reading recorded.',
  'dose-started': 'Dose recorded, and the drug taken off the stock.',
  device: 'Device recorded, and taken off the stock.',
  'dose-paused': 'Pause recorded. Check that the pump stands.',
  'dose-resumed': 'Infusion resumed.',
  rate: 'New rate recorded. The expected end and the curve follow it.',
  'dose-stopped': 'Stop recorded. Check that the pump stands.',
  'dose-finished': 'End of the infusion recorded.',
  observation: 'Observation recorded.',
  steps: 'Answers recorded.',
  discharged: 'They have left. The note is next.',
  closed: 'Session ended without a dose.',
  corrected: 'Corrected; the old value stays in the log.',
  access: 'Access recorded.',
  'access-removed': 'Removal of the access recorded.',
  scale: 'Scale recorded.',
  comfort: 'Recorded.',
  music: 'Recorded.',
  'sitter-in': 'Recorded who sits with them.',
  'sitter-out': 'Recorded that nobody sits with them any more.',
  medicine: 'Medicine recorded.',
  call: 'Call recorded.',
  adverse: 'Adverse event recorded.',
  'adverse-followed': 'Follow-up recorded.',
  offer: 'Offered. The watch stays with you until your colleague takes it.',
  watch: 'The watch over this room is yours.',
  acknowledged: 'Alarm acknowledged. It stays here until it is over.',
}

/** The same of a dose without a pump. */
const WITHOUT_PUMP: Readonly<Record<string, string>> = {
  'dose-stopped': 'Stop recorded. Nothing more is given.',
  'dose-finished': 'End of the dose recorded.',
}

/** What is said after a form, in the words of what is being given. */
export function doneWords(done: string, dose: DoseKind | undefined): string | undefined {
  return (dose && dose !== 'infusion' ? WITHOUT_PUMP[done] : undefined) ?? DONE_WORDS[done]
}
