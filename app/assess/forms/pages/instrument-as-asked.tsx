import type { Instrument, Item } from '@evenkeel/questionnaires'
import { conditionInWords } from '../instrument-words.ts'

/** The form as a person or a rater reads it, with the value of each answer for staff. */
export function AsAsked({ instrument }: { instrument: Instrument }) {
  const { introduction, recall, items } = instrument
  return (
    <div className="as-asked">
      {introduction !== '' && <p>{introduction}</p>}
      {recall.sentence !== '' && <p>{recall.sentence}</p>}
      <ol className="as-asked-items">
        {items.map((item) => (
          <li key={item.id}>
            <p className="as-asked-prompt">{item.prompt}</p>
            <Answers item={item} />
            <When item={item} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Answers({ item: { values, range, type } }: { item: Item }) {
  if (values) {
    return (
      <ul className="as-asked-answers">
        {values.map(({ value, label }) => (
          <li key={value}>
            <span className="as-asked-points">{value}</span>
            {label}
          </li>
        ))}
      </ul>
    )
  }
  if (range) {
    const { min, max, step, unit = '', minLabel, maxLabel } = range
    const end = (value: number, label?: string) => `${value}${label ? ` (${label})` : ''}`
    return (
      <p className="as-asked-when">
        A number from {end(min, minLabel)} to {end(max, maxLabel)}
        {unit && ` ${unit}`}, in steps of {step}
      </p>
    )
  }
  return (
    <p className="as-asked-when">{type === 'daily-calendar' ? 'A calendar of days' : 'Results of tests'}</p>
  )
}

function When({ item: { id, reverse, scored, optional, skipIf } }: { item: Item }) {
  const notes = [
    id,
    ...(reverse ? ['scored the other way round'] : []),
    ...(scored === false ? ['not scored'] : []),
    ...(optional ? ['may stay open'] : []),
    ...(skipIf ? [`not asked when ${conditionInWords(skipIf)}`] : []),
  ]
  return <p className="as-asked-when">{notes.join(' · ')}</p>
}
