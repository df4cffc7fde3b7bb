/**
 * What a urine screen looks for, with cut-offs, LOINC codes and how long it is found.
 *
 * Source: HHS Mandatory Guidelines for Federal Workplace Drug Testing Programs (urine), 2023 revision with the 2025
 * panel; LOINC 2.68. Workplace cut-offs: a clinical laboratory sets its own. Confidence: medium.
 */
export type Analyte = {
  readonly id: AnalyteId
  readonly label: string
  /** ng/mL of the first, presumptive test; null: depends on the assay. */
  readonly screenNgMl: number | null
  /** ng/mL of the laboratory's confirmation; null: none is given. */
  readonly confirmNgMl: number | null
  readonly loinc: { readonly screen?: string; readonly confirm?: string; readonly any?: string }
  /** How long after use it is usually found. */
  readonly window: string
  readonly note?: string
}

export const ANALYTE_IDS = [
  'cannabinoids',
  'cocaine-metabolite',
  'amphetamines',
  'mdma',
  'opiates',
  '6-am',
  'oxycodone',
  'fentanyl',
  'pcp',
  'benzodiazepines',
  'ketamine',
] as const
export type AnalyteId = (typeof ANALYTE_IDS)[number]

export const ANALYTES: readonly Analyte[] = [
  {
    id: 'cannabinoids',
    label: 'Cannabis',
    screenNgMl: 50,
    confirmNgMl: 15,
    loinc: { screen: '18282-4', confirm: '19289-8', any: '3427-2' },
    window: '3 days after single use, up to 30 days after daily use',
  },
  {
    id: 'cocaine-metabolite',
    label: 'Cocaine',
    screenNgMl: 150,
    confirmNgMl: 100,
    loinc: { screen: '14314-9', confirm: '14315-6', any: '3393-6' },
    window: '2 to 4 days',
  },
  {
    id: 'amphetamines',
    label: 'Amphetamines',
    screenNgMl: 500,
    confirmNgMl: 250,
    loinc: { screen: '19261-7', confirm: '16369-1', any: '3349-8' },
    window: '2 to 4 days',
  },
  { id: 'mdma', label: 'MDMA', screenNgMl: 500, confirmNgMl: 250, loinc: {}, window: '2 to 4 days' },
  {
    id: 'opiates',
    label: 'Opiates (morphine, codeine)',
    screenNgMl: 2000,
    confirmNgMl: 2000,
    loinc: {},
    window: '2 to 3 days',
    note: 'clinical panels often use 300 ng/mL',
  },
  {
    id: '6-am',
    label: 'Heroin marker (6-AM)',
    screenNgMl: 10,
    confirmNgMl: 10,
    loinc: {},
    window: 'less than a day',
  },
  {
    id: 'oxycodone',
    label: 'Oxycodone',
    screenNgMl: 100,
    confirmNgMl: 100,
    loinc: {},
    window: '2 to 4 days',
  },
  {
    id: 'fentanyl',
    label: 'Fentanyl',
    screenNgMl: 1,
    confirmNgMl: 1,
    loinc: {},
    window: '2 to 3 days, longer in chronic use',
  },
  { id: 'pcp', label: 'PCP', screenNgMl: 25, confirmNgMl: 25, loinc: {}, window: 'up to 8 days' },
  {
    id: 'benzodiazepines',
    label: 'Benzodiazepines',
    screenNgMl: 200,
    confirmNgMl: null,
    loinc: {},
    window: '3 days to weeks',
    note: 'not in the HHS panel; clonazepam and lorazepam are often missed',
  },
  {
    id: 'ketamine',
    label: 'Ketamine',
    screenNgMl: null,
    confirmNgMl: null,
    loinc: {},
    window: '2 to 4 days, dehydronorketamine up to about 14 days',
    note: 'needs its own assay; positive is expected after a session (LOINC candidates 3701-0, 20537-7, 18322-8)',
  },
]

export function analyteLabel(id: string): string {
  return ANALYTES.find((one) => one.id === id)?.label ?? id
}
