import type { ReportLine } from '@evenkeel/questionnaires'
import type { FormAnswer } from '../../../platform/form.ts'
import {
  Button,
  CheckboxGroup,
  FormActions,
  Notice,
  Section,
  TextArea,
  TextField,
} from '../../../ui/index.ts'
import type { CheckedFile } from '../edition-page.server.ts'

const KIND_WORDS: Readonly<Record<ReportLine['kind'], string>> = {
  problem: 'problem',
  check: 'look at',
  ours: 'ours',
  taken: 'taken',
  preview: 'preview',
  ignored: 'not used',
}

/** What was found in a file, line by line, what refuses it first. */
function Report({ lines }: { lines: readonly ReportLine[] }) {
  const kinds = Object.keys(KIND_WORDS) as ReportLine['kind'][]
  const ordered = kinds.flatMap((kind) => lines.filter((line) => line.kind === kind))
  return (
    <ul className="report">
      {ordered.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one report never move
        <li key={place} className={`report-${line.kind}`}>
          <span className="report-kind">{KIND_WORDS[line.kind]}</span>
          <span>{line.says}</span>
        </li>
      ))}
    </ul>
  )
}

/** A file chosen or pasted, and, once it was looked at, what it would do. */
export function BringIn({
  name,
  itemKey,
  checked,
  problem,
}: {
  name: string
  itemKey: string
  checked: CheckedFile['checked'] | undefined
  problem: FormAnswer | undefined
}) {
  const kept = checked?.kept ?? String(problem?.values.kept ?? '')
  const fileName = checked?.fileName ?? String(problem?.values['file-name'] ?? '')
  const map = checked?.map ?? String(problem?.values.map ?? '')
  return (
    <Section title="Bring in other words">
      {checked && <Verdict name={name} checked={checked} />}
      <form method="post" encType="multipart/form-data" noValidate className="measure">
        <input type="hidden" name="key" value={itemKey} />
        {kept === '' ? (
          <>
            <TextField
              name="file"
              type="file"
              accept=".json,application/json,application/fhir+json"
              label="The publisher's form as FHIR JSON"
              hint="A Questionnaire of FHIR R4; R5 and STU3 are read too. Its words are taken, its scoring never."
              error={problem?.errors.file}
            />
            <TextArea
              name="pasted"
              label="Or its text"
              rows={4}
              optional
              hint="Paste all of it."
              error={problem?.errors.pasted}
            />
          </>
        ) : (
          <>
            <input type="hidden" name="kept" value={kept} />
            <input type="hidden" name="file-name" value={fileName} />
            <p>
              {fileName} · <a href="?">Choose another file</a>
            </p>
          </>
        )}
        {checked && checked.toConfirm.length + checked.confirmed.length > 0 && (
          <CheckboxGroup
            name="confirm"
            label="I have compared these with our form"
            hint="The lines above say what to look at. If the meaning is not the same, leave them."
            choices={[...new Set([...checked.toConfirm, ...checked.confirmed])].map((value) => ({
              value,
              label: value === 'form' ? `The whole form: it is ${name}` : value,
            }))}
            defaultValues={checked.confirmed}
          />
        )}
        <TextArea
          name="map"
          label="Which question is which"
          rows={2}
          optional
          hint="Only where the file does not tell by itself: linkId=item, with commas between."
          defaultValue={map}
          error={problem?.errors.map}
        />
        <FormActions>
          <Button name="intent" value="check" kind="quiet">
            {checked ? 'Look at it again' : 'Look at it first'}
          </Button>
          {checked?.ok && (
            <Button name="intent" value="import">
              Use these words from now on
            </Button>
          )}
        </FormActions>
      </form>
    </Section>
  )
}

function Verdict({ name, checked }: { name: string; checked: CheckedFile['checked'] }) {
  const problems = checked.lines.filter(({ kind }) => kind === 'problem').length
  return (
    <>
      {checked.ok ? (
        <Notice state="calm" announce="status" title={`This file can be used for ${name}.`}>
          <p>Nothing is stored yet. Read what is taken, then decide.</p>
        </Notice>
      ) : (
        <Notice
          state="due"
          announce="status"
          title={`This file cannot be used as it is: ${problems} ${problems === 1 ? 'problem' : 'problems'}.`}
        >
          <p>Nothing was stored.</p>
        </Notice>
      )}
      <Report lines={checked.lines} />
      {checked.proposal !== undefined && (
        <>
          <p>
            In the order of the file it would be the following. Compare every question before you use it
            below.
          </p>
          <p className="proposal">{checked.proposal}</p>
        </>
      )}
    </>
  )
}

export type StoredEdition = {
  readonly id: string
  readonly edition: string
  readonly inUse: boolean
  readonly language: string
  readonly file: string
  readonly origin: string
  readonly copyright: string | undefined
  readonly imported: string
  readonly report: readonly ReportLine[]
}

/** Every wording there is, and which new responses use. */
export function Wordings({
  editions,
  plain,
  may,
}: {
  editions: readonly StoredEdition[]
  plain: boolean
  may: boolean
}) {
  return (
    <Section title="Wordings">
      <Wording title="Our plain language" inUse={plain} value="plain" may={may}>
        Written for this program. Not validated as a form.
      </Wording>
      {editions.map((one) => (
        <Wording
          key={one.id}
          title={one.file}
          inUse={one.inUse}
          value={one.id}
          may={may}
          after={
            <details className="disclosure">
              <summary>What was taken from it</summary>
              <Report lines={one.report} />
            </details>
          }
        >
          {[
            one.edition,
            one.language === 'und' ? 'language not said' : one.language,
            one.origin,
            one.copyright,
            `imported ${one.imported}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Wording>
      ))}
    </Section>
  )
}

function Wording({
  title,
  inUse,
  value,
  may,
  children,
  after,
}: {
  title: string
  inUse: boolean
  value: string
  may: boolean
  children: React.ReactNode
  after?: React.ReactNode
}) {
  return (
    <div className="edition">
      <div>
        <strong>{title}</strong>
        {inUse && ' · in use'}
        <span className="instrument-note">{children}</span>
        {after}
      </div>
      {may && !inUse && (
        <form method="post">
          <input type="hidden" name="intent" value="use" />
          <input type="hidden" name="edition" value={value} />
          <Button kind="quiet" size="small">
            Use this<span className="hidden">: {title}</span>
          </Button>
        </form>
      )}
    </div>
  )
}
