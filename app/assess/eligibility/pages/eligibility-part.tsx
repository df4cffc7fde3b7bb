import { ButtonLink, FormActions, Section } from '../../../ui/index.ts'
import type { AssessmentView, ClinicalView } from '../../assessment-page.server.ts'
import type { Truth } from '../eligibility.ts'
import { ChangesNotice } from './changes-notice.tsx'

/** How the rules stand and what was decided, with the way to the page on which a prescriber decides. */
export function EligibilityPart({ data, clinical }: { data: AssessmentView; clinical: ClinicalView }) {
  const deciding = clinical.rules.filter(({ decides }) => decides)
  const of = (truth: Truth) => deciding.filter((rule) => rule.truth === truth)
  const { decision } = data
  return (
    <Section title="Eligibility">
      <ChangesNotice changes={clinical.changes} />
      <p>
        {of('met').length} of {deciding.length} rules that decide are met, {of('not-met').length} not met,{' '}
        {of('unknown').length} unknown.
      </p>
      {of('not-met').length > 0 && (
        <p>
          Not met:{' '}
          {of('not-met')
            .map(({ title }) => title)
            .join('; ')}
          .
        </p>
      )}
      <p>
        {decision
          ? `Decided: ${decision.eligible ? 'eligible' : 'not eligible'}, ${decision.by}, ${decision.when}.`
          : 'Nobody has decided yet.'}
      </p>
      <FormActions>
        <ButtonLink href={`/work/assessments/${data.id}/decision`}>Rules and decision</ButtonLink>
      </FormActions>
    </Section>
  )
}
