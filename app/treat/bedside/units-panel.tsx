import type { FormAnswer } from '../../platform/form.ts'
import type { LocalDate } from '../../platform/time.ts'
import { ButtonLink, RadioGroup, StateChip } from '../../ui/index.ts'
import type { FittingLots } from '../dose/fitting-lots.server.ts'
import { computedMg, nextDevice } from '../dose/infusion.ts'
import type { StandsAgainst } from '../dose/stands-against.ts'
import { ScanField } from '../ledger/barcode/scan-field.tsx'
import { refusalWords } from '../session/refusal-words.ts'
import type { SessionDose } from '../session/session.ts'
import { lotAtText } from '../session/session-form.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import { dueWords } from './next-panel.tsx'

type LotChoice = Pick<FittingLots['lots'][number], 'label' | 'draw' | 'place'> & { readonly id: string }

/** Which lot a device or tablet comes from, first to expire first. */
export function UnitLots({
  intent,
  lots,
  today,
  answer,
}: {
  intent: string
  lots: readonly LotChoice[]
  today: LocalDate
  answer: FormAnswer | undefined
}) {
  if (lots.length === 0) {
    return (
      <p>
        <StateChip state="unknown" word="No lot fits" /> No lot of this form and strength that is in date has
        enough left.{' '}
        <ButtonLink href="/work/stock" kind="plain">
          To the stock
        </ButtonLink>
      </p>
    )
  }
  return <LotInHand intent={intent} lots={lots} today={today} answer={answer} />
}

/** Which lot is in the hand: by its code, which stops a wrong one, or from the list, first to expire first. */
export function LotInHand({
  intent,
  lots,
  today,
  answer,
}: {
  intent: string
  lots: readonly LotChoice[]
  today: LocalDate
  answer: FormAnswer | undefined
}) {
  const returned = returnedTo(intent, answer)
  return (
    <>
      <ScanInHand
        intent={intent}
        name="scanned"
        label="Scan what is in your hand"
        hint="Its square code. A lot that is not the one chosen stops."
        today={today}
        answer={answer}
      />
      <RadioGroup
        name="lotId"
        id={fieldId(intent, 'lotId')}
        label="Lot in your hand, first to expire first"
        layout="big"
        choices={lots.map(({ id, label, place, draw }) => ({
          value: lotAtText(id, place),
          label,
          ...(draw ? { hint: `Take ${draw}.` } : {}),
        }))}
        defaultValue={returned.value('lotId')}
        error={returned.error('lotId')}
      />
    </>
  )
}

/** The code of a vial, device or package, scanned before it is used. */
export function ScanInHand({
  intent,
  name,
  answer,
  ...rest
}: {
  intent: string
  name: string
  label: string
  hint: string
  today: LocalDate
  answer: FormAnswer | undefined
}) {
  const returned = returnedTo(intent, answer)
  return (
    <ScanField
      {...rest}
      name={name}
      id={fieldId(intent, name)}
      optional
      defaultValue={returned.value(name)}
      error={returned.error(name)}
    />
  )
}

/** A nasal dose under way: devices given, when the next one is due, and the form that says it was sprayed. */
export function DevicePanel({
  dose,
  stands,
  nowMs,
  lots,
  today,
  formKey,
  answer,
}: {
  dose: SessionDose
  /** What stands against a further device, by the log. */
  stands: StandsAgainst
  nowMs: number
  lots: readonly LotChoice[]
  /** The clinic's day, by which a scanned expiry is read. */
  today: LocalDate
  formKey: string | undefined
  answer: FormAnswer | undefined
}) {
  const next = nextDevice(dose)
  if (!dose.units || !next) return null
  const red = [...stands.redValues, ...stands.redAlarms]
  const waits = next.dueAtMs > nowMs || red.length > 0
  return (
    <section className="infusion" aria-label="Devices">
      <p className="infusion-state">
        <StateChip
          state={red.length > 0 ? 'red' : waits ? 'calm' : 'due'}
          word={
            red.length > 0
              ? `No device ${next.number} while red stands`
              : `Device ${next.number} ${dueWords(next.dueAtMs, nowMs)}`
          }
          size="big"
        />
        <span className="infusion-figure">
          {computedMg(dose, nowMs)} <small>of {dose.orderedMg} mg given</small>
        </span>
        <span className="infusion-figure">
          {dose.devices.length} <small>of {dose.units.count} devices</small>
        </span>
      </p>
      {red.length > 0 && (
        <p>
          {refusalWords('red-stands')} Now: {red.join('; ')}.
        </p>
      )}
      <p>They sit half reclined and rest between two devices; they spray it themselves.</p>
      <BedsideForm
        intent="device"
        formKey={formKey}
        answer={answer}
        submit={`Device ${next.number} was sprayed`}
        kind={waits ? 'quiet' : 'primary'}
      >
        <UnitLots intent="device" lots={lots} today={today} answer={answer} />
      </BedsideForm>
    </section>
  )
}
