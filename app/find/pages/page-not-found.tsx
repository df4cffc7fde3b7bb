import { ButtonLink, LinkList, Notice, PageHead } from '../../ui/index.ts'
import { addressWords } from '../address-words.ts'
import type { NothingHere } from '../page-not-found.server.ts'
import { EmptySea } from '../pictures/empty-sea.tsx'
import picturesCss from '../pictures/pictures.css?url'
import { SearchBox } from './search-box.tsx'

/** Where most people want to go. */
const waysOn = [
  { href: '/how-treatment-works', title: 'How treatment works' },
  { href: '/conditions', title: 'Conditions' },
  { href: '/questions', title: 'Questions' },
  { href: '/location', title: 'Location and hours' },
]

/**
 * The page for an address that leads nowhere: says so, and searches for what the address says.
 *
 * @param said what the loader found near it; anything else is ignored
 * @param path the address
 */
export function PageNotFound({ said, path }: { said: unknown; path: string }) {
  const { words, crisis, near } = isNothingHere(said)
    ? said
    : { words: addressWords(path), crisis: false, near: [] }
  return (
    <>
      <title>There is nothing here</title>
      {/* No route of its own answers here, so the sheet is asked for by the page itself. */}
      <link rel="stylesheet" href={picturesCss} precedence="default" />
      <div className="not-found">
        <PageHead
          title="There is nothing here"
          lead="The address may be mistyped, or the page has moved. You have done nothing wrong."
        />
        {!crisis && <EmptySea />}
      </div>
      {crisis && (
        <Notice state="amber" title="If you may be in danger, get help first">
          <p>Call or text 988, day or night. If someone may die or is badly hurt, call 911.</p>
          <div className="row">
            <ButtonLink href="tel:988">Call 988</ButtonLink>
            <ButtonLink kind="quiet" href="/help-now">
              What to do now
            </ButtonLink>
          </div>
        </Notice>
      )}
      <SearchBox id="search-instead" query={words} />
      <section className="section" aria-labelledby="instead">
        <h2 id="instead">{near.length > 0 ? `Near “${words}”` : 'Begin here'}</h2>
        <LinkList items={near.length > 0 ? near : waysOn} />
      </section>
    </>
  )
}

/** Whether a loader ended with `pageNotFound`, and not with another 404. */
export function isNothingHere(said: unknown): said is NothingHere {
  return typeof said === 'object' && said !== null && 'words' in said && 'near' in said
}
