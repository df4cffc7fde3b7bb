/** Says on every page that nobody here is real. */
export function DemonstrationRibbon() {
  return (
    <p className="demonstration">
      <strong>Demonstration data.</strong> <span>Every person and reading here is invented.</span>
    </p>
  )
}
