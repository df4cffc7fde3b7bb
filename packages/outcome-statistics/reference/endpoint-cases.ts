import { parseWeeklyPattern, weeklyEndpoint, weeklyEndpoints } from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'

/** Which of our definitions a published column holds; `…T_` columns hold its week, `…E_` columns its event. */
const endpointOfColumn: Record<string, keyof typeof weeklyEndpoints> = {
  Rs_ctnNinetyFour_2023: 'relapseFourWeeksCtn94',
  Dr_ctnNinetyFour_2023: 'dropOutFourWeeksCtn94',
  Rs_schottenfeld_2008: 'relapseThreeWeeksSchottenfeld2008',
  Rs_lee_2016: 'relapseTwoOfFourWeeksLee2016',
  Rs_ctnFiftyOne_2018: 'relapseFromWeekThreeLee2018',
  Ab_mokri_2016: 'firstUseMokri2016',
  Ab_shufman_1994: 'firstUseShufman1994',
  Rs_krupitsky_2004: 'relapseThreeWeeksKrupitsky2004',
  Rs_johnson_1992: 'relapseTwoWeeksJohnson1992',
  Ab_kosten_1993: 'abstinentThreeWeeksKosten1993',
  Ab_fiellin_2006: 'negativeWeeksFiellin2006',
  Ab_schottenfeld_2005: 'longestAbstinenceSchottenfeld2005',
  Ab_schottenfeldB_2008: 'longestAbstinenceSchottenfeld2008',
  Ab_krupitskyA_2011: 'abstinentWeeksFiveOnKrupitsky2011',
  Ab_ctnNinetyFour_2023: 'abstinentAtEndCtn94',
}

/** Cases of endpoints.json: one published column over all people, recomputed and held against the column itself. */
export function endpointFigures(c: ReferenceCase, read: TableReader): unknown {
  const { column } = c.args as { column: string }
  const part = /^(?:Rs|Ab|Dr)([TE])_/.exec(column)?.[1]
  const key = endpointOfColumn[column.replace(/^(..)[TE]_/, '$1_')]
  if (key === undefined) return undefined
  const table = read(c.data!)
  const published = table.column(column)
  const ours = table.column('usePatternUDS').map((text) => {
    const weeks = parseWeeklyPattern(text)
    if (!weeks.ok) throw new Error(`refused: ${weeks.reason}`)
    const found = weeklyEndpoint(weeklyEndpoints[key], weeks.pattern)
    if (!found.ok) throw new Error(`refused: ${found.reason}`)
    if (found.answer === 'time') return part === 'T' ? found.week : Number(found.event)
    return found.answer === 'weeks' ? found.weeks : Number(found.yes)
  })
  return {
    n: ours.length,
    mismatches: ours.filter((value, i) => String(value) !== published[i]).length,
    sum: ours.reduce((sum, value) => sum + value, 0),
    first20: ours.slice(0, 20),
  }
}
