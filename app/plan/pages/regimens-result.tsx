import { ConcentrationChart, DataTable, Facts, Figure, Notice, Section } from '../../ui/index.ts'
import type { RegimenView, ShownFigure, ShownRegimen, ShownSite } from '../regimens/regimen-view.ts'
import { ModelWords } from './regimens-models.tsx'

/** What comes out: one picture for each site of blood, the effect site, figures, differences, and every model's words. */
export function RegimenResult({ view, seenOn }: { view: RegimenView; seenOn: string }) {
  const { sites, threshold } = view
  const regimens = sites.flatMap((site) => site.regimens)
  return (
    <div className="regimens-result" id="result">
      {view.sitesDiffer && (
        <Notice
          state="amber"
          title="Different blood: these regimens must not be compared by their lines or figures."
        >
          <p>
            {sites
              .map((site) => `${site.regimens.map(({ name }) => name).join(', ')}: ${site.words}`)
              .join('. ')}
            . The same dose reads up to twice as high in arterial as in venous blood while it is given.
            Neither gives more for it. Choose models of one site to compare.
          </p>
        </Notice>
      )}
      <div className="regimens-figures">
        {sites.map((site) => (
          <SiteFigure key={site.site} site={site} view={view} />
        ))}
        {regimens.some(({ effect }) => effect) && <EffectFigure regimens={regimens} view={view} />}
      </div>
      <Section title="Figures">
        <DataTable
          caption={`For ${view.people}. Typical, and beneath it between what nine in ten drawn people lie: of their curves, without the scatter of a measured level.`}
          rows={sites.flatMap((site) => site.regimens.map((regimen) => ({ site, regimen })))}
          rowKey={({ regimen }) => String(regimen.place)}
          empty={null}
          columns={[
            { key: 'name', head: 'Regimen', names: true, cell: ({ regimen }) => regimen.name },
            { key: 'site', head: 'Measured in', cell: ({ site }) => site.words },
            ...figureColumns(threshold, ({ regimen }: { regimen: ShownRegimen }) => regimen),
          ]}
        />
      </Section>
      {sites
        .filter(({ differences }) => differences.length > 0)
        .map((site) => (
          <Section key={site.site} title="Difference between regimens">
            <DataTable
              caption={`In ${site.words}, against “${site.differences[0]!.against}”. Beneath: between what the difference lies in nine of ten people, each with both regimens.`}
              rows={site.differences}
              rowKey={({ place }) => String(place)}
              empty={null}
              columns={[
                {
                  key: 'name',
                  head: 'Regimen',
                  names: true,
                  cell: ({ name, paired }) => (
                    <>
                      {name}
                      {!paired && (
                        <span className="fact-source">
                          another model: nobody is drawn for both, so there is no interval
                        </span>
                      )}
                    </>
                  ),
                },
                ...figureColumns(threshold, (difference: (typeof site.differences)[number]) => difference),
              ]}
            />
          </Section>
        ))}
      <Section title="What was asked">
        <Facts
          facts={[
            { term: 'For', value: view.people, source: view.drawn },
            ...regimens.map((regimen) => ({
              term: regimen.name,
              value: regimen.doses.join('; '),
              source: `${regimen.drug}; ${regimen.modelTitle}`,
            })),
            { term: 'Worked out', value: seenOn },
          ]}
        />
      </Section>
      <ModelWords models={view.models} />
    </div>
  )
}

type Figures = Pick<ShownRegimen, 'peak' | 'peakAt' | 'area' | 'above'>

function figureColumns<Row>(threshold: number | undefined, of: (row: Row) => Figures) {
  const column = (key: keyof Figures, head: string, unit: string) => ({
    key,
    head,
    unit,
    align: 'figure' as const,
    cell: (row: Row) => <Shown figure={of(row)[key]} />,
  })
  return [
    column('peak', 'Cmax', 'ng/mL'),
    column('peakAt', 'Tmax', 'min'),
    column('area', 'AUC to the end', 'ng·h/mL'),
    ...(threshold === undefined ? [] : [column('above', `Above ${threshold}`, 'min')]),
  ]
}

function Shown({ figure }: { figure: ShownFigure | undefined }) {
  return (
    <>
      {figure?.typical ?? 'not asked'}
      {figure?.between && <span className="fact-source">{figure.between}</span>}
    </>
  )
}

const LABEL_CHARACTERS = 22
const short = (name: string) =>
  name.length <= LABEL_CHARACTERS ? name : `${name.slice(0, LABEL_CHARACTERS - 1)}…`

function SiteFigure({ site, view }: { site: ShownSite; view: RegimenView }) {
  const only = site.regimens.length === 1 ? site.regimens[0] : undefined
  return (
    <Figure
      title={`Ketamine in ${site.words}`}
      definition={<BandWords regimens={site.regimens} n={view.n} measured />}
    >
      <ConcentrationChart
        heading={`In ${site.words}`}
        labels="wide"
        lines={site.regimens.map((regimen) => chartLine(regimen, regimen.line))}
        given={only?.given}
        endMinute={view.untilMin}
        threshold={
          view.threshold === undefined
            ? undefined
            : { ngPerMl: view.threshold, label: `${view.threshold} ng/mL` }
        }
        alt={site.regimens
          .map(
            ({ name, peak, peakAt }) =>
              `${name}: typically at most ${peak.typical} ng/mL at minute ${peakAt.typical}.`,
          )
          .join(' ')}
      />
    </Figure>
  )
}

function EffectFigure({ regimens, view }: { regimens: readonly ShownRegimen[]; view: RegimenView }) {
  const drawn = regimens.flatMap((regimen) => (regimen.effect ? [{ regimen, effect: regimen.effect }] : []))
  const without = regimens.filter(({ effect }) => !effect)
  return (
    <Figure
      title="Where it acts: the effect site that follows the blood"
      definition={<BandWords regimens={drawn.map(({ regimen }) => regimen)} n={view.n} />}
      note={
        <>
          {drawn
            .map(
              ({ regimen, effect }) =>
                `${regimen.name}: half-life ${effect.halfLife}, highest ${effect.peak}.`,
            )
            .join(' ')}
          {without.length > 0 &&
            ` Not drawn: ${without.map(({ name }) => name).join(', ')}, because the model has no effect site.`}{' '}
          A modelled delay, not a measured effect: no curve of mood or receptor exists to be drawn.
        </>
      }
    >
      <ConcentrationChart
        heading="At the effect site"
        labels="wide"
        lines={drawn.map(({ regimen, effect }) => chartLine(regimen, effect))}
        endMinute={view.untilMin}
        alt={drawn
          .map(({ regimen, effect }) => `${regimen.name}: typically at most ${effect.peak}.`)
          .join(' ')}
      />
    </Figure>
  )
}

function BandWords({
  regimens,
  n,
  measured = false,
}: {
  regimens: readonly ShownRegimen[]
  n: number
  measured?: boolean
}) {
  const words = [...new Set(regimens.map(({ modelTitle, bandWords }) => `${modelTitle}: ${bandWords}`))]
  return (
    <>
      Line: the typical person. Band: nine in ten of {n} drawn people (5 to 95 %)
      {measured && ', with what a measured level differs by'}. {words.join('. ')}.
    </>
  )
}

function chartLine({ place, name }: ShownRegimen, line: ShownRegimen['line']) {
  return {
    key: String(place),
    label: short(name),
    minutes: line.minutes,
    ngPerMl: line.typical,
    band: { low: line.low, high: line.high },
    series: place as 1 | 2 | 3 | 4,
  }
}
