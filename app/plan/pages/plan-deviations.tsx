import type { FormAnswer } from '../../platform/form.ts'
import { Button, FormActions, Section, SelectField, TextArea, TextField, Timeline } from '../../ui/index.ts'
import type { DeviationsShown } from '../protocols/deviations-shown.server.ts'

/** Where the treatment left its protocol, with the reasons, and a form for what has none of its own. */
export function PlanDeviations({
  deviations: { rows, kinds },
  problem,
}: {
  deviations: DeviationsShown
  problem: FormAnswer | undefined
}) {
  const typed = (name: string) => String(problem?.values[name] ?? '')
  const wrong = problem?.errors ?? {}
  return (
    <Section title="Left the protocol">
      {rows.length === 0 ? (
        <p>Nowhere so far.</p>
      ) : (
        <Timeline
          label="Where the treatment left its protocol"
          items={rows.map((d) => ({
            key: d.id,
            when: d.when,
            dateTime: d.dateTime,
            title: `${d.kind.charAt(0).toUpperCase()}${d.kind.slice(1)}: ${d.doneInstead}`,
            body: `Instead of ${d.protocolSays}. Why: ${d.reason}`,
            by: d.by,
          }))}
        />
      )}
      <details
        className="disclosure"
        open={Boolean(
          wrong.deviationKind ?? wrong.deviationReason ?? wrong.protocolSays ?? wrong.doneInstead,
        )}
      >
        <summary>Note that something is done differently</summary>
        <form method="post" noValidate className="measure stack">
          <SelectField
            name="deviationKind"
            label="About"
            prompt="Choose"
            options={kinds}
            defaultValue={typed('deviationKind')}
            error={wrong.deviationKind}
          />
          <TextField
            name="protocolSays"
            label="The protocol asks for"
            defaultValue={typed('protocolSays')}
            error={wrong.protocolSays}
          />
          <TextField
            name="doneInstead"
            label="Done instead"
            defaultValue={typed('doneInstead')}
            error={wrong.doneInstead}
          />
          <TextArea
            name="deviationReason"
            label="Why"
            rows={2}
            defaultValue={typed('deviationReason')}
            error={wrong.deviationReason}
          />
          <FormActions>
            <Button name="intent" value="deviate" kind="quiet">
              Note it
            </Button>
          </FormActions>
        </form>
      </details>
    </Section>
  )
}
