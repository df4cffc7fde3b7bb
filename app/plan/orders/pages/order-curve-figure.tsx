import { memo, useDeferredValue, useMemo } from 'react'
import { ConcentrationChart, DataTable, EmptyState, Figure, Notice } from '../../../ui/index.ts'
import type { Route } from '../../protocols/protocol.ts'
import type { DoseFigures } from '../dose-arithmetic.ts'
import { type CurvePerson, type OrderCurve, orderCurve } from '../order-curve.ts'

/** The course a model predicts for this order, or in plain words why none is drawn. Follows the typing a little later. */
export function OrderCurveFigure({
  figures,
  route,
  person,
}: {
  figures: DoseFigures
  route: Route
  person: CurvePerson
}) {
  // Typing comes first: the curve is computed once the fields have rested, and only when what is given has changed.
  const question = useDeferredValue(JSON.stringify({ figures, route, person }))
  const curve = useMemo(() => {
    const asked = JSON.parse(question) as { figures: DoseFigures; route: Route; person: CurvePerson }
    return orderCurve(asked.figures, asked.route, asked.person)
  }, [question])
  const drug = route === 'nasal-esketamine' ? 'esketamine' : 'ketamine'
  return <CurveFigure curve={curve} drug={drug} weightKg={person.weightKg} ageYears={person.ageYears} />
}

const CurveFigure = memo(function CurveFigure({
  curve,
  drug,
  weightKg,
  ageYears,
}: {
  curve: OrderCurve
  drug: string
  weightKg: number | undefined
  ageYears: number | undefined
}) {
  if (!curve.ok) {
    return (
      <Notice title="No predicted course">
        <p>{curve.why}</p>
      </Notice>
    )
  }
  const { model, minutes, lines, peak } = curve
  const site = model.sampling === 'venous' ? 'vein' : 'artery'
  return (
    <Figure
      title={`Predicted ${drug} in blood of the ${site}${lines.length > 1 ? ', and its effect' : ''}`}
      definition={
        <>
          <p>
            <strong>Not a dosing instruction.</strong> {model.title} ({model.population}); its typical person
            of {weightKg} kg{ageYears === undefined ? ', age not known' : ` and ${ageYears} years`}. Shaded:
            nine people in ten, if the model is right. The person in the chair may lie elsewhere.
          </p>
          {curve.cautions.length > 0 && <p>{curve.cautions.map(asSentence).join(' ')}</p>}
        </>
      }
      tableLabel="The predicted levels as a table"
      table={<LevelsTable curve={curve} site={site} />}
    >
      <ConcentrationChart
        heading={lines.length > 1 ? 'Artery and effect, predicted' : `Blood of the ${site}, predicted`}
        lines={lines.map((line) => ({
          key: line.key,
          label: line.key === 'effect' ? 'effect' : site,
          minutes,
          ngPerMl: line.ngPerMl,
          band: { low: line.low, high: line.high },
          series: line.key === 'effect' ? 2 : 1,
        }))}
        given={curve.given}
        alt={
          peak
            ? `Predicted course: highest about ${Math.round(peak.ngPerMl)} ng/mL at minute ${Math.round(peak.atMinute)}.`
            : 'Predicted course.'
        }
      />
    </Figure>
  )
})

function asSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/, '')}.`
}

function LevelsTable({ curve, site }: { curve: Extract<OrderCurve, { ok: true }>; site: string }) {
  const every = 15
  const rows = [...curve.minutes].flatMap((minute, at) =>
    minute % (every * 2) === 0 ? [{ minute, at }] : [],
  )
  return (
    <DataTable
      caption="Typical level and the range of nine people in ten, ng/mL"
      captionHidden
      rows={rows}
      rowKey={({ minute }) => String(minute)}
      phone="stack"
      empty={<EmptyState title="No levels" />}
      columns={[
        { key: 'minute', head: 'Minute', names: true, align: 'figure', cell: ({ minute }) => minute },
        ...curve.lines.map((line) => ({
          key: line.key,
          head: line.key === 'effect' ? 'Effect' : `Blood of the ${site}`,
          align: 'figure' as const,
          cell: ({ at }: { at: number }) =>
            `${Math.round(line.ngPerMl[at]!)} (${Math.round(line.low[at]!)} to ${Math.round(line.high[at]!)})`,
        })),
      ]}
    />
  )
}
