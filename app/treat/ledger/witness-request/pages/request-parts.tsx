import type { LineState } from '../../../../ui/index.ts'

/** The words of a request, as they are signed: what and how much large, the rest beneath. */
export function RequestWords({ lines }: { lines: readonly string[] }) {
  const [first, ...rest] = lines
  return (
    <blockquote className="act-words">
      <p className="act-says">{first}</p>
      {rest.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </blockquote>
  )
}

/** Whether this page follows by itself, and a way to look again where it does not. */
export function LineWords({ line }: { line: LineState }) {
  if (line === 'live') return <p className="witness-line">This page follows by itself.</p>
  return (
    <p className="witness-line">
      {line === 'lost' ? 'The line to the server is lost; it is tried again. ' : 'As of when you opened it. '}
      <a href="?">Look again</a>
    </p>
  )
}
