/** Says on every page that nobody here is real. */
export function DemonstrationRibbon() {
  return (
    <aside className="demonstration" aria-label="About this site">
      <strong>Demonstration data.</strong> Every person and reading here is invented.
    </aside>
  )
}
