import { ButtonLink } from '../../ui/index.ts'
import type { HelpLine } from '../help-lines.ts'
import { useWords } from '../words/use-words.ts'

/** Numbers to call now, the most urgent first, each as large as a thumb. */
export function HelpLines({ lines }: { lines: readonly HelpLine[] }) {
  const { language, words } = useWords()
  const { help } = words
  return (
    <ul className="help-lines">
      {lines.map((line) => (
        <li key={line.id}>
          <p>
            <strong>{help.lines[line.id].name}</strong>
          </p>
          <p>{help.lines[line.id].what}</p>
          <p className="row">
            <ButtonLink href={line.callHref}>{help.call(line.number)}</ButtonLink>
            {line.textHref && (
              <ButtonLink kind="quiet" href={line.textHrefIn?.[language] ?? line.textHref}>
                {help.text(line.number)}
              </ButtonLink>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}
