import { useFrameWords } from './frame-words.ts'

/** The pages above this one, nearest last. The page itself is not listed: its heading follows. */
export function Breadcrumb({ items }: { items: readonly { href: string; label: string }[] }) {
  const words = useFrameWords()
  return (
    <nav className="breadcrumb" aria-label={words.breadcrumb}>
      <ol>
        {items.map((item) => (
          <li key={item.href}>
            <a href={item.href}>{item.label}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
