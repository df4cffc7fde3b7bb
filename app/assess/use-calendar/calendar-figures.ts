import { type Answers, type ScoringContext, score } from '@evenkeel/questionnaires'
import type { Sex } from '../../identity/index.ts'
import { addDays, type LocalDate } from '../../platform/time.ts'
import { daysOf } from './day-range.ts'
import { alcoholGrams, type Calendar, drankAnUnknownAmount, type ToldDay } from './use-day.ts'

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

/**
 * The answers of `tlfb` for a span: every day stands in it, and what nobody knows is said to be missing.
 *
 * The instrument has no word for "drank, amount unknown". Such a day is missing here and would leave its denominators,
 * so figures over such a span are never taken from these answers alone, nor stored with them (`whyNotKept`).
 */
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

/** A mean; `atLeast` where some days had drinking of unknown amount, so that it can only be higher. */
export type Amount = { readonly value: number; readonly atLeast: boolean }

/** A count or share between two ends: they differ by the days on which the amount is not known. */
export type Between = { readonly least: number; readonly most: number }

/** Figures of one span. Null: not known. */
export type CalendarFigures = {
  readonly span: Span
  readonly lengthDays: number
  /** Days on which it is known whether there was drinking, whatever the amount. */
  readonly knownDays: number
  readonly missingDays: number
  /** Of the known: days on which there was drinking and nobody knows how much. */
  readonly unknownAmountDays: number
  readonly percentAbstinent: number | null
  readonly abstinentDays: number | null
  readonly heavyDays: Between | null
  readonly percentHeavy: Between | null
  readonly drinksPerDay: Amount | null
  /** Null also where no day was a drinking day. */
  readonly drinksPerDrinkingDay: Amount | null
  readonly gramsPerDay: Amount | null
  readonly longestAbstinentDays: number | null
  readonly who: WhoLevel | null
  /** Why these days carry neither a WHO level nor a stored result; null when they do. */
  readonly whyNotKept: 'nothing-known' | 'amount-unknown' | 'too-few-days' | null
  /** Every missing day, and every one of unknown amount, taken for a heavy one. */
  readonly worstCase: {
    readonly percentAbstinent: number
    readonly heavyDays: number
    readonly percentHeavy: number
  }
  /** Counted over the known days, whatever is known of alcohol on them. */
  readonly drugDays: readonly { readonly substance: string; readonly days: number }[]
}

/** Of 28 days as many must be known for a WHO level, and the same share of any other window [design decision]. */
const COMPARED_DAYS = 28
const ENOUGH_DAYS = 21

/** How many days of a window must be known with their amount. */
function enoughDays(lengthDays: number): number {
  return Math.ceil((lengthDays * ENOUGH_DAYS) / COMPARED_DAYS)
}

/**
 * Timeline-follow-back figures. Days whose amount is known are scored by the instruments `tlfb` and `who-rdl`; a day of
 * drinking of unknown amount is put beside them here: a drinking day, never an abstinent or a missing one.
 */
export function calendarFigures(calendar: Calendar, span: Span, context: FigureContext): CalendarFigures {
  const dates = daysOf(span)
  const answers = tlfbAnswers(calendar, span)
  const metrics = metricsOf(answers, context)
  const number = (name: string) => (typeof metrics[name] === 'number' ? metrics[name] : null)
  const worst = metricsOf(everyMissingDayHeavy(answers, context), context)
  const known = dates.flatMap((date) => {
    const day = calendar.get(date)
    return day && day.state !== 'unknown' ? [day] : []
  })
  const knownDays = known.length
  const unknownAmountDays = known.filter(drankAnUnknownAmount).length
  const measuredDays = knownDays - unknownAmountDays
  const abstinentDays = number('abstinentDays') ?? 0
  const heavyDays = number('hdd') ?? 0
  const most = heavyDays + unknownAmountDays
  const percent = (days: number) => Math.round((1000 * days) / knownDays) / 10
  const grams = known.reduce((sum, day) => sum + (alcoholGrams(day) ?? 0), 0)
  // Over all known days, as if the unknown amounts were nothing: what is left can only be too low.
  const mean = (name: string, total: number, days: number, digits: number): Amount | null => {
    if (measuredDays === 0 || days === 0) return null
    if (unknownAmountDays === 0) return { value: number(name) ?? 0, atLeast: false }
    return { value: Math.round((total / days) * 10 ** digits) / 10 ** digits, atLeast: true }
  }
  const drinks = grams / context.gramsPerDrink
  const gramsPerDay = mean('gramsPerDay', grams, knownDays, 1)
  const whyNotKept =
    knownDays === 0
      ? 'nothing-known'
      : unknownAmountDays > 0
        ? 'amount-unknown'
        : measuredDays < enoughDays(dates.length)
          ? 'too-few-days'
          : null
  return {
    span,
    lengthDays: dates.length,
    knownDays,
    missingDays: dates.length - knownDays,
    unknownAmountDays,
    percentAbstinent: knownDays === 0 ? null : percent(abstinentDays),
    abstinentDays: knownDays === 0 ? null : abstinentDays,
    heavyDays: knownDays === 0 ? null : { least: heavyDays, most },
    percentHeavy: knownDays === 0 ? null : { least: percent(heavyDays), most: percent(most) },
    drinksPerDay: mean('drinksPerDay', drinks, knownDays, 2),
    drinksPerDrinkingDay: mean('drinksPerDrinkingDay', drinks, knownDays - abstinentDays, 2),
    gramsPerDay,
    longestAbstinentDays: knownDays === 0 ? null : (number('longestAbstinentStreak') ?? 0),
    who: whyNotKept === null && gramsPerDay ? whoLevel(gramsPerDay.value, context) : null,
    whyNotKept,
    worstCase: {
      percentAbstinent: (worst.pda as number | null) ?? 0,
      heavyDays: (worst.hdd as number | null) ?? 0,
      percentHeavy: (worst.phdd as number | null) ?? 0,
    },
    drugDays: drugDaysOf(known),
  }
}

function everyMissingDayHeavy(answers: Answers, context: FigureContext): Answers {
  const grams = heavyRuleOf(context).leastGrams
  return {
    days: (answers.days as readonly { date: string; missing?: boolean }[]).map((day) =>
      day.missing ? { date: day.date, grams } : day,
    ),
  }
}

function drugDaysOf(days: readonly ToldDay[]): CalendarFigures['drugDays'] {
  const counts = new Map<string, number>()
  for (const { entries } of days) {
    for (const { substance } of entries) {
      if (substance !== 'alcohol') counts.set(substance, (counts.get(substance) ?? 0) + 1)
    }
  }
  return [...counts]
    .map(([substance, count]) => ({ substance, days: count }))
    .sort((a, b) => b.days - a.days || a.substance.localeCompare(b.substance))
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

export const ENOUGH_WORDS = `Compared are the ${COMPARED_DAYS} days before the first session here and the last ${COMPARED_DAYS} days; each needs at least ${ENOUGH_DAYS} known days and none of unknown amount [our rule].`

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
    if (figures.who === null) return { known: false, why: whyNoLevel(figures, when) }
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

function whyNoLevel({ knownDays, unknownAmountDays, lengthDays }: CalendarFigures, when: string): string {
  return unknownAmountDays > 0
    ? `On ${unknownAmountDays} of the ${lengthDays} days ${when} there was drinking of unknown amount.`
    : `Of the ${lengthDays} days ${when} only ${knownDays} are known.`
}
