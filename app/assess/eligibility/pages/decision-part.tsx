import type { FormAnswer } from '../../../platform/form.ts'
import {
  Button,
  ButtonLink,
  Fieldset,
  FormActions,
  Notice,
  RadioGroup,
  Section,
  TextArea,
  TextField,
  Timeline,
} from '../../../ui/index.ts'
import { TRUTH_WORDS } from '../../assess-words.ts'
import type { AssessmentView, ClinicalView } from '../../assessment-page.server.ts'

/** Decisions so far, and the form with which a prescriber signs one. */
export function DecisionPart({
  data,
  clinical,
  problem,
}: {
  data: AssessmentView
  clinical: ClinicalView
  problem: FormAnswer | undefined
}) {
  const stale = data.decisions[0]?.stale
  return (
    <Section title="Decision">
      {stale && (
        <Notice state="amber" title="Something this decision rests on has changed since it was signed">
          <p>Look at the rules again and sign a new decision.</p>
        </Notice>
      )}
      {data.decisions.length === 0 ? (
        <p>Nobody has decided yet.</p>
      ) : (
        <Timeline
          label="Decisions, newest first"
          items={data.decisions.map((one) => ({
            key: one.id,
            when: one.when,
            dateTime: one.at,
            by: one.by,
            title: one.eligible ? 'Eligible' : 'Not eligible',
            body: (
              <>
                <p>{one.reasons}</p>
                {one.overrides.map((override) => (
                  <p key={override.ruleId}>
                    Overrode “{override.title}”: {override.reason}
                  </p>
                ))}
              </>
            ),
          }))}
        />
      )}
      {data.may.decide && data.decisions[0]?.eligible && !stale && (
        <FormActions>
          <ButtonLink href={`/work/plans/new?assessment=${data.id}`}>Go on to the plan</ButtonLink>
        </FormActions>
      )}
      {data.may.decide && <DecisionForm data={data} clinical={clinical} problem={problem} />}
    </Section>
  )
}

function DecisionForm({ data, clinical, problem }: Parameters<typeof DecisionPart>[0]) {
  const own = problem?.values.intent === 'decide' ? problem : undefined
  const value = (name: string) => String(own?.values[name] ?? '')
  const open = (ruleClass: string) =>
    clinical.rules.filter((rule) => rule.ruleClass === ruleClass && rule.truth !== 'met')
  const absolute = open('absolute')
  const relative = open('relative')
  return (
    <details className="disclosure" open={own !== undefined}>
      <summary>Decide and sign</summary>
      {absolute.length > 0 && (
        <Notice
          state="unknown"
          title={`“Eligible” cannot be signed: ${absolute.length} absolute ${absolute.length === 1 ? 'rule is' : 'rules are'} open`}
        >
          <ul>
            {absolute.map((rule) => (
              <li key={rule.id}>
                {rule.title}: {TRUTH_WORDS[rule.truth].word}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="decide" />
        <input type="hidden" name="key" value={value('key') || data.keys.decision} />
        <RadioGroup
          name="decision"
          label="Your decision"
          choices={[
            { value: 'eligible', label: 'Eligible' },
            { value: 'not-eligible', label: 'Not eligible' },
          ]}
          defaultValue={value('decision')}
          error={own?.errors.decision}
        />
        <TextArea
          name="reasons"
          label="Reasons"
          hint="In your words, for the record and for the person who asks why."
          defaultValue={value('reasons')}
          error={own?.errors.reasons}
        />
        {relative.length > 0 && (
          <Fieldset
            legend="Overrides"
            hint="Only for “eligible”. Each open relative rule needs its own reason; leave empty what you do not override."
          >
            {relative.map((rule) => (
              <TextArea
                key={rule.id}
                name={`override:${rule.id}`}
                label={`${rule.title} (${TRUTH_WORDS[rule.truth].word})`}
                rows={2}
                defaultValue={value(`override:${rule.id}`)}
                error={own?.errors[`override:${rule.id}`]}
              />
            ))}
          </Fieldset>
        )}
        <TextField
          name="password"
          label="Your password, as your signature"
          type="password"
          width="medium"
          autoComplete="current-password"
          error={own?.errors.password}
        />
        <FormActions>
          <Button>Sign</Button>
        </FormActions>
      </form>
    </details>
  )
}
