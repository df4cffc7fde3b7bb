import { dateInWords } from '../../platform/time.ts'
import { Button, DataTable, EmptyState, Facts, FormActions, Section } from '../../ui/index.ts'
import {
  type Amount,
  type Between,
  type CalendarFigures,
  ENOUGH_WORDS,
  type FigureContext,
  heavyRuleOf,
  type LevelChange,
  whoTableWords,
} from './calendar-figures.ts'
import { WINDOWS, type WindowId } from './calendar-window.ts'
import { substanceLabel } from './use-day.ts'

/** Figures of a chosen window for staff: what was told beside what would be true if every missing day were a heavy one. */
export function FiguresPart({
  path,
  window,
  figures,
  context,
  change,
  keepKey,
  problem,
}: {
  path: string
  window: WindowId
  figures: CalendarFigures | undefined
  context: FigureContext
  change: LevelChange
  keepKey: string
  problem: string | undefined
}) {
  return (
    <Section title="Figures">
      <nav aria-label="Days that are counted" className="use-windows">
        {WINDOWS.map(({ id, label }) => (
          <a key={id} href={`${path}?window=${id}#figures`} aria-current={id === window ? 'true' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <div id="figures">
        {!figures ? (
          <EmptyState title="No such days">
            <p>There was no session here from which these days could be counted.</p>
          </EmptyState>
        ) : (
          <>
            <p>
              {dateInWords(figures.span.from)} to {dateInWords(figures.span.to)}: {figures.knownDays} of{' '}
              {figures.lengthDays} days known, {figures.missingDays} missing.
              {figures.unknownAmountDays > 0 &&
                ` On ${figures.unknownAmountDays} of the known days there was drinking of unknown amount: these count as drinking days, and amounts are at least what is shown.`}
            </p>
            <DataTable
              caption="As told, and if every day that is missing or of unknown amount were a heavy one"
              rows={rowsOf(figures, context)}
              rowKey={(row) => row.name}
              empty={null}
              columns={[
                { key: 'name', head: 'Figure', names: true, cell: (row) => row.name },
                { key: 'observed', head: 'As told', align: 'figure', cell: (row) => row.observed },
                { key: 'worst', head: 'Worst case', align: 'figure', cell: (row) => row.worst ?? '–' },
              ]}
            />
            <p className="use-note">
              Heavy day: {heavyRuleOf(context).words}
              {context.sex !== 'male' && context.sex !== 'female'
                ? '; sex not known or other, so the lower limit'
                : ''}
              . {whoTableWords(context.sex)}. Missing days count for nothing in the first column: they are
              neither days without use nor drinking days.
            </p>
            <DrugDays figures={figures} />
            {problem && (
              <p className="field-error" role="alert">
                {problem}
              </p>
            )}
            {figures.whyNotKept === null ? (
              <form method="post">
                <input type="hidden" name="intent" value="keep" />
                <input type="hidden" name="key" value={keepKey} />
                <input type="hidden" name="window" value={window} />
                <FormActions>
                  <Button kind="quiet">Keep these figures as a result</Button>
                </FormActions>
              </form>
            ) : (
              <p className="use-note">{NOT_KEPT_WORDS[figures.whyNotKept]}</p>
            )}
          </>
        )}
      </div>
      <h3 className="use-part-head">WHO level since before the first session</h3>
      <Facts
        layout="columns"
        facts={
          change.known
            ? [
                { term: 'Before', value: `${change.before.level}, ${change.before.label}` },
                { term: 'Last 28 days', value: `${change.now.level}, ${change.now.label}` },
                { term: 'One level lower', value: change.oneLevel ? 'yes' : 'no' },
                {
                  term: 'Two levels lower',
                  value:
                    change.twoLevels === null ? 'not possible from there' : change.twoLevels ? 'yes' : 'no',
                },
              ]
            : [
                { term: 'One level lower', value: undefined, source: change.why },
                { term: 'Two levels lower', value: undefined, source: change.why },
              ]
        }
      />
      <p className="use-note">{ENOUGH_WORDS}</p>
    </Section>
  )
}

/** Why these figures cannot be kept as a result, and what would help. */
export const NOT_KEPT_WORDS: Readonly<Record<NonNullable<CalendarFigures['whyNotKept']>, string>> = {
  'nothing-known': 'None of these days is known, so there is no result to keep.',
  'amount-unknown':
    'There was drinking of unknown amount on some of these days. A stored result has no word for that and would count too little, so none can be kept and no WHO level is given. Tell the amounts, or choose other days.',
  'too-few-days':
    'Fewer than three in four of these days are known, too few for a WHO level or a result to keep. Tell more days, or choose others.',
}

function DrugDays({ figures }: { figures: CalendarFigures }) {
  if (figures.drugDays.length === 0) {
    return (
      <p>
        {figures.knownDays === 0
          ? 'Whether anything else was used is not known.'
          : `Nothing beside alcohol on the ${figures.knownDays} days that were told.`}
      </p>
    )
  }
  return (
    <p>
      Beside alcohol, on {figures.knownDays} told days:{' '}
      {figures.drugDays
        .map(
          ({ substance, days }) => `${substanceLabel(substance)} on ${days} ${days === 1 ? 'day' : 'days'}`,
        )
        .join(', ')}
      .
    </p>
  )
}

type Row = { readonly name: string; readonly observed: string; readonly worst?: string }

function rowsOf(figures: CalendarFigures, context: FigureContext): readonly Row[] {
  const { worstCase, who, knownDays, heavyDays, percentHeavy } = figures
  return [
    {
      name: 'Days without alcohol, of those known',
      observed:
        figures.percentAbstinent === null
          ? 'not known'
          : `${figures.percentAbstinent} % (${figures.abstinentDays} of ${knownDays})`,
      worst: `${worstCase.percentAbstinent} %`,
    },
    {
      name: 'Heavy days',
      observed:
        heavyDays && percentHeavy
          ? `${betweenInWords(heavyDays)} (${betweenInWords(percentHeavy)} %)`
          : 'not known',
      worst: `${worstCase.heavyDays} (${worstCase.percentHeavy} %)`,
    },
    {
      name: `Drinks a day (${context.gramsPerDrink} g each)`,
      observed: amountInWords(figures.drinksPerDay),
    },
    {
      name: 'Drinks on a drinking day',
      observed:
        knownDays > 0 && figures.abstinentDays === knownDays
          ? 'no drinking day'
          : amountInWords(figures.drinksPerDrinkingDay),
    },
    { name: 'Pure alcohol a day', observed: amountInWords(figures.gramsPerDay, ' g') },
    { name: 'WHO risk level, 0 to 4', observed: who === null ? 'not known' : `${who.level}, ${who.label}` },
    {
      name: 'Longest run of days without alcohol',
      observed: figures.longestAbstinentDays === null ? 'not known' : `${figures.longestAbstinentDays} days`,
    },
  ]
}

function betweenInWords({ least, most }: Between): string {
  return least === most ? String(least) : `${least} to ${most}`
}

function amountInWords(amount: Amount | null, unit = ''): string {
  if (amount === null) return 'not known'
  return `${amount.atLeast ? 'at least ' : ''}${amount.value}${unit}`
}

/** The same days for the person: what was told, without judging, and no figure where too little is known. */
export function GentleFigures({ figures }: { figures: CalendarFigures }) {
  const { knownDays, lengthDays, abstinentDays, longestAbstinentDays, drinksPerDay } = figures
  if (knownDays === 0) {
    return <p>When you have told some days, you can see here what they add up to.</p>
  }
  return (
    <div className="stack">
      <p>
        Of the last {lengthDays} days you have told {knownDays}. On{' '}
        <strong>
          {abstinentDays} of these {knownDays} days
        </strong>{' '}
        there was no alcohol
        {longestAbstinentDays !== null && longestAbstinentDays > 1
          ? `, the longest stretch was ${longestAbstinentDays} days`
          : ''}
        .
      </p>
      {drinksPerDay && drinksPerDay.value > 0 && (
        <p>
          Over the days you told, that is {amountInWords(drinksPerDay)} drinks a day on average
          {drinksPerDay.atLeast ? ', because the amount is not known for all of them' : ''}.
        </p>
      )}
      {figures.missingDays > 0 && (
        <p>
          {figures.missingDays} days are open or not known. They count as neither; you can still tell them, or
          leave them.
        </p>
      )}
    </div>
  )
}
