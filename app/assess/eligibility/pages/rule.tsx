import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  NumberField,
  PageHead,
  RadioGroup,
  Section,
  StepUpField,
  TextArea,
  Timeline,
} from '../../../ui/index.ts'
import { readRules, setRule } from '../../assess-access.ts'
import eligibilityCss from '../eligibility.css?url'
import { loadRule, postRule, type RuleView } from '../rules-page.server.ts'
import { SecondSignature } from './second-signature.tsx'

export const loader = guardedLoader(readRules, loadRule)

export const action = guardedAction({ set: [setRule, postRule] })

export function links() {
  return [{ rel: 'stylesheet', href: eligibilityCss }]
}

export function meta() {
  return [{ title: 'A rule of eligibility' }]
}

export default function Rule() {
  const data = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb items={[{ href: '/work/eligibility-rules', label: 'Rules of eligibility' }]} />
        }
        title={data.title}
        kicker={`${data.className}, version ${data.version}`}
      />
      {data.done && (
        <Notice
          state="calm"
          announce="status"
          title="Signed. Decisions made under another version are looked at again."
        />
      )}
      <ErrorSummary errors={fieldErrors(problem)} />
      <Section title="What it asks">
        <Facts
          facts={[
            { term: 'Limit', value: data.threshold },
            { term: 'Facts', value: data.ages },
            { term: 'While unknown', value: data.settle },
            { term: 'Source', value: data.source },
            { term: 'How sure', value: `${data.tag}: ${data.tagWords}` },
            {
              term: 'Here',
              value: data.set
                ? `set ${data.set}`
                : data.isDefault
                  ? 'a default, to be set by the medical director'
                  : 'as it comes',
            },
          ]}
        />
        {data.sides && (
          <ul className="sides">
            {data.sides.map((side) => (
              <li key={side.says}>
                {side.says}
                <span className="rule-words">
                  {side.source} [{side.tag}]
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {data.settings.length > 0 && (
        <Section title="Set so far">
          <Timeline
            label="Settings, newest first"
            items={data.settings.map((one) => ({
              key: one.id,
              when: one.when,
              dateTime: one.at,
              by: `${one.by} and ${one.second}`,
              title: one.reason,
              body: (
                <>
                  {one.numbers.map((words) => (
                    <p key={words}>{words}</p>
                  ))}
                  {one.strictness && <p>{one.strictness}</p>}
                </>
              ),
            }))}
          />
        </Section>
      )}
      {data.maySet && <SettingForm data={data} problem={problem} />}
    </>
  )
}

function SettingForm({ data, problem }: { data: RuleView; problem: FormAnswer | undefined }) {
  const typed = (name: string, otherwise: string | number) => String(problem?.values[name] ?? otherwise)
  const wrong = problem?.errors ?? {}
  return (
    <Section title="Set or confirm">
      <p>
        Leave the numbers as they are to confirm them. A manager and a prescriber sign, each with their own
        password or passkey.
      </p>
      <form method="post" noValidate className="stack">
        <input type="hidden" name="intent" value="set" />
        <input type="hidden" name="key" value={typed('key', data.key)} />
        <input type="hidden" name="revision" value={typed('revision', data.revision)} />
        {data.numbers.map((number) => (
          <NumberField
            key={number.field}
            name={number.field}
            label={number.label}
            unit={number.unit}
            hint={`From ${number.least} to ${number.most}. It comes as ${number.comes}.`}
            defaultValue={typed(number.field, number.now)}
            error={wrong[number.field]}
          />
        ))}
        {data.strictness && data.strictness.choices.length > 1 && (
          <RadioGroup
            name="strictness"
            label="How strict"
            hint="It can be made stricter than it comes, never looser."
            choices={data.strictness.choices}
            defaultValue={typed('strictness', data.strictness.now)}
            error={wrong.strictness}
          />
        )}
        {data.strictness?.choices.length === 1 && <p>How strict: {data.strictness.choices[0]?.label}.</p>}
        <TextArea
          name="reason"
          label="Why"
          rows={3}
          defaultValue={typed('reason', '')}
          error={wrong.reason}
        />
        <StepUpField label="Your password, as your signature" error={wrong.password} />
        <SecondSignature
          legend="The second who signs"
          hint="A prescriber where you are the manager, a manager where you prescribe."
          answer={problem}
        />
        <FormActions>
          <Button>Sign</Button>
        </FormActions>
      </form>
    </Section>
  )
}
