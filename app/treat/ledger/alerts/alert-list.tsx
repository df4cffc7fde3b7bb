import type { FormAnswer } from '../../../platform/form.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  StateChip,
  TextArea,
} from '../../../ui/index.ts'
import type { ShownAlerts } from './shown-alerts.ts'

const SEVERITY_WORDS = { red: 'look now', amber: 'look soon' } as const

/**
 * What the ledger gives reason to ask about, the most pressing first, then what could not be judged. The page loads `alert-list.css`.
 *
 * @param openDifferences how many differences of counts the page shows beside these
 * @param lookKey for whoever may note what they found: the key of that note
 * @param answer to a note that could not be taken
 */
export function AlertList({
  alerts,
  notJudged,
  openDifferences,
  lookKey,
  answer,
}: ShownAlerts & {
  readonly openDifferences: number
  readonly lookKey?: string | undefined
  readonly answer?: FormAnswer | undefined
}) {
  return (
    <>
      {alerts.length === 0 ? (
        <EmptyState
          title={openDifferences > 0 ? 'Nothing besides the open differences' : 'Nothing to ask about'}
        >
          Lots that expire or are called back, opened vials, counts and the stock for booked visits were
          looked at.
        </EmptyState>
      ) : (
        <ol className="ledger-alerts">
          {alerts.map(({ key, severity, title, detail, todo, since, links, shown, looked }) => (
            <li key={key} className={`ledger-alert ledger-alert-${looked ? 'looked' : severity}`}>
              <div className="ledger-alert-head">
                <h3>{title}</h3>
                {looked ? (
                  <StateChip state="calm" word="looked at" />
                ) : (
                  <StateChip state={severity} word={SEVERITY_WORDS[severity]} />
                )}
              </div>
              <p>{detail}</p>
              <p className="ledger-alert-todo">{todo}</p>
              {since && (
                <p className="ledger-alert-since">
                  Since <time dateTime={since.at}>{since.words}</time>
                </p>
              )}
              {looked && (
                <p>
                  {looked.by} looked at it, {looked.when}: “{looked.words}”
                </p>
              )}
              {links.length > 0 && (
                <ul className="ledger-alert-links screen-only">
                  {links.map(({ href, label }) => (
                    <li key={href}>
                      <a href={href}>{label}</a>
                    </li>
                  ))}
                </ul>
              )}
              {lookKey && (
                <LookForm
                  alert={key}
                  title={title}
                  shown={shown}
                  lookKey={lookKey}
                  answer={answer?.values.alert === key ? answer : undefined}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      {notJudged.length > 0 && (
        <Notice state="unknown" title="Not judged">
          {notJudged.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Notice>
      )}
    </>
  )
}

/** Folded until it is wanted: what was found when the alert was looked into. */
function LookForm({
  alert,
  title,
  shown,
  lookKey,
  answer,
}: {
  alert: string
  title: string
  shown: string
  lookKey: string
  answer: FormAnswer | undefined
}) {
  const id = `looked-${alert.replaceAll(' ', '-')}`
  return (
    <details className="disclosure screen-only" open={answer !== undefined}>
      <summary>
        Note that you looked at it<span className="hidden">: {title}</span>
      </summary>
      <ErrorSummary
        errors={Object.values(answer?.errors ?? {}).map((message) => ({ fieldId: id, message }))}
        title="Not noted yet"
      />
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="look" />
        <input type="hidden" name="key" value={lookKey} />
        <input type="hidden" name="alert" value={alert} />
        <input type="hidden" name="shown" value={shown} />
        <TextArea
          name="words"
          id={id}
          label="What you found"
          hint="It stays with it, with your name and the time."
          rows={2}
          defaultValue={String(answer?.values.words ?? '')}
          error={answer?.errors.words}
        />
        <FormActions>
          <Button kind="quiet">Note it</Button>
        </FormActions>
      </form>
    </details>
  )
}
