import { describe, expect, it } from 'vitest'
import { fact, NOW } from '../../../tests/well-person.ts'
import { addMs, HOUR_MS, type LocalDate } from '../../platform/time.ts'
import { interactionsOf, isSetAside, listIsKnown, type Surroundings } from './interaction.ts'
import { INTERACTION_RULES } from './interaction-rules.ts'
import { byGravity, medicineHolds, medicineNotices, standingOf, whyNotKnown } from './interaction-words.ts'
import { type EntryOf, type MedicineEntry, type MedicineTold, medicineList } from './medicine.ts'
import { isMedicineGroup } from './medicine-groups.ts'
import { MEDICINE_NAMES, namedIn, sameNamed } from './medicine-names.ts'

let n = 0
const entry = (told: EntryOf, replaces?: MedicineEntry): MedicineEntry => {
  n += 1
  return {
    id: `m${String(n).padStart(4, '0')}` as MedicineEntry['id'],
    personId: 'person' as MedicineEntry['personId'],
    told,
    replaces: replaces?.id,
    reason: replaces && 'asked again',
    recordedAt: addMs(NOW, (n - 5_000) * 1_000),
    recordedBy: 'nurse',
  }
}
const taken = (name: string, more: Partial<MedicineTold> = {}) =>
  entry({
    kind: 'taken',
    name,
    group: 'not-known',
    dose: undefined,
    since: undefined,
    lastTakenAt: undefined,
    source: 'self-report',
    ...more,
  })
const none = () => entry({ kind: 'none', source: 'self-report' })
const QUIET: Surroundings = {
  facts: [fact('spo2-percent', 98), fact('stimulant-last-24-h', 'no'), fact('intoxicated-now', 'no')],
  alertness: { moaas: 5, at: NOW },
  opioidScreen: 'negative',
}
const look = (entries: MedicineEntry[], around: Surroundings = QUIET) =>
  interactionsOf(INTERACTION_RULES, medicineList(entries), around, NOW)
const of = (id: string, entries: MedicineEntry[], around: Surroundings = QUIET) =>
  look(entries, around).find(({ rule }) => rule.id === id)!
const OLD = '2020-01-01' as LocalDate

describe('a name that stands already', () => {
  const standing = ['Xanax 0.5 mg', 'Lamictal', 'blue tablet'].map((name) => ({ name }))
  it.each([
    ['xanax', ['Xanax 0.5 mg']],
    ['Alprazolam', ['Xanax 0.5 mg']],
    ['Blue  Tablet', ['blue tablet']],
    ['Ativan', []],
    ['a red tablet', []],
  ])('%s', (told, same) => {
    expect(sameNamed(told, standing).map(({ name }) => name)).toEqual(same)
  })
})

describe('a name', () => {
  it.each([
    ['Xanax 0.5 mg at night', ['benzodiazepine']],
    ['ZOLPIDEM', ['benzodiazepine']],
    ['Suboxone film', ['opioid']],
    ['buprenorphine/naloxone', ['opioid']],
    ['Naltrexone', ['naltrexone']],
    ['naltrexone XR 380 mg', ['naltrexone-xr']],
    ['St. John’s wort', ['cyp']],
    ['Theo-24', ['theophylline']],
    ['Risperdal', ['antipsychotic']],
    ['Xanaks', []],
    ['Methylone', []],
    ['amphetamine', []],
    ['', []],
  ])('%s', (told, groups) => {
    expect(namedIn(told).map(({ group }) => group)).toEqual(groups)
  })

  it('stands in the table once, in a group that exists', () => {
    const all = MEDICINE_NAMES.flatMap(({ generic, also }) => [generic, ...also])
    expect(new Set(all).size).toBe(all.length)
    expect(MEDICINE_NAMES.every(({ group }) => isMedicineGroup(group))).toBe(true)
  })
})

describe('a list', () => {
  it('is unknown while nothing was told, and never "none"', () => {
    expect(medicineList([]).state).toBe('unknown')
  })

  it('is none only when somebody said so', () => {
    expect(medicineList([none()]).state).toBe('none')
  })

  it('is unknown again once that statement is taken back', () => {
    const said = none()
    expect(medicineList([said, entry({ kind: 'withdrawn' }, said)]).state).toBe('unknown')
  })

  it('is listed by a medicine told after "none"', () => {
    expect(medicineList([none(), taken('Xanax')]).state).toBe('listed')
  })

  it('is unknown when everything was stopped and nobody said that there is nothing else', () => {
    const before = none()
    const xanax = taken('Xanax')
    expect(medicineList([before, xanax, entry({ kind: 'stopped' }, xanax)]).state).toBe('unknown')
  })

  it('shows a change in place of what it replaces', () => {
    const first = taken('Xanax')
    const second = { ...taken('Xanax', { dose: '1 mg' }), replaces: first.id, reason: 'asked again' }
    expect(medicineList([first, second]).medicines.map(({ told }) => told.dose)).toEqual(['1 mg'])
  })

  it('keeps the group of a known name whatever staff chose beside it', () => {
    const [only] = medicineList([taken('Xanax', { group: 'none-of-these' })]).medicines
    expect(only?.groups).toEqual(['benzodiazepine'])
  })

  it.each([
    ['Foozol', 'not-known', false],
    ['Foozol', 'none-of-these', true],
    ['Foozol', 'maoi', true],
    ['Xanax', 'not-known', true],
  ] as const)('%s, chosen %s: known %s', (name, group, known) => {
    expect(listIsKnown(medicineList([taken(name, { group })]), NOW)).toBe(known)
  })
})

describe('an interaction', () => {
  const within = (hours: number) => ({ lastTakenAt: addMs(NOW, -hours * HOUR_MS), since: OLD })
  const since = (days: number) => ({
    since: new Date(Date.parse(NOW) - days * 86_400_000).toISOString().slice(0, 10) as LocalDate,
  })
  const moaas = (value: number): Surroundings => ({ ...QUIET, alertness: { moaas: value, at: NOW } })
  const { alertness: _, ...unrated } = QUIET
  const spo2 = (value: number): Surroundings => ({
    ...QUIET,
    facts: [fact('spo2-percent', value), ...QUIET.facts.slice(1)],
  })
  const stimulant = (value: string): Surroundings => ({
    ...QUIET,
    facts: [fact('stimulant-last-24-h', value), fact('intoxicated-now', 'no')],
  })
  const start = (name: string) => taken(name, { kind: 'to-start' })

  const ROWS: [string, string, MedicineEntry[], Surroundings, string, string, boolean][] = [
    ['nothing told', 'maoi', [], QUIET, 'unknown', 'amber', false],
    ['no medicines', 'maoi', [none()], QUIET, 'no', 'amber', false],
    ['a name nobody knows', 'maoi', [taken('Foozol')], QUIET, 'unknown', 'amber', false],
    ['benzodiazepine', 'benzodiazepine', [taken('Xanax')], QUIET, 'yes', 'amber', false],
    [
      'with an opioid',
      'benzodiazepine',
      [taken('Xanax'), taken('Norco', { since: OLD })],
      QUIET,
      'yes',
      'red',
      true,
    ],
    [
      'with an unknown name',
      'benzodiazepine',
      [taken('Xanax'), taken('Foozol')],
      QUIET,
      'yes',
      'amber',
      true,
    ],
    ['alertness 4', 'benzodiazepine', [taken('Xanax')], moaas(4), 'yes', 'red', true],
    ['alertness 5', 'benzodiazepine', [taken('Xanax')], moaas(5), 'yes', 'amber', false],
    ['alertness not rated', 'benzodiazepine', [taken('Xanax')], unrated, 'yes', 'amber', true],
    ['lamotrigine', 'lamotrigine', [taken('Lamictal')], unrated, 'yes', 'info', false],
    ['naltrexone', 'naltrexone', [taken('Vivitrol')], unrated, 'yes', 'info', false],
    [
      'naltrexone with an opioid',
      'naltrexone',
      [taken('Naltrexone'), taken('Suboxone', { since: OLD })],
      QUIET,
      'yes',
      'red',
      true,
    ],
    [
      'naltrexone, the rest not known',
      'naltrexone',
      [taken('Vivitrol'), taken('a blue one')],
      QUIET,
      'yes',
      'info',
      true,
    ],
    ['opioid for long', 'opioid', [taken('Methadone', { since: OLD })], QUIET, 'yes', 'amber', false],
    ['opioid for 14 days', 'opioid', [taken('Methadone', since(15))], QUIET, 'yes', 'amber', false],
    ['opioid for 13 days', 'opioid', [taken('Methadone', since(13))], QUIET, 'yes', 'red', true],
    ['opioid since unknown', 'opioid', [taken('Methadone')], QUIET, 'yes', 'amber', true],
    ['saturation 93', 'opioid', [taken('Methadone', { since: OLD })], spo2(93), 'yes', 'red', true],
    ['saturation 94', 'opioid', [taken('Methadone', { since: OLD })], spo2(94), 'yes', 'amber', false],
    ['opioid, alertness 4', 'opioid', [taken('Methadone', { since: OLD })], moaas(4), 'yes', 'red', true],
    ['opioid, alertness 5', 'opioid', [taken('Methadone', { since: OLD })], moaas(5), 'yes', 'amber', false],
    [
      'opioid, alertness not rated',
      'opioid',
      [taken('Methadone', { since: OLD })],
      unrated,
      'yes',
      'amber',
      true,
    ],
    [
      'opioid, saturation not measured',
      'opioid',
      [taken('Methadone', { since: OLD })],
      { ...QUIET, facts: [] },
      'yes',
      'amber',
      true,
    ],
    // A block holds what is to be begun, never the dose.
    [
      'injection planned, no screen, the rest not known',
      'naltrexone-xr-start',
      [start('Vivitrol'), taken('Foozol')],
      { ...QUIET, opioidScreen: 'unknown' },
      'yes',
      'info',
      false,
    ],
    [
      'cocaine, intoxicated now',
      'stimulant-illicit',
      [taken('cocaine', { ...within(30) })],
      { ...QUIET, facts: [fact('stimulant-last-24-h', 'no'), fact('intoxicated-now', 'yes')] },
      'yes',
      'red',
      true,
    ],
    [
      'cocaine, nobody has looked',
      'stimulant-illicit',
      [taken('cocaine', { ...within(30) })],
      { ...QUIET, facts: [fact('stimulant-last-24-h', 'no')] },
      'yes',
      'amber',
      true,
    ],
    ['injection planned', 'naltrexone-xr-start', [start('Vivitrol')], QUIET, 'yes', 'info', false],
    [
      'opioid screen positive',
      'naltrexone-xr-start',
      [start('Vivitrol')],
      { ...QUIET, opioidScreen: 'positive' },
      'yes',
      'block',
      false,
    ],
    [
      'opioid on the list',
      'naltrexone-xr-start',
      [start('Vivitrol'), taken('Norco')],
      QUIET,
      'yes',
      'block',
      false,
    ],
    ['injection taken', 'naltrexone-xr-start', [taken('Vivitrol')], QUIET, 'no', 'info', false],
    ['stimulant prescribed', 'stimulant-prescribed', [taken('Adderall')], QUIET, 'yes', 'amber', false],
    [
      'cocaine, no use today',
      'stimulant-illicit',
      [taken('cocaine', within(48))],
      QUIET,
      'yes',
      'amber',
      false,
    ],
    ['cocaine 23 h ago', 'stimulant-illicit', [taken('cocaine', within(23))], QUIET, 'yes', 'red', true],
    [
      'cocaine long ago, not asked today',
      'stimulant-illicit',
      [taken('cocaine', within(48))],
      stimulant('unknown'),
      'yes',
      'amber',
      true,
    ],
    ['used today, not on the list', 'stimulant-illicit', [none()], stimulant('yes'), 'yes', 'red', true],
    ['MAO inhibitor', 'maoi', [taken('Parnate')], unrated, 'yes', 'amber', false],
    ['CYP', 'cyp', [taken('Tegretol')], unrated, 'yes', 'info', false],
    ['theophylline', 'theophylline', [taken('theophylline')], QUIET, 'yes', 'red', true],
    ['clozapine', 'antipsychotic', [taken('clozapine')], QUIET, 'yes', 'amber', false],
    ['lithium', 'lithium', [taken('Lithobid')], QUIET, 'yes', 'none', false],
    ['gabapentin', 'alcohol-cannabis-gabapentinoid', [taken('Neurontin')], QUIET, 'yes', 'amber', false],
    [
      'alcohol 23 h ago',
      'alcohol-cannabis-gabapentinoid',
      [taken('beer', within(23))],
      QUIET,
      'yes',
      'red',
      true,
    ],
    [
      'alcohol 24 h ago',
      'alcohol-cannabis-gabapentinoid',
      [taken('beer', within(24))],
      QUIET,
      'yes',
      'amber',
      false,
    ],
    ['alcohol, when unknown', 'alcohol-cannabis-gabapentinoid', [taken('beer')], QUIET, 'yes', 'amber', true],
    ['disulfiram', 'disulfiram', [taken('Antabuse')], QUIET, 'yes', 'info', false],
  ]
  it.each(ROWS)('%s', (_name, id, entries, around, applies, level, holds) => {
    const one = of(id, entries, around)
    expect([one.applies, one.level, one.holds]).toEqual([applies, level, holds])
  })

  it('has a row for every rule, and one in which each raise holds and one in which it is not known', () => {
    const seen = ROWS.map(([, id, entries, around]) => of(id, entries, around))
    const wanted = INTERACTION_RULES.flatMap(({ id, raises }) => [
      id,
      ...raises.flatMap((_, i) => [`${id} raise ${i} holds`, `${id} raise ${i} not known`]),
    ])
    const covered = new Set(
      seen.flatMap(({ rule, applies, raised, open }) => [
        ...(applies === 'yes' ? [rule.id] : []),
        ...raised.map((raise) => `${rule.id} raise ${rule.raises.indexOf(raise)} holds`),
        ...open.map((raise) => `${rule.id} raise ${rule.raises.indexOf(raise)} not known`),
      ]),
    )
    expect(wanted.filter((one) => !covered.has(one))).toEqual([])
  })

  it('never asks to stop what must not be stopped', () => {
    for (const id of ['benzodiazepine', 'lamotrigine', 'opioid', 'antipsychotic', 'lithium']) {
      const rule = INTERACTION_RULES.find((one) => one.id === id)
      expect(rule?.keep, id).toMatch(/^Do not stop/)
    }
    for (const { id, say, raises } of INTERACTION_RULES) {
      expect([say, ...raises.map(({ settle }) => settle)].join(' '), id).not.toMatch(/\bstop/i)
    }
  })
})

describe('what is said before a dose', () => {
  // Of the table the one to know comes first, the one that holds the dose last.
  const entries = [taken('Lamictal'), taken('Risperdal'), taken('Methadone'), taken('theophylline')]
  const words = (each: readonly { readonly word: string }[]) => each.map(({ word }) => word)

  it('is what holds it, what holds it until known, what is to be weighed, what is to be known', () => {
    const applying = look(entries).filter(({ applies }) => applies === 'yes')
    expect(words(applying.toSorted(byGravity).map(standingOf))).toEqual([
      'holds the dose',
      'holds until known',
      'to weigh',
      'to know',
    ])
    const notices = medicineNotices({ list: medicineList(entries), interactions: look(entries) }, NOW)
    expect(notices.map(({ state }) => state)).toEqual(['red', 'unknown', 'amber', 'calm'])
  })

  it('puts a list that is not known after what holds the dose, and what was set aside after what is to be weighed', () => {
    const more = [...entries, taken('Foozol')]
    const interactions = look(more).map((one) =>
      one.rule.id === 'theophylline' ? { ...one, setAside: {} } : one,
    )
    const titles = (seen: typeof interactions) =>
      medicineNotices({ list: medicineList(more), interactions: seen }, NOW).map(({ title }) => title)
    expect(titles(look(more)).slice(0, 2)).toEqual([
      expect.stringContaining('theophylline'),
      'Medicines are not known',
    ])
    expect(titles(interactions)[0]).toBe('Medicines are not known')
    expect(titles(interactions).at(-2)).toContain('theophylline')
  })
})

describe('what holds a dose', () => {
  const held = (entries: MedicineEntry[], around = QUIET) =>
    medicineHolds({ list: medicineList(entries), interactions: look(entries, around) }, NOW).map(
      ({ truth }) => truth,
    )

  it.each<[string, MedicineEntry[], string[]]>([
    ['nothing told', [], ['unknown']],
    ['a name nobody knows', [taken('Foozol')], ['unknown']],
    ['no medicines', [none()], []],
    ['amber only', [taken('Xanax')], []],
    ['red', [taken('theophylline')], ['not-met']],
    ['one that could be red', [taken('Methadone')], ['unknown']],
  ])('%s', (_name, entries, truths) => {
    expect(held(entries)).toEqual(truths)
  })

  describe('while what was told is old', () => {
    const told = (one: MedicineEntry, hours: number) => ({ ...one, recordedAt: addMs(NOW, -hours * HOUR_MS) })
    const drank = (hoursAgo: number) => taken('beer', { lastTakenAt: addMs(NOW, -hoursAgo * HOUR_MS) })

    it.each<[string, MedicineEntry[], string[]]>([
      ['no medicines, told 30 days ago', [told(none(), 30 * 24)], []],
      ['no medicines, told longer ago', [told(none(), 30 * 24 + 1)], ['unknown']],
      ['no medicines, told two years ago', [told(none(), 2 * 365 * 24)], ['unknown']],
      ['one of two medicines old', [told(taken('Antabuse'), 721), taken('Lamictal')], ['unknown']],
      ['a daily tablet, told three weeks ago', [told(taken('Lamictal'), 21 * 24)], []],
      ['a benzodiazepine, told 24 h ago', [told(taken('Xanax'), 24)], []],
      ['a benzodiazepine, told 25 h ago', [told(taken('Xanax'), 25)], ['unknown']],
      ['an opioid, told 25 h ago', [told(taken('Methadone', { since: OLD }), 25)], ['unknown']],
      ['a stimulant, told 25 h ago', [told(taken('Adderall'), 25)], ['unknown']],
      ['alcohol, asked today, five days without', [drank(120)], []],
      ['alcohol, asked five days ago', [told(drank(121), 120)], ['unknown', 'unknown']],
      ['one to be begun', [told(taken('Xanax', { kind: 'to-start' }), 25)], []],
    ])('%s', (_name, entries, truths) => {
      expect(held(entries)).toEqual(truths)
    })

    it('says to ask today and confirm', () => {
      expect(whyNotKnown(medicineList([told(none(), 721)]), NOW)).toMatch(/Ask today and confirm/)
      expect(whyNotKnown(medicineList([none()]), NOW)).toBeUndefined()
    })
  })

  it('is set aside for the very list that was signed, and only where a prescriber may', () => {
    const entries = [taken('theophylline')]
    const one = of('theophylline', entries)
    const signed = [{ ruleId: 'theophylline', ruleVersion: 1, seen: [entries[0]!.id] }]
    expect(isSetAside(one, medicineList(entries), signed)).toBe(true)
    expect(isSetAside(one, medicineList([...entries, taken('Xanax')]), signed)).toBe(false)
    expect(isSetAside(one, medicineList(entries), [{ ...signed[0]!, ruleVersion: 2 }])).toBe(false)
    expect(isSetAside({ ...one, override: 'never' }, medicineList(entries), signed)).toBe(false)
  })

  it('stays set aside when the list is confirmed word for word, and not when a word has changed', () => {
    const first = taken('theophylline')
    const signed = [{ ruleId: 'theophylline', ruleVersion: 1, seen: [first.id] }]
    const again = entry(first.told, first)
    const twice = entry(first.told, again)
    const other = entry({ ...(first.told as MedicineTold), dose: '400 mg' }, twice)
    const setAside = (entries: MedicineEntry[]) =>
      isSetAside(of('theophylline', entries), medicineList(entries), signed)
    expect(setAside([first, again, twice])).toBe(true)
    expect(setAside([first, again, twice, other])).toBe(false)
  })
})
