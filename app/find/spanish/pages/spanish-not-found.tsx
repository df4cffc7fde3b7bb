import { ButtonLink, PageHead } from '../../../ui/index.ts'
import { spanish } from '../spanish-words.ts'

/** A Spanish address that leads nowhere. */
export function SpanishNotFound() {
  const { missing } = spanish
  return (
    <>
      <title>{missing.title}</title>
      <PageHead title={missing.title} lead={missing.text} />
      <p>
        <ButtonLink href="/es">{missing.home}</ButtonLink>
      </p>
    </>
  )
}
