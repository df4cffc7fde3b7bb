import type { SourceTag } from '../eligibility/eligibility.ts'
import type { FactKind } from '../fact.ts'
import type { TrackId } from '../forms/condition-track.ts'
import type { TestKind } from '../lab-tests/lab-test.ts'

export type WorkUpOutcome = 'done' | 'refused' | 'not-needed'

/** What shows that an item was done; where several are named, the newest counts. A tick counts where `record` allows it. */
export type DoneBy = {
  /** Every one of these is known; together they are as old as the oldest. */
  readonly facts?: readonly FactKind[]
  /** A test of one of these kinds whose specimen can be trusted. */
  readonly tests?: readonly TestKind[]
  /** A finished form of one of these instruments. */
  readonly instruments?: readonly string[]
  /** The list of medicines is known. */
  readonly medicines?: true
}

export type WorkUpItem = {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly need:
    | { readonly always: true }
    | { readonly pregnancyPossible: true }
    /** Needed for these tracks, and while the track is not known. */
    | { readonly tracks: readonly TrackId[] }
  /** Days from the opening of the assessment until it is due. */
  readonly dueWithinDays: number
  /** How old it may be until the first dose; null: it does not age. */
  readonly maxAgeDays: number | null
  /** In a course it is due again after six doses or three months, whichever comes first. */
  readonly again: boolean
  readonly doneBy: DoneBy
  /** What may be written down by hand. */
  readonly record: readonly WorkUpOutcome[]
  /** A tick for it names the state whose programme was asked. */
  readonly asksState?: true
  /** What to do, as whoever reads it should do it. */
  readonly how: string
  readonly source: string
  readonly tag: SourceTag
}

/** Doses after which, and days after which, an item of a course is due again. safety.md §8, a design default. */
export const AGAIN = { doses: 6, days: 90 } as const

type Given = Partial<WorkUpItem> & Pick<WorkUpItem, 'id' | 'title' | 'how' | 'source' | 'tag'>

const item = (given: Given): WorkUpItem => ({
  version: 1,
  need: { always: true },
  dueWithinDays: 14,
  maxAgeDays: null,
  again: false,
  doneBy: {},
  record: ['done', 'refused', 'not-needed'],
  ...given,
})

const firstLine = (id: string, title: string, tracks?: readonly TrackId[]): WorkUpItem =>
  item({
    id,
    title: `${title} offered first`,
    ...(tracks ? { need: { tracks } } : {}),
    record: ['done', 'refused', 'not-needed'],
    how: `Offer it. Write down that it was taken up or tried before, or the refusal in the person’s words, or why it does not suit.`,
    source: 'alternatives are offered first or recorded as declined',
    tag: 'D',
  })

/**
 * The baseline work-up as data. What must be there comes from safety.md, baseline work-up and long term; by when, and
 * how old something may be, are design defaults that a medical director must set.
 */
export const WORK_UP_ITEMS: readonly WorkUpItem[] = [
  item({
    id: 'psychiatric-history',
    title: 'Psychiatric history',
    doneBy: {
      facts: ['psychosis', 'psychosis-in-family', 'mania-now', 'dissociative-disorder-dementia-delirium'],
    },
    maxAgeDays: 365,
    record: [],
    how: 'Ask for psychosis (own and in the family), mania and dissociation, and record each as a fact.',
    source: 'baseline work-up; APA consensus 2017',
    tag: 'S/M',
  }),
  item({
    id: 'examination',
    title: 'Medical history and examination, airway included',
    doneBy: { facts: ['stop-bang', 'blood-pressure', 'heart-rate-per-min'] },
    maxAgeDays: 365,
    record: ['done'],
    how: 'Examine, look at the airway, and record STOP-BANG, blood pressure and heart rate.',
    source: 'baseline work-up; ASKP3 standards',
    tag: 'S/M',
  }),
  item({
    id: 'weight-height',
    title: 'Weight and height',
    doneBy: { facts: ['weight-kg', 'height-cm'] },
    maxAgeDays: 365,
    record: [],
    how: 'Weigh and measure. An order asks for a weight of its own that is younger.',
    source: 'baseline work-up',
    tag: 'S/M',
  }),
  item({
    id: 'medicines',
    title: 'List of medicines',
    doneBy: { medicines: true },
    maxAgeDays: 30,
    again: true,
    record: ['done'],
    how: 'Ask for everything that is taken, and record each, or that there is nothing.',
    source: 'baseline work-up',
    tag: 'S/M',
  }),
  item({
    id: 'pdmp',
    title: 'Prescription-monitoring check',
    maxAgeDays: 30,
    again: true,
    asksState: true,
    how: 'Ask the state’s programme, and write down which state and what it showed.',
    source: 'baseline work-up; state law differs',
    tag: 'S/M',
  }),
  item({
    id: 'ecg',
    title: 'ECG',
    doneBy: { facts: ['ecg'] },
    maxAgeDays: 365,
    record: ['refused', 'not-needed'],
    how: 'Record an ECG, or write down why it is not needed: no cardiac risk.',
    source: 'British Columbia draft standard; elsewhere if there is cardiac risk',
    tag: 'S/M',
  }),
  item({
    id: 'renal',
    title: 'Renal function',
    maxAgeDays: 365,
    how: 'Take blood (creatinine, eGFR) or enter an outside report with its day and figures.',
    source: 'baseline work-up',
    tag: 'S/M',
  }),
  item({
    id: 'liver',
    title: 'Liver enzymes (ALT, AST)',
    doneBy: { facts: ['alt-times-uln', 'ast-times-uln'] },
    maxAgeDays: 90,
    again: true,
    record: ['refused'],
    how: 'Take blood, and record ALT and AST as facts.',
    source: 'ASRA 2018; again after six doses or three months',
    tag: 'S/D',
  }),
  item({
    id: 'cbc',
    title: 'Blood count, if indicated',
    maxAgeDays: 365,
    how: 'Say whether it is indicated. If so take blood and write down the result.',
    source: 'baseline work-up, if indicated',
    tag: 'S/M',
  }),
  item({
    id: 'tsh',
    title: 'TSH, if indicated',
    maxAgeDays: 365,
    how: 'Say whether it is indicated. If so take blood and write down the result.',
    source: 'baseline work-up, if indicated',
    tag: 'S/M',
  }),
  item({
    id: 'urinalysis',
    title: 'Urinalysis',
    maxAgeDays: 90,
    again: true,
    how: 'Test urine for blood, protein and infection, and write down what was found.',
    source: 'baseline work-up; with the bladder score again after six doses or three months',
    tag: 'S/D',
  }),
  item({
    id: 'drug-screen',
    title: 'Urine drug screen',
    doneBy: { tests: ['urine'] },
    maxAgeDays: 30,
    again: true,
    record: ['refused'],
    how: 'Collect urine, and record the screen with the biological tests.',
    source: 'baseline work-up; each visit where possible',
    tag: 'S/D',
  }),
  item({
    id: 'pregnancy-test',
    title: 'Pregnancy test',
    need: { pregnancyPossible: true },
    doneBy: { facts: ['pregnancy-test'] },
    maxAgeDays: 7,
    record: ['refused'],
    how: 'Test, and record the result as a fact. It is due again within seven days of the first dose, and on that day.',
    source: 'MORE-KARE: within 7 days and on the day of the first dose',
    tag: 'S',
  }),
  item({
    id: 'alcohol-biomarker',
    title: 'Alcohol marker (PEth or EtG)',
    need: { tracks: ['alcohol'] },
    doneBy: { tests: ['peth', 'urine-etg', 'cdt'] },
    maxAgeDays: 60,
    record: ['refused'],
    how: 'Take PEth in blood or EtG in urine, and record it with the biological tests.',
    source: 'baseline work-up',
    tag: 'S/M',
  }),
  item({
    id: 'c-ssrs',
    title: 'Suicide risk screen (C-SSRS)',
    doneBy: { instruments: ['c-ssrs-screener'], facts: ['suicide-risk-level'] },
    dueWithinDays: 1,
    maxAgeDays: 30,
    record: [],
    how: 'Ask the screen; it is asked again on every day of a dose.',
    source: 'baseline work-up',
    tag: 'S/M',
  }),
  item({
    id: 'audit',
    title: 'Alcohol questions (AUDIT)',
    doneBy: { instruments: ['audit', 'audit-c'] },
    maxAgeDays: 180,
    record: ['refused'],
    how: 'Lay AUDIT or AUDIT-C before the person.',
    source: 'baseline work-up',
    tag: 'S/M',
  }),
  item({
    id: 'dast',
    title: 'Drug questions (DAST-10)',
    doneBy: { instruments: ['dast-10'] },
    maxAgeDays: 180,
    record: ['refused'],
    how: 'Lay DAST-10 before the person.',
    source: 'baseline work-up',
    tag: 'S/M',
  }),
  item({
    id: 'bladder-score',
    title: 'Bladder score (IPSS or O’Leary-Sant)',
    doneBy: { instruments: ['icsi-icpi', 'bpic-ss'] },
    maxAgeDays: 90,
    again: true,
    record: ['done', 'refused'],
    how: 'Lay the bladder form before the person, or write down an IPSS taken on paper with its points.',
    source: 'baseline; again after six doses or three months',
    tag: 'S/D',
  }),
  firstLine('first-line-naltrexone', 'Naltrexone', ['alcohol']),
  firstLine('first-line-acamprosate', 'Acamprosate', ['alcohol']),
  firstLine('first-line-buprenorphine', 'Buprenorphine', ['opioids']),
  firstLine('first-line-methadone', 'Methadone', ['opioids']),
  firstLine('first-line-cbt', 'Cognitive behavioural therapy'),
]
