/**
 * Groups of medicines as far as they matter before ketamine. Staff choose one, or the name chooses; "not-known" stays
 * open until a clinician has looked and chosen.
 */
export const MEDICINE_GROUPS = [
  { id: 'benzodiazepine', title: 'Benzodiazepine or z-drug' },
  { id: 'lamotrigine', title: 'Lamotrigine' },
  { id: 'naltrexone', title: 'Naltrexone, tablets' },
  { id: 'naltrexone-xr', title: 'Naltrexone, monthly injection' },
  { id: 'opioid', title: 'Opioid, methadone or buprenorphine' },
  { id: 'stimulant-prescribed', title: 'Stimulant, prescribed' },
  { id: 'stimulant-illicit', title: 'Cocaine or amphetamine, not prescribed' },
  { id: 'maoi', title: 'MAO inhibitor' },
  { id: 'cyp', title: 'Inhibitor or inducer of CYP2B6 or CYP3A4' },
  { id: 'theophylline', title: 'Theophylline or aminophylline' },
  { id: 'antipsychotic', title: 'Antipsychotic' },
  { id: 'lithium', title: 'Lithium' },
  { id: 'alcohol', title: 'Alcohol' },
  { id: 'cannabis', title: 'Cannabis' },
  { id: 'gabapentinoid', title: 'Gabapentin or pregabalin' },
  { id: 'disulfiram', title: 'Disulfiram' },
  { id: 'none-of-these', title: 'None of these' },
  { id: 'not-known', title: 'Not known: a clinician looks' },
] as const

export type MedicineGroup = (typeof MEDICINE_GROUPS)[number]['id']

export function isMedicineGroup(text: unknown): text is MedicineGroup {
  return MEDICINE_GROUPS.some(({ id }) => id === text)
}

export function groupTitle(group: MedicineGroup): string {
  return MEDICINE_GROUPS.find(({ id }) => id === group)!.title
}
