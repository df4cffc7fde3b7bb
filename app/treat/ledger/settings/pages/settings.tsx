import type { ReactNode } from 'react'
import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  Checkbox,
  ErrorSummary,
  Facts,
  Fieldset,
  FormActions,
  Notice,
  NumberField,
  PageHead,
  RadioGroup,
  Section,
  StepUpField,
  TextField,
  Timeline,
} from '../../../../ui/index.ts'
import { readLedgerSettings, setLedgerSettings } from '../../../treat-access.ts'
import { type LedgerSettings, WEEKDAYS, weekdayField } from '../ledger-settings.ts'
import {
  percentOf,
  SETTING_TAG_WORDS,
  SETTING_WORDS,
  type SettingTag,
  WEEKDAY_NAMES,
} from '../setting-words.ts'
import settingsCss from '../settings.css?url'
import { loadSettings, postSettings, type SettingsView } from '../settings-page.server.ts'

export function links() {
  return [{ rel: 'stylesheet', href: settingsCss }]
}

export const loader = guardedLoader(readLedgerSettings, loadSettings)

export const action = guardedAction({ set: [setLedgerSettings, postSettings] })

export function meta() {
  return [{ title: 'How the ledger is kept' }]
}

const TAGS = Object.entries(SETTING_TAG_WORDS) as [SettingTag, string][]

export default function LedgerSettingsPage() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />}
        title="How the ledger is kept"
        lead="What the law of the United States asks is told apart from good practice and from our own defaults. A state, an accreditor or your insurer may ask for more."
      />
      {page.done && !answer && (
        <Notice state="calm" announce="status" title="Signed. It holds from now on." />
      )}
      <ErrorSummary errors={fieldErrors(answer)} title="Not set yet" />
      {page.seen === undefined && (
        <Notice state="due" title="Nobody has set this yet">
          <p>The defaults hold until the manager has looked at each of them and signed.</p>
        </Notice>
      )}
      <p className="setting-tags">
        How sure each line is:{' '}
        {TAGS.map(([tag, words]) => (
          <span key={tag}>
            <b>{tag}</b> {words}
          </span>
        ))}
      </p>
      {page.maySet ? <SettingsForm page={page} answer={answer} /> : <SettingsAsTheyAre page={page} />}
      {page.history.length > 0 && (
        <Section title="Set so far">
          <Timeline
            label="Settings, newest first"
            items={page.history.map((one) => ({
              key: one.id,
              when: one.when,
              dateTime: one.at,
              by: one.by,
              title: one.changes.length === 0 ? 'Confirmed as it was' : 'Changed',
              body: one.changes.map((change) => <p key={change}>{change}</p>),
            }))}
          />
        </Section>
      )}
    </>
  )
}

function SettingsAsTheyAre({ page }: { page: SettingsView }) {
  return (
    <Section title="As it is now">
      <Facts
        facts={(Object.keys(SETTING_WORDS) as (keyof LedgerSettings)[]).map((name) => ({
          term: SETTING_WORDS[name].label,
          value: page.inWords[name],
          source: <Behind name={name} />,
        }))}
      />
    </Section>
  )
}

/** What is law and what is practice, as it stands under a setting. */
function Behind({ name }: { name: keyof LedgerSettings }): ReactNode {
  const { law, practice } = SETTING_WORDS[name]
  const part = (title: string, said: typeof law) =>
    said.length > 0 && (
      <span className="setting-behind">
        <b>{title}</b>{' '}
        {said.map(({ text, tag }) => (
          <span key={text}>
            {text} <abbr title={SETTING_TAG_WORDS[tag]}>[{tag}]</abbr>{' '}
          </span>
        ))}
      </span>
    )
  return (
    <>
      {part('Law.', law)}
      {part('Practice.', practice)}
    </>
  )
}

function SettingsForm({ page, answer }: { page: SettingsView; answer: FormAnswer | undefined }) {
  const { settings } = page
  const typed = (name: string, otherwise: string | number) => String(answer?.values[name] ?? otherwise)
  const field = (name: string, otherwise: string | number) => ({
    name,
    defaultValue: typed(name, otherwise),
    error: answer?.errors[name],
  })
  const setting = (name: keyof LedgerSettings) => ({
    label: SETTING_WORDS[name].label,
    hint: <Behind name={name} />,
  })
  const choice = (
    name: 'twoPersonReceive' | 'twoPersonCount' | 'twoPersonWaste' | 'vialForOnePersonOnly',
    yes: string,
    no: string,
  ) => (
    <RadioGroup
      {...field(name, settings[name] ? 'yes' : 'no')}
      {...setting(name)}
      layout="inline"
      choices={[
        { value: 'yes', label: yes },
        { value: 'no', label: no },
      ]}
    />
  )
  const figure = (
    name: 'openedVialHours' | 'keepYears' | 'countEveryDays' | 'needDays',
    unit: string,
    whole = true,
  ) => <NumberField {...field(name, settings[name])} {...setting(name)} unit={unit} whole={whole} />
  const two = ['Two people', 'One person is enough'] as const
  return (
    <form method="post" noValidate className="stack setting-form">
      <input type="hidden" name="intent" value="set" />
      <input type="hidden" name="key" value={typed('key', page.key)} />
      <input type="hidden" name="seen" value={typed('seen', page.seen ?? '')} />
      <Section title="Who signs">
        {choice('twoPersonReceive', ...two)}
        {choice('twoPersonCount', ...two)}
        {choice('twoPersonWaste', ...two)}
      </Section>
      <Section title="Opened vials">
        {figure('openedVialHours', 'hours', false)}
        {choice('vialForOnePersonOnly', 'For one person only', 'May be shared within those hours')}
      </Section>
      <Section title="Counts and records">
        {figure('countEveryDays', 'days')}
        {figure('keepYears', 'years')}
      </Section>
      <Section title="Alerts">
        <Fieldset legend={SETTING_WORDS.workingHours.label} hint={<Behind name="workingHours" />}>
          <div className="setting-hours">
            <TextField
              {...field('worksFrom', settings.workingHours.from)}
              label="From"
              type="time"
              width="short"
            />
            <TextField {...field('worksTo', settings.workingHours.to)} label="To" type="time" width="short" />
          </div>
          <p className="field-hint">By the clinic’s clock ({page.timeZone}).</p>
          <div className="setting-days">
            {[...WEEKDAYS.slice(1), 0].map((day) => (
              <Checkbox
                key={day}
                name={weekdayField(day)}
                label={WEEKDAY_NAMES[day]}
                defaultChecked={
                  answer
                    ? answer.values[weekdayField(day)] !== undefined
                    : settings.workingHours.weekdays.includes(day)
                }
                error={answer?.errors[weekdayField(day)]}
              />
            ))}
          </div>
        </Fieldset>
        <NumberField
          {...field('wastePercent', percentOf(settings.wasteShareAlert))}
          {...setting('wasteShareAlert')}
          unit="%"
        />
        {figure('needDays', 'days')}
      </Section>
      <StepUpField label="Your password, as your signature" error={answer?.errors.password} />
      <FormActions>
        <Button>Sign</Button>
      </FormActions>
    </form>
  )
}
