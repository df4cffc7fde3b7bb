import type { ReactNode } from 'react'
import { Section, StateChip } from '../../../ui/index.ts'
import type { Truth } from '../eligibility.ts'
import { RULE_CLASS_WORDS, TRUTH_WORDS } from '../eligibility-words.ts'
import type { RuleRow } from '../rule-row.ts'

const GROUPS: readonly { readonly truth: Truth; readonly title: string; readonly lead: string }[] = [
  { truth: 'not-met', title: 'Not met', lead: 'Known, and against a dose.' },
  { truth: 'unknown', title: 'Unknown', lead: 'Never counts as met. Each says what would settle it.' },
  { truth: 'met', title: 'Met', lead: 'Known to hold, on facts that are recent enough.' },
]

/**
 * The rules that decide in three groups: not met, unknown, met; and under a heading of their own those that are judged on
 * the day of a dose and decide nothing here.
 */
export function RulesPart({ rows, openOnly }: { rows: readonly RuleRow[]; openOnly: boolean }) {
  const ofTheDay = rows.filter(({ ruleClass }) => ruleClass === 'hold-today')
  return (
    <>
      <DecidingRules rows={rows.filter((row) => !ofTheDay.includes(row))} openOnly={openOnly} />
      <DayRules rows={ofTheDay} openOnly={openOnly} />
    </>
  )
}

/** What the day brings: known or not as it stands now, in one list, since each is asked again before every dose. */
function DayRules({ rows, openOnly }: { rows: readonly RuleRow[]; openOnly: boolean }) {
  const shown = rows.filter(({ truth }) => !(openOnly && truth === 'met'))
  return (
    <Section title={`Judged on the day: ${rows.length}`}>
      <p>{RULE_CLASS_WORDS['hold-today'].lead} How they stand now says little about that day.</p>
      {shown.length > 0 && (
        <details className="disclosure">
          <summary>How they stand now</summary>
          <RuleList rows={shown} chips />
        </details>
      )}
    </Section>
  )
}

function DecidingRules({ rows, openOnly }: { rows: readonly RuleRow[]; openOnly: boolean }) {
  return GROUPS.filter(({ truth }) => !(openOnly && truth === 'met')).map(({ truth, title, lead }) => {
    const own = rows.filter((row) => row.truth === truth)
    return (
      <Section key={truth} title={`${title}: ${own.length}`}>
        {own.length === 0 ? (
          <p>None.</p>
        ) : truth === 'met' ? (
          <details className="disclosure">
            <summary>{lead}</summary>
            <RuleList rows={own} />
          </details>
        ) : (
          <>
            <p className="rules-lead">
              <StateChip {...TRUTH_WORDS[truth]} /> {lead}
            </p>
            <RuleList rows={own} />
          </>
        )}
      </Section>
    )
  })
}

/** @param chips say of each how it stands, where the list mixes them */
function RuleList({ rows, chips = false }: { rows: readonly RuleRow[]; chips?: boolean }) {
  return (
    <ul className="rules">
      {rows.map((row) => (
        <li key={row.id} className="rule">
          <RuleFrame row={row} chip={chips ? <StateChip {...TRUTH_WORDS[row.truth]} /> : undefined}>
            {row.settle && (
              <p className="rule-settle">
                <strong>{row.truth === 'unknown' ? 'Would settle it' : 'To do'}:</strong> {row.settle}
              </p>
            )}
          </RuleFrame>
        </li>
      ))}
    </ul>
  )
}

function RuleFrame({ row, chip, children }: { row: RuleRow; chip?: ReactNode; children: ReactNode }) {
  return (
    <article className="rule-item" aria-label={row.title}>
      <div className="rule-asks">
        <h3>{row.title}</h3>
        <p className="rule-words">
          {row.className} · {row.threshold}; {row.ages}
        </p>
        <p className="rule-words">
          {row.source} [{row.tag}], version {row.version}
          {row.isDefault && '; a default, to be set by the medical director'}
        </p>
      </div>
      <div className="rule-found">
        {chip}
        <FactsSeen row={row} />
        {children}
      </div>
    </article>
  )
}

/** What was found for a rule: value, when, by whom, and what it was before. */
function FactsSeen({ row }: { row: RuleRow }) {
  return (
    <ul className="facts-seen">
      {row.facts.map((seen) => (
        <li key={seen.kind}>
          <span className="fact-title">{seen.title}</span>{' '}
          <span className="fact-value">{seen.value ?? 'nothing recorded'}</span>
          {seen.value !== undefined && seen.trouble && <span> ({seen.trouble})</span>}
          {seen.trend && <span className="fact-trend"> {seen.trend}</span>}
          {seen.observed && (
            <span className="rule-words">
              {seen.observed}, {seen.source}
            </span>
          )}
          {seen.earlier.length > 0 && (
            <span className="rule-words">
              before: {seen.earlier.map((one) => `${one.value} (${one.observed}, ${one.source})`).join('; ')}
              {seen.earlierLeft > 0 && `; and ${seen.earlierLeft} more`}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Where sources disagree or something must be managed; both sides, and what was found. */
export function NoticesPart({ rows }: { rows: readonly RuleRow[] }) {
  const shown = rows.filter(({ truth }) => truth !== 'met')
  return (
    <Section title={`To be weighed: ${shown.length}`}>
      <p>These decide and hold nothing. Where sources disagree, both sides stand here.</p>
      {shown.length === 0 ? (
        <p>None of the {rows.length} applies.</p>
      ) : (
        <ul className="rules">
          {shown.map((row) => (
            <li key={row.id} className="rule">
              <RuleFrame
                row={row}
                chip={
                  <StateChip
                    state={row.truth === 'unknown' ? 'unknown' : 'due'}
                    word={row.truth === 'unknown' ? 'unknown' : 'applies'}
                  />
                }
              >
                {row.truth === 'unknown' && (
                  <p className="rule-settle">
                    <strong>Would settle it:</strong> {row.settle}
                  </p>
                )}
                <ul className="sides">
                  {(row.sides ?? []).map((side) => (
                    <li key={side.says}>
                      {side.says}
                      <span className="rule-words">
                        {side.source} [{side.tag}]
                      </span>
                    </li>
                  ))}
                </ul>
              </RuleFrame>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
