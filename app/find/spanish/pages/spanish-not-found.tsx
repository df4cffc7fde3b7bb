import { ButtonLink, Notice, PageHead } from '../../../ui/index.ts'
import { isNothingHere } from '../../pages/page-not-found.tsx'
import { spanish } from '../spanish-words.ts'

/**
 * A Spanish address that leads nowhere.
 *
 * @param said what the loader found in it; anything else is ignored
 */
export function SpanishNotFound({ said }: { said: unknown }) {
  const { missing, help } = spanish
  return (
    <>
      <title>{missing.title}</title>
      <PageHead title={missing.title} lead={missing.text} />
      {isNothingHere(said) && said.crisis && (
        <Notice state="amber" title={missing.danger}>
          <p>{missing.dangerText}</p>
          <div className="row">
            <ButtonLink href="tel:988">{help.call988}</ButtonLink>
            <ButtonLink kind="quiet" href="/es/help-now">
              {missing.dangerLink}
            </ButtonLink>
          </div>
        </Notice>
      )}
      <p>
        <ButtonLink href="/es">{missing.home}</ButtonLink>
      </p>
    </>
  )
}
