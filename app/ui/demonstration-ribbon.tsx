import { useFrameWords } from './frame-words.ts'

/** Says on every page that nobody here is real. */
export function DemonstrationRibbon() {
  const words = useFrameWords()
  return (
    <aside className="demonstration" aria-label={words.aboutSite}>
      <strong>{words.demonstration}</strong> {words.invented}
    </aside>
  )
}
