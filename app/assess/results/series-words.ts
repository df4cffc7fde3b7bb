/** What the figures of a drinking calendar or a series of drug tests are called, and their unit. */
const METRICS: Readonly<Record<string, { readonly title: string; readonly unit?: string }>> = {
  observedDays: { title: 'Days with an entry', unit: 'days' },
  missingDays: { title: 'Days that nobody knows about', unit: 'days' },
  abstinentDays: { title: 'Days without alcohol', unit: 'days' },
  drinkingDays: { title: 'Days with alcohol', unit: 'days' },
  pda: { title: 'Share of days without alcohol', unit: '% of days with an entry' },
  hdd: { title: 'Heavy drinking days', unit: 'days' },
  phdd: { title: 'Share of heavy drinking days', unit: '% of days with an entry' },
  drinksPerDay: { title: 'Standard drinks a day', unit: 'drinks' },
  drinksPerDrinkingDay: { title: 'Standard drinks on a day with alcohol', unit: 'drinks' },
  gramsPerDay: { title: 'Pure alcohol a day', unit: 'g' },
  whoLevel: { title: 'WHO drinking level, 0 (none) to 4 (very high)' },
  longestAbstinentStreak: { title: 'Longest run of days without alcohol', unit: 'days' },
  daysToFirstDrink: { title: 'First day with alcohol, the first entry being day 1' },
  daysToFirstHeavyDay: { title: 'First heavy drinking day, the first entry being day 1' },
  anyDrugDays: { title: 'Days with another drug', unit: 'days' },
  pctDrugFreeDays: { title: 'Share of days without other drugs', unit: '% of days with an entry' },
  noHeavyDrinkingDays: { title: 'No heavy drinking day' },
  scheduled: { title: 'Tests planned', unit: 'tests' },
  observed: { title: 'Tests with a result', unit: 'tests' },
  negative: { title: 'Negative, or positive as treatment explains', unit: 'tests' },
  positive: { title: 'Positive', unit: 'tests' },
  missing: { title: 'Missing or invalid', unit: 'tests' },
  pctNegativeObserved: { title: 'Negative of tests with a result', unit: '%' },
  pctNegativeITT: { title: 'Negative of all planned, missing counted as positive', unit: '%' },
  tes: { title: 'Treatment effectiveness score: negative tests', unit: 'tests' },
  longestNegativeRun: { title: 'Longest run of negative tests', unit: 'tests' },
}

/** The figures that stand for a series on a list, in this order. */
const LEADING = ['pda', 'phdd', 'missingDays', 'pctNegativeObserved', 'positive', 'missing']

/** Figures in the order in which they are read; one that we do not know comes last. */
export function inOrder(ids: readonly string[]): string[] {
  const order = Object.keys(METRICS)
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length)
  return [...ids].sort((a, b) => place(a) - place(b))
}

export function metricTitle(id: string): string {
  return METRICS[id]?.title ?? id
}

type Metrics = Readonly<Record<string, number | boolean | null>>

/** Figures about a thing that did not happen are null too: none, when every day is known, is not the same as unknown. */
const NONE_WHEN: Readonly<Record<string, string>> = {
  drinksPerDrinkingDay: 'drinkingDays',
  daysToFirstDrink: 'drinkingDays',
  daysToFirstHeavyDay: 'hdd',
}

const ONE: Readonly<Record<string, string>> = { days: 'day', drinks: 'drink', tests: 'test' }

/** A figure with its unit; undefined when it is not known. */
export function metricInWords(metrics: Metrics, id: string): string | undefined {
  const value = metrics[id] ?? null
  if (value === null) {
    const counted = NONE_WHEN[id]
    return counted !== undefined && metrics[counted] === 0 ? 'none among the days with an entry' : undefined
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const unit = METRICS[id]?.unit
  if (unit === undefined) return String(value)
  return `${value} ${value === 1 ? (ONE[unit] ?? unit) : unit}`
}

/** Whether a list shows this figure. */
export function leadsTheSeries(id: string): boolean {
  return LEADING.includes(id)
}

/** One entry of a calendar or a series, as it was given: "Sun 1 Nov: 3 drinks" without inventing what is missing. */
export function entryInWords(entry: unknown): { readonly date: string; readonly words: string } | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined
  const { date, drinks, grams, drugs, missing, analyte, result } = entry as Record<string, unknown>
  if (typeof date !== 'string') return undefined
  if (typeof analyte === 'string') return { date, words: `${analyte}: ${String(result ?? 'not known')}` }
  const parts: string[] = []
  if (missing === true) parts.push('not known')
  else {
    if (typeof drinks === 'number') parts.push(`${drinks} standard ${drinks === 1 ? 'drink' : 'drinks'}`)
    if (typeof grams === 'number') parts.push(`${grams} g of alcohol`)
    if (typeof drinks !== 'number' && typeof grams !== 'number') parts.push('alcohol not known')
  }
  if (Array.isArray(drugs) && drugs.length > 0) parts.push(drugs.map(String).join(', '))
  return { date, words: parts.join('; ') }
}
