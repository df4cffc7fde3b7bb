import type { StateKind } from '../../ui/index.ts'
import type { GateField, GateItem, GateState } from './gate.ts'

const ITEM_WORDS: Readonly<Record<GateItem, { readonly open: string; readonly problem: string }>> = {
  danger: { open: 'words of danger', problem: 'words of danger: look at the safety concern' },
  harm: { open: 'thoughts of self-harm not asked', problem: 'thinks of harming themselves' },
  escort: { open: 'escort', problem: 'nobody can fetch them' },
  fasting: { open: 'fasting', problem: 'cannot fast' },
  medicines: { open: 'medicines', problem: 'medicines not as told' },
  use: { open: 'last use', problem: 'alcohol or another drug within a day of the visit' },
  unwell: { open: 'feeling well', problem: 'feels unwell' },
}

/** "Problem: nobody can fetch them; open: fasting". */
export function gateWords(state: GateState): string {
  if (state.kind === 'confirmed') return 'Confirmed'
  const open = state.missing.map((item) => ITEM_WORDS[item].open)
  const openWords =
    // Words of danger are never merely open.
    open.length === Object.keys(ITEM_WORDS).length - 1 ? 'nothing answered yet' : `open: ${open.join(', ')}`
  if (state.kind === 'open') return openWords.charAt(0).toUpperCase() + openWords.slice(1)
  const problems = state.problems.map((item) => ITEM_WORDS[item].problem).join(', ')
  return `${problems.charAt(0).toUpperCase()}${problems.slice(1)}${open.length > 0 ? `; ${openWords}` : ''}`
}

export function gateChip(state: GateState): StateKind {
  if (state.kind === 'confirmed') return 'calm'
  if (state.kind === 'open') return 'unknown'
  return state.problems.includes('harm') || state.problems.includes('danger') ? 'red' : 'amber'
}

const WHAT_WORDS: Readonly<Record<GateItem, string>> = {
  danger: 'how you are',
  harm: 'whether you think of harming yourself',
  escort: 'who brings you home, with a telephone number',
  fasting: 'eating and drinking',
  medicines: 'your medicines',
  use: 'alcohol and other drugs',
  unwell: 'whether you feel well',
}

/** What the person has still to say: "eating and drinking; your medicines". */
export function stillOpen(items: readonly GateItem[]): string {
  return items.map((item) => WHAT_WORDS[item]).join('; ')
}

export const FIELD_WORDS: Readonly<Record<GateField, string>> = {
  escort: 'Way home',
  escortName: 'Escort',
  escortPhone: 'Telephone of the escort',
  move: 'Would rather move the visit',
  fasting: 'Eating and drinking as asked',
  medicines: 'Medicines',
  medicinesWords: 'About the medicines',
  alcohol: 'Last alcohol',
  drugs: 'Last other drug',
  drugsWhat: 'Which drug',
  unwell: 'Feels unwell or feverish',
  unwellWords: 'What it is',
  harm: 'Thinks of harming themselves',
  question: 'Question',
}

const VALUE_WORDS: Readonly<Record<string, string>> = {
  named: 'Somebody fetches them',
  'not-yet': 'Not known yet',
  nobody: 'Nobody can fetch them',
  yes: 'Yes',
  no: 'No',
  'not-sure': 'Not sure',
  'as-told': 'As told',
  'not-as-told': 'Not as told',
  'not-told': 'Was told nothing',
  today: 'That day',
  yesterday: 'The day before that',
  earlier: 'Earlier',
  never: 'Never',
  'rather-not-say': 'Would rather not say',
}

/** An answer in words; what somebody wrote stands as it is. */
export function answerWords(field: GateField, value: string): string {
  if (value === '') return 'taken back'
  return isChoice(field) ? (VALUE_WORDS[value] ?? value) : value
}

function isChoice(field: GateField): boolean {
  return !/Name|Phone|Words|What|question/.test(field)
}
