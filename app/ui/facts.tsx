import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { useFrameWords } from './frame-words.ts'

/** One fact: a term and what is known. An undefined value is shown as `not known`, never left blank. */
export interface Fact {
  readonly term: ReactNode
  readonly value: ReactNode | undefined
  /** Where it comes from and when, in one short line. */
  readonly source?: ReactNode
}

/**
 * A list of facts about one thing.
 *
 * @param layout `rows` sets term and value side by side, `columns` sets several short facts in a row
 */
export function Facts({ facts, layout = 'rows' }: { facts: readonly Fact[]; layout?: 'rows' | 'columns' }) {
  const words = useFrameWords()
  return (
    <dl className={classNames('facts', layout === 'columns' && 'facts-columns')}>
      {facts.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts are a fixed list and terms may repeat
        <div className="fact" key={index}>
          <dt>{fact.term}</dt>
          <dd>
            {fact.value === undefined || fact.value === '' ? (
              <span className="not-known">{words.notKnown}</span>
            ) : (
              fact.value
            )}
            {fact.source !== undefined && <span className="fact-source">{fact.source}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
