import { type Answers, type ScoringContext, score } from '@evenkeel/questionnaires'
import type { Sex } from '../../identity/index.ts'
import { addDays, type LocalDate } from '../../platform/time.ts'
import { daysOf } from './day-range.ts'
import { alcoholGrams, type Calendar, drankAnUnknownAmount } from './use-day.ts'

/** Both days included. */
export type Span = { readonly from: LocalDate; readonly to: LocalDate }

/** What the figures need to know of person and clinic. */
export type FigureContext = { readonly sex: Sex | undefined; readonly gramsPerDrink: number }

/**
 * Where a heavy day begins. Where a drink holds 14 g the NIAAA rule counts drinks; its drinks are those of the
 * United States, so elsewhere the EMA rule counts grams [design decision].
 */
export function heavyRuleOf({ sex, gramsPerDrink }: FigureContext) {
  const male = sex === 'male'
  if (gramsPerDrink === 14) {
    const atDrinks = male ? 5 : 4
    return {
      id: 'NIAAA' as const,
      words: `NIAAA: ${atDrinks} drinks or more`,
      leastGrams: atDrinks * gramsPerDrink,
    }
  }
  const aboveGrams = male ? 60 : 40
  return { id: 'EMA' as const, words: `EMA: more than ${aboveGrams} g`, leastGrams: aboveGrams + 0.1 }
}

/** The answers of `tlfb` for a span: every day stands in it, and what nobody knows is said to be missing. */
export function tlfbAnswers(calendar: Calendar, span: Span): Answers {
  return {
    days: daysOf(span).map((date) => {
      const told = calendar.get(date)
      const grams = alcoholGrams(told)
      if (grams === null) return { date, missing: true }
      return { date, grams, drugs: (told?.entries ?? []).map(({ substance }) => substance) }
    }),
  }
}

export function tlfbContext(context: FigureContext): ScoringContext {
  return {
    sex: context.sex ?? 'unknown',
    gramsPerDrink: context.gramsPerDrink,
    heavyRule: heavyRuleOf(context).id,
  }
}

export type WhoLevel = { readonly level: number; readonly label: string }

/** Figures of one span. Null: not known. */
export type CalendarFigures = {
  readonly span: Span
  readonly lengthDays: number
  readonly observedDays: number
  readonly missingDays: number
  /** Of the missing: days on which there was drinking and nobody knows how much. */
  readonly unknownAmountDays: number
  readonly percentAbstinent: number | null
  readonly heavyDays: number | null
  readonly percentHeavy: number | null
  readonly drinksPerDay: number | null
  readonly drinksPerDrinkingDay: number | null
  readonly gramsPerDay: number | null
  readonly longestAbstinentDays: number | null
  readonly abstinentDays: number | null
  readonly who: WhoLevel | null
  /** Every missing day taken for a heavy one. */
  readonly worstCase: {
    readonly percentAbstinent: number
    readonly heavyDays: number
    readonly percentHeavy: number
  }
  readonly drugDays: readonly { readonly substance: string; readonly days: number }[]
  /** Days on which it is known whether something was used, whatever the amount. */
  readonly toldDays: number
}

/** Timeline-follow-back figures, all scored by the instruments `tlfb` and `who-rdl`. */
export function calendarFigures(calendar: Calendar, span: Span, context: FigureContext): CalendarFigures {
  const dates = daysOf(span)
  const answers = tlfbAnswers(calendar, span)
  const metrics = metricsOf(answers, context)
  const number = (name: string) => (typeof metrics[name] === 'number' ? metrics[name] : null)
  const leastGrams = heavyRuleOf(context).leastGrams
  const worst = metricsOf(
    {
      days: (answers.days as readonly { date: string; missing?: boolean }[]).map((day) =>
        day.missing ? { date: day.date, grams: leastGrams } : day,
      ),
    },
    context,
  )
  const told = dates.flatMap((date) => {
    const day = calendar.get(date)
    return day && day.state !== 'unknown' ? [day] : []
  })
  const drugDays = new Map<string, number>()
  for (const { entries } of told) {
    for (const { substance } of entries) {
      if (substance !== 'alcohol') drugDays.set(substance, (drugDays.get(substance) ?? 0) + 1)
    }
  }
  const gramsPerDay = number('gramsPerDay')
  const observedDays = number('observedDays') ?? 0
  return {
    span,
    lengthDays: dates.length,
    observedDays,
    missingDays: dates.length - observedDays,
    unknownAmountDays: dates.filter((date) => drankAnUnknownAmount(calendar.get(date))).length,
    percentAbstinent: number('pda'),
    abstinentDays: number('abstinentDays'),
    heavyDays: number('hdd'),
    percentHeavy: number('phdd'),
    drinksPerDay: number('drinksPerDay'),
    drinksPerDrinkingDay: number('drinksPerDrinkingDay'),
    gramsPerDay,
    longestAbstinentDays: number('longestAbstinentStreak'),
    who: gramsPerDay === null ? null : whoLevel(gramsPerDay, context),
    worstCase: {
      percentAbstinent: (worst.pda as number | null) ?? 0,
      heavyDays: (worst.hdd as number | null) ?? 0,
      percentHeavy: (worst.phdd as number | null) ?? 0,
    },
    drugDays: [...drugDays]
      .map(([substance, days]) => ({ substance, days }))
      .sort((a, b) => b.days - a.days || a.substance.localeCompare(b.substance)),
    toldDays: told.length,
  }
}

function metricsOf(
  answers: Answers,
  context: FigureContext,
): Readonly<Record<string, number | boolean | null>> {
  const outcome = score('tlfb', answers, tlfbContext(context))
  // The calendar's own days always fit; an outcome without figures would be a defect of ours.
  if (!('metrics' in outcome)) throw new Error('the calendar does not fit the instrument tlfb')
  return outcome.metrics
}

function whoLevel(gramsPerDay: number, { sex }: FigureContext): WhoLevel | null {
  const outcome = score('who-rdl', { gramsPerDay }, { sex: sex ?? 'unknown' })
  const level = outcome.valid && 'scores' in outcome ? outcome.scores.level : undefined
  return typeof level?.value === 'number' ? { level: level.value, label: level.label ?? '' } : null
}

/** Which of the WHO's two tables was used, in words. */
export function whoTableWords(sex: Sex | undefined): string {
  if (sex === 'male') return 'WHO table for men: 40, 60 and 100 g a day'
  const table = 'WHO table for women: 20, 40 and 60 g a day'
  return sex === 'female' ? table : `${table}; sex not known or other, so the lower limits`
}

/** Days of the two spans that are compared, and how many of them must be known [design decision]. */
const COMPARED_DAYS = 28
const ENOUGH_DAYS = 21

export const ENOUGH_WORDS = `Compared are the ${COMPARED_DAYS} days before the first session here and the last ${COMPARED_DAYS} days; each needs at least ${ENOUGH_DAYS} known days [our rule].`

export type LevelChange =
  | { readonly known: false; readonly why: string }
  | {
      readonly known: true
      readonly before: WhoLevel
      readonly now: WhoLevel
      readonly oneLevel: boolean
      /** Null: from this level no drop of two is possible. */
      readonly twoLevels: boolean | null
    }

/**
 * The change of the WHO level since before the first session. A drop of two levels is also reached when somebody from
 * medium comes to low or abstinent, the drop that is there to make (instrument `who-rdl`).
 *
 * @param baseline the day of the first session; undefined when there was none
 * @param lastDay the last day that counts
 */
export function levelChange(
  calendar: Calendar,
  baseline: LocalDate | undefined,
  lastDay: LocalDate,
  context: FigureContext,
): LevelChange {
  if (!baseline) return { known: false, why: 'There was no session here yet.' }
  if (addDays(baseline, COMPARED_DAYS) > addDays(lastDay, 1)) {
    return { known: false, why: `Fewer than ${COMPARED_DAYS} days have passed since the first session.` }
  }
  const before = calendarFigures(
    calendar,
    { from: addDays(baseline, -COMPARED_DAYS), to: addDays(baseline, -1) },
    context,
  )
  const now = calendarFigures(calendar, { from: addDays(lastDay, 1 - COMPARED_DAYS), to: lastDay }, context)
  for (const [figures, when] of [
    [before, 'before the first session'],
    [now, 'of the last weeks'],
  ] as const) {
    if (figures.observedDays < ENOUGH_DAYS || figures.who === null) {
      return {
        known: false,
        why: `Of the ${COMPARED_DAYS} days ${when} only ${figures.observedDays} are known.`,
      }
    }
  }
  const from = before.who!
  const to = now.who!
  const drop = from.level - to.level
  return {
    known: true,
    before: from,
    now: to,
    oneLevel: drop >= 1,
    twoLevels: from.level < 2 ? null : drop >= 2 || (from.level === 2 && to.level <= 1),
  }
}
