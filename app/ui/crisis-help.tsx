import { useFrameWords } from './frame-words.ts'

/**
 * Where to turn at once, on every page: 988 (Suicide and Crisis Lifeline of the United States, call or text, all hours) and 911.
 *
 * @param kind `strip` is one calm line at the top, `block` the longer form for page ends
 */
export function CrisisHelp({ kind = 'strip' }: { kind?: 'strip' | 'block' }) {
  const { crisis } = useFrameWords()
  const numbers = (
    <>
      <a href="tel:988">{crisis.call}</a> {crisis.or} <a href={crisis.textHref}>{crisis.text}</a>
    </>
  )
  if (kind === 'strip') {
    return (
      <p className="crisis-strip">
        <span className="crisis-part">
          <span className="when-roomy">{crisis.ask} </span>
          {numbers}
          <span className="when-wide">{crisis.always}</span>.
        </span>{' '}
        <span className="crisis-part">
          <span className="when-wide">{crisis.danger}</span>
          <a href="tel:911">{crisis.call911}</a>.
        </span>
      </p>
    )
  }
  return (
    <section className="crisis-block" aria-label={crisis.label}>
      <h2>{crisis.cannotWait}</h2>
      <p>
        {numbers} {crisis.lifeline} <a href="tel:911">{crisis.call911Inside}</a>. {crisis.notSure}
      </p>
    </section>
  )
}
