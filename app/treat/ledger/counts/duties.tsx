import { DISCREPANCY_DUTIES } from './count-words.ts'

/** What is asked when something differs, each sentence with how sure it is. */
export function Duties() {
  return (
    <ul className="duties">
      {DISCREPANCY_DUTIES.map(({ text, tag }) => (
        <li key={text}>
          {text} [{tag}]
        </li>
      ))}
    </ul>
  )
}
