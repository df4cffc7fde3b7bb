import { DataTable, Facts, Notice, Section } from '../../ui/index.ts'
import type {
  RegimenView,
  ShownDraw,
  ShownFigure,
  ShownRegimen,
  ShownSite,
} from '../regimens/regimen-view.ts'
import { DrawFigure, EffectFigure, SiteFigure, shortDoubts } from './regimens-figures.tsx'
import { ModelWords } from './regimens-models.tsx'

/**
 * What comes out: one picture for each site of blood, the expected laboratory draw, the effect site, figures, differences, and
 * every model's words.
 *
 * @param address whole address of this comparison, for whoever holds it on paper
 */
export function RegimenResult({
  view,
  seenOn,
  address,
}: {
  view: RegimenView
  seenOn: string
  address: string
}) {
  const { sites } = view
  const regimens = sites.flatMap((site) => site.regimens)
  return (
    <section className="regimens-result" id="result" tabIndex={-1} aria-label="Result">
      {view.sitesDiffer && <SitesDiffer sites={sites} />}
      <div className="regimens-figures">
        {sites.map((site) => (
          <SiteFigure key={site.key} site={site} view={view} />
        ))}
        {regimens.some(({ draw }) => draw) && <DrawFigure regimens={regimens} view={view} />}
        {sites.map((site) => (
          <EffectFigure key={site.key} site={site} view={view} />
        ))}
      </div>
      <FiguresTable view={view} />
      {sites.map((site) => (
        <Differences key={site.key} site={site} threshold={view.threshold} />
      ))}
      <Section title="What was asked">
        <Facts
          facts={[
            { term: 'For', value: view.people, source: view.drawn },
            ...regimens.map(({ name, changedFrom, doses, drug, modelTitle }) => ({
              term: name,
              value: doses.join('; '),
              source: `${drug}; ${modelTitle}${changedFrom === undefined ? '' : `; changed from “${changedFrom}”`}`,
            })),
            { term: 'Worked out', value: seenOn },
            {
              term: 'Address',
              value: <span className="regimens-address">{address}</span>,
              source: 'The same question with the same figures; it holds no name and no record.',
            },
          ]}
        />
      </Section>
      <ModelWords models={view.models} />
    </section>
  )
}

function SitesDiffer({ sites }: { sites: readonly ShownSite[] }) {
  const unstated = sites.filter(({ site }) => site === 'unspecified').length
  return (
    <Notice
      state="amber"
      title="Different blood: these regimens must not be compared by their lines or figures."
    >
      <p>
        {sites.map((site) => `${site.regimens.map(({ name }) => name).join(', ')}: ${site.words}`).join('. ')}
        . The same dose reads up to twice as high in arterial as in venous blood while it is given. Neither
        gives more for it. Choose models of one site to compare.
      </p>
      {unstated > 0 && (
        <p>
          Where blood was drawn is not stated for {unstated === 1 ? 'one of them' : 'several of them'}: not
          stated is not the same, so each stands alone.
        </p>
      )}
    </Notice>
  )
}

type TableRow = {
  readonly key: string
  readonly name: string
  readonly remarks: readonly string[]
  readonly site: string
  readonly figures: Figures
}

function FiguresTable({ view }: { view: RegimenView }) {
  const rows = view.sites.flatMap((site) =>
    site.regimens.flatMap((regimen): TableRow[] => [
      {
        key: String(regimen.place),
        name: regimen.name,
        remarks: [
          ...(regimen.changedFrom === undefined ? [] : [`changed from “${regimen.changedFrom}”`]),
          ...shortDoubts(regimen),
        ],
        site: site.words,
        figures: regimen,
      },
      ...(regimen.draw ? [drawRow(regimen, regimen.draw)] : []),
    ]),
  )
  return (
    <Section title="Figures">
      <DataTable
        caption={`For ${view.people}. Typical, and beneath it between what nine in ten drawn people lie: of their curves, without the scatter of a measured level. Not a dosing instruction.`}
        rows={rows}
        rowKey={({ key }) => key}
        empty={null}
        columns={[
          {
            key: 'name',
            head: 'Regimen',
            names: true,
            cell: ({ name, remarks }) => (
              <>
                {name}
                <Beneath lines={remarks} />
              </>
            ),
          },
          { key: 'site', head: 'Measured in', cell: ({ site }) => site },
          ...figureColumns(view.threshold, ({ figures }: TableRow) => figures),
        ]}
      />
    </Section>
  )
}

function drawRow(regimen: ShownRegimen, draw: ShownDraw): TableRow {
  return {
    key: `${regimen.place} draw`,
    name: `${regimen.name}: expected laboratory draw`,
    remarks: [
      'estimated; beneath the figures the range of the arm’s delay, not of people',
      ...shortDoubts(regimen),
    ],
    site: 'venous blood, estimated',
    figures: draw,
  }
}

function Differences({ site, threshold }: { site: ShownSite; threshold: number | undefined }) {
  const { differences, otherDrugs } = site
  if (differences.length === 0 && otherDrugs.length === 0) return null
  return (
    <Section title={`Difference between regimens in ${site.words}`}>
      <DataTable
        caption="Beneath: between what the difference lies in nine of ten people, each with both regimens. Not a dosing instruction."
        rows={differences}
        rowKey={({ place }) => String(place)}
        empty={null}
        columns={[
          {
            key: 'name',
            head: 'Regimen',
            names: true,
            cell: ({ name, against, paired }) => (
              <>
                {name}
                <Beneath
                  lines={[
                    `against “${against}”`,
                    ...(paired ? [] : ['another model: nobody is drawn for both, so there is no interval']),
                  ]}
                />
              </>
            ),
          },
          ...figureColumns(threshold, (difference: (typeof differences)[number]) => difference),
        ]}
      />
      {otherDrugs.length > 0 && (
        <p className="fact-source">
          {otherDrugs.join(', ')}: another drug than “{site.regimens[0]!.name}”. A milligram of one is not a
          milligram of the other, so no difference is drawn.
        </p>
      )}
    </Section>
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
      {figure?.typical ?? 'not known'}
      <Beneath lines={[...(figure?.between ? [figure.between] : []), ...(figure?.remarks ?? [])]} />
    </>
  )
}

function Beneath({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <span key={line} className="fact-source">
      {line}
    </span>
  ))
}
