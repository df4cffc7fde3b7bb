import type { MedicineGroup } from './medicine-groups.ts'

/** S: named in the source of the interaction. M: brand or member of the group, from memory, to be confirmed. D: put into the group as a default. */
export type NameTag = 'S' | 'M' | 'D'

export type NamedMedicine = {
  /** Generic name, or the word people say. Lower case. */
  readonly generic: string
  /** Common brand names in the United States, and other words for it. Lower case. */
  readonly also: readonly string[]
  readonly group: MedicineGroup
  readonly tag: NameTag
}

const named = (
  group: MedicineGroup,
  tag: NameTag,
  rows: Readonly<Record<string, readonly string[]>>,
): NamedMedicine[] => Object.entries(rows).map(([generic, also]) => ({ generic, also, group, tag }))

/**
 * Names that this house knows, by group. It is short on purpose: a name that is not here is "not known", and somebody
 * looks; it never means that there is no interaction. Brand names are those common in the United States.
 */
export const MEDICINE_NAMES: readonly NamedMedicine[] = [
  ...named('benzodiazepine', 'M', {
    alprazolam: ['xanax', 'niravam'],
    lorazepam: ['ativan', 'loreev'],
    clonazepam: ['klonopin'],
    diazepam: ['valium'],
    chlordiazepoxide: ['librium', 'librax'],
    temazepam: ['restoril'],
    oxazepam: ['serax'],
    clorazepate: ['tranxene'],
    triazolam: ['halcion'],
    estazolam: ['prosom'],
    flurazepam: ['dalmane'],
    clobazam: ['onfi', 'sympazan'],
    midazolam: ['versed', 'nayzilam'],
    zolpidem: ['ambien', 'edluar', 'intermezzo', 'zolpimist'],
    zaleplon: ['sonata'],
    eszopiclone: ['lunesta'],
    zopiclone: [],
    benzodiazepine: ['benzo', 'benzos'],
  }),
  ...named('lamotrigine', 'S', { lamotrigine: ['lamictal', 'subvenite'] }),
  ...named('naltrexone', 'S', { naltrexone: ['revia', 'contrave', 'depade'] }),
  ...named('naltrexone-xr', 'S', {
    'xr naltrexone': ['vivitrol', 'naltrexone xr', 'extended release naltrexone', 'naltrexone injection'],
  }),
  ...named('opioid', 'S', {
    methadone: ['dolophine', 'methadose'],
    buprenorphine: ['suboxone', 'subutex', 'zubsolv', 'sublocade', 'brixadi', 'butrans', 'belbuca'],
  }),
  ...named('opioid', 'M', {
    oxycodone: ['oxycontin', 'roxicodone', 'percocet', 'xtampza'],
    hydrocodone: ['vicodin', 'norco', 'lortab', 'hysingla'],
    hydromorphone: ['dilaudid'],
    oxymorphone: ['opana'],
    morphine: ['ms contin', 'kadian'],
    codeine: ['tylenol 3'],
    tramadol: ['ultram', 'ultracet'],
    tapentadol: ['nucynta'],
    meperidine: ['demerol'],
    fentanyl: ['duragesic', 'actiq'],
    heroin: [],
    kratom: [],
    opioid: ['opioids', 'opiate', 'opiates'],
  }),
  ...named('stimulant-prescribed', 'M', {
    methylphenidate: ['ritalin', 'concerta', 'daytrana', 'metadate', 'quillivant', 'jornay'],
    dexmethylphenidate: ['focalin', 'azstarys'],
    'mixed amphetamine salts': ['adderall', 'mydayis'],
    dextroamphetamine: ['dexedrine', 'zenzedi'],
    lisdexamfetamine: ['vyvanse'],
    modafinil: ['provigil'],
    armodafinil: ['nuvigil'],
    phentermine: ['adipex', 'qsymia'],
  }),
  ...named('stimulant-illicit', 'S', {
    cocaine: ['crack', 'coke'],
    methamphetamine: ['meth', 'crystal meth'],
    // "Amphetamine" alone is not here: it is prescribed as well, so somebody asks which.
    'street amphetamine': ['speed'],
  }),
  ...named('maoi', 'S', { tranylcypromine: ['parnate'] }),
  ...named('maoi', 'M', {
    phenelzine: ['nardil'],
    isocarboxazid: ['marplan'],
    selegiline: ['emsam', 'eldepryl', 'zelapar'],
    rasagiline: ['azilect'],
    safinamide: ['xadago'],
    linezolid: ['zyvox'],
  }),
  ...named('cyp', 'S', {
    clarithromycin: ['biaxin'],
    ketoconazole: ['nizoral'],
    itraconazole: ['sporanox', 'tolsura'],
    fluconazole: ['diflucan'],
    voriconazole: ['vfend'],
    posaconazole: ['noxafil'],
    ritonavir: ['norvir', 'paxlovid', 'kaletra'],
    carbamazepine: ['tegretol', 'equetro', 'carbatrol', 'epitol'],
    rifampin: ['rifadin', 'rifampicin', 'rimactane'],
    'st johns wort': ['st john s wort', 'saint johns wort', 'hypericum'],
  }),
  ...named('cyp', 'M', {
    phenytoin: ['dilantin'],
    phenobarbital: [],
    efavirenz: ['sustiva', 'atripla'],
    ticlopidine: ['ticlid'],
    cobicistat: ['tybost'],
  }),
  ...named('theophylline', 'S', { theophylline: ['theo 24', 'theochron', 'uniphyl'], aminophylline: [] }),
  ...named('antipsychotic', 'S', {
    clozapine: ['clozaril', 'fazaclo', 'versacloz'],
    risperidone: ['risperdal', 'perseris', 'uzedy'],
    haloperidol: ['haldol'],
  }),
  ...named('antipsychotic', 'D', {
    olanzapine: ['zyprexa', 'symbyax', 'lybalvi'],
    quetiapine: ['seroquel'],
    aripiprazole: ['abilify', 'aristada'],
    ziprasidone: ['geodon'],
    lurasidone: ['latuda'],
    paliperidone: ['invega'],
    cariprazine: ['vraylar'],
    brexpiprazole: ['rexulti'],
    asenapine: ['saphris'],
    lumateperone: ['caplyta'],
    chlorpromazine: ['thorazine'],
    fluphenazine: ['prolixin'],
    perphenazine: ['trilafon'],
  }),
  ...named('lithium', 'S', { lithium: ['lithobid', 'eskalith'] }),
  ...named('alcohol', 'S', { alcohol: ['beer', 'wine', 'spirits', 'liquor'] }),
  ...named('cannabis', 'S', { cannabis: ['marijuana', 'weed', 'thc', 'dronabinol', 'marinol'] }),
  ...named('gabapentinoid', 'S', {
    gabapentin: ['neurontin', 'gralise', 'horizant'],
    pregabalin: ['lyrica'],
  }),
  ...named('disulfiram', 'S', { disulfiram: ['antabuse'] }),
]

/** Lower case words and digits with single spaces around, so that a name is found as whole words. */
function plain(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[’']s\b/g, 's')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `
}

const BY_WORDS = MEDICINE_NAMES.flatMap((medicine) =>
  [medicine.generic, ...medicine.also].map((name) => ({ words: plain(name), medicine })),
)

/**
 * The medicines of the table whose generic or brand name stands in what was told, as whole words.
 *
 * @param told e.g. "Xanax 0.5 mg at night"
 * @returns empty when the table knows none: that is "not known", never "no interaction"
 * @example namedIn('Suboxone film').map(({ group }) => group) // ['opioid']
 */
export function namedIn(told: string): NamedMedicine[] {
  const text = plain(told)
  const found = BY_WORDS.filter(({ words }) => text.includes(words))
  // "Naltrexone XR" is the injection and not the tablet as well: the longer name says it.
  const longest = found.filter(({ words }) =>
    found.every((other) => other.words === words || !other.words.includes(words)),
  )
  return [...new Set(longest.map(({ medicine }) => medicine))]
}

/**
 * Of the medicines that stand, those that what was told may be over again: the same name of the table, generic or
 * brand, or the same words.
 *
 * @example sameNamed('alprazolam', [{ name: 'Xanax 0.5 mg' }, { name: 'Lamictal' }]) // [{ name: 'Xanax 0.5 mg' }]
 */
export function sameNamed<Row extends { readonly name: string }>(
  told: string,
  standing: readonly Row[],
): Row[] {
  const known = namedIn(told).map(({ generic }) => generic)
  return standing.filter(
    ({ name }) => plain(name) === plain(told) || namedIn(name).some(({ generic }) => known.includes(generic)),
  )
}

/** Every name of the table as people write it, for suggestions while typing. */
export const SUGGESTED_NAMES: readonly string[] = MEDICINE_NAMES.flatMap(({ generic, also }) => [
  generic,
  ...also,
])
  .map((name) => name[0]!.toUpperCase() + name.slice(1))
  .sort((a, b) => a.localeCompare(b, 'en'))
