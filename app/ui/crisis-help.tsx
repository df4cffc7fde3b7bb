/**
 * Where to turn at once, on every page: 988 (Suicide and Crisis Lifeline of the United States, call or text, all hours) and 911.
 *
 * @param kind `strip` is one calm line at the top, `block` the longer form for page ends
 */
export function CrisisHelp({ kind = 'strip' }: { kind?: 'strip' | 'block' }) {
  const numbers = (
    <>
      <a href="tel:988">Call</a> or <a href="sms:988">text 988</a>
    </>
  )
  if (kind === 'strip') {
    return (
      <p className="crisis-strip">
        <span className="crisis-part">
          In crisis? {numbers}
          <span className="when-wide">, day or night</span>.
        </span>{' '}
        <span className="crisis-part">
          <span className="when-wide">In danger now? </span>
          <a href="tel:911">Call 911</a>.
        </span>
      </p>
    )
  }
  return (
    <section className="crisis-block" aria-label="Crisis help">
      <h2>If you cannot wait</h2>
      <p>
        {numbers} to reach the Suicide and Crisis Lifeline, day or night, free. If someone may die or is badly
        hurt, <a href="tel:911">call 911</a>. You do not have to be sure before you call.
      </p>
    </section>
  )
}
