import type { FormAnswer } from '../../../platform/form.ts'
import {
  Button,
  Fieldset,
  FormActions,
  Notice,
  RadioGroup,
  Section,
  StepUpField,
  TextArea,
} from '../../../ui/index.ts'
import type { DecisionView } from '../decision-page.server.ts'
import { TRUTH_WORDS } from '../eligibility-words.ts'
import type { RuleRow } from '../rule-row.ts'
import { SecondSignature } from './second-signature.tsx'

/** With which a prescriber signs; what is open decides which parts it has. */
export function DecisionForm({ data, problem }: { data: DecisionView; problem: FormAnswer | undefined }) {
  const value = (name: string) => String(problem?.values[name] ?? '')
  const open = data.rows.filter(
    (row) => row.truth !== 'met' && (row.ruleClass === 'absolute' || row.ruleClass === 'relative'),
  )
  const of = (right: RuleRow['right']) => open.filter((row) => row.right === right)
  const never = of('nobody')
  const two = of('two-prescribers')
  const one = of('prescriber')
  // A reason for what is met by now is not lost: it stands there to be copied.
  const lapsed = data.rows.filter((row) => row.truth === 'met' && value(`override:${row.id}`).trim() !== '')
  const reasonFor = (row: RuleRow) => (
    <TextArea
      key={row.id}
      name={`override:${row.id}`}
      label={`${row.title} (${TRUTH_WORDS[row.truth].word})`}
      hint={row.reach}
      rows={2}
      defaultValue={value(`override:${row.id}`)}
      error={problem?.errors[`override:${row.id}`]}
    />
  )
  return (
    <Section title="Decide and sign">
      {never.length > 0 && (
        <Notice state="unknown" title="“Eligible” cannot be signed by anybody while this is open">
          <ul>
            {never.map((row) => (
              <li key={row.id}>
                {row.title}: {TRUTH_WORDS[row.truth].word}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {lapsed.length > 0 && (
        <Notice title="Met by now, so nothing is overridden. You had written:">
          <ul>
            {lapsed.map((row) => (
              <li key={row.id}>
                {row.title}: {value(`override:${row.id}`)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <form method="post" noValidate className="stack">
        <input type="hidden" name="intent" value="decide" />
        <input type="hidden" name="key" value={value('key') || data.key} />
        <input type="hidden" name="shown" value={value('shown') || data.shown} />
        <RadioGroup
          name="decision"
          label="Your decision"
          choices={[
            { value: 'eligible', label: 'Eligible' },
            { value: 'not-eligible', label: 'Not eligible' },
          ]}
          defaultValue={value('decision')}
          error={problem?.errors.decision}
        />
        <TextArea
          name="reasons"
          label="Reasons"
          hint="In your words, for the record and for the person who asks why."
          defaultValue={value('reasons')}
          error={problem?.errors.reasons}
        />
        {one.length > 0 && (
          <Fieldset
            legend="Relative rules that are open"
            hint="Only for “eligible”. Each needs its own reason; leave empty what you do not override."
          >
            {one.map(reasonFor)}
          </Fieldset>
        )}
        {two.length > 0 && (
          <details className="disclosure" open={problem !== undefined}>
            <summary>
              {two.length === 1 ? 'One absolute rule is open' : `${two.length} absolute rules are open`}:
              override with a second prescriber
            </summary>
            <div className="stack">
              <p>
                Only for “eligible”. Settle them first where that is possible. A reason for something unknown
                says that it is unknown.
              </p>
              {two.map(reasonFor)}
              <SecondSignature
                legend="Second prescriber"
                hint="Somebody else who has looked at the same, with their own e-mail and password or passkey."
                answer={problem}
              />
            </div>
          </details>
        )}
        <StepUpField label="Your password, as your signature" error={problem?.errors.password} />
        <FormActions>
          <Button>Sign</Button>
        </FormActions>
      </form>
    </Section>
  )
}
