import { Section } from '../../ui/index.ts'
import type { TakeHomePart } from './take-home.ts'

/** The parts of the sheet for the way home, as the clinic's page and the link show them. */
export function TakeHomeSheet({ parts }: { parts: readonly TakeHomePart[] }) {
  return parts.map(({ title, points }) => (
    <Section key={title} title={title}>
      <ul className="points">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </Section>
  ))
}
