import { ButtonLink } from '../../ui/index.ts'
import type { HelpLine } from '../help-lines.ts'

/** Numbers to call now, the most urgent first, each as large as a thumb. */
export function HelpLines({ lines }: { lines: readonly HelpLine[] }) {
  return (
    <ul className="help-lines">
      {lines.map((line) => (
        <li key={line.id}>
          <p>
            <strong>{line.name}</strong>
          </p>
          <p>{line.what}</p>
          <p className="row">
            <ButtonLink href={line.callHref}>Call {line.number}</ButtonLink>
            {line.textHref && (
              <ButtonLink kind="quiet" href={line.textHref}>
                Text {line.number}
              </ButtonLink>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}
