import type { ReactNode } from 'react'
import { ConcentrationChart, Figure } from '../../ui/index.ts'
import type { RegimenView, ShownLine, ShownRegimen, ShownSite } from '../regimens/regimen-view.ts'

const LABEL_CHARACTERS = 22
const short = (name: string) =>
  name.length <= LABEL_CHARACTERS ? name : `${name.slice(0, LABEL_CHARACTERS - 1)}…`

/** Lines of regimens that were measured in the same blood, with whatever is in doubt about them. */
export function SiteFigure({ site, view }: { site: ShownSite; view: RegimenView }) {
  const { regimens } = site
  const only = regimens.length === 1 ? regimens[0] : undefined
  const without = regimens.filter(({ effect }) => !effect)
  const drugs = [...new Set(regimens.map(({ drug }) => drug))]
  return (
    <Figure
      title={`Ketamine in ${site.words}`}
      definition={
        <>
          <BandWords regimens={regimens} n={view.n} measured />
          {drugs.length > 1 && (
            <p>
              Lines of two drugs, {drugs.join(' and ')}: a milligram of one is not a milligram of the other.
            </p>
          )}
          {without.length > 0 && (
            <p>
              No effect site is drawn for {without.map(({ name }) => name).join(', ')}: the model has none.
            </p>
          )}
          <Doubts regimens={regimens} />
        </>
      }
    >
      <ConcentrationChart
        heading={site.site === 'unspecified' ? 'In blood' : `In ${site.words}`}
        labels="wide"
        lines={regimens.map((regimen) => chartLine(regimen, regimen.line))}
        given={only?.given}
        endMinute={view.untilMin}
        threshold={thresholdOf(view)}
        alt={regimens
          .map(
            ({ name, peak, peakAt }) =>
              `${name}: typically at most ${peak.typical} ng/mL at minute ${peakAt.typical}.`,
          )
          .join(' ')}
      />
    </Figure>
  )
}

/** What a laboratory would find in a vein, for the models of arteries: an estimate, in a picture of its own. */
export function DrawFigure({ regimens, view }: { regimens: readonly ShownRegimen[]; view: RegimenView }) {
  const drawn = regimens.flatMap((regimen) => (regimen.draw ? [{ regimen, draw: regimen.draw }] : []))
  return (
    <Figure
      title="Expected laboratory draw (venous, estimated)"
      definition={
        <>
          <Words>
            The line of the artery through a delay of the arm that was chosen here so that a standard infusion
            ends at 185 ng/mL; shaded: the range of that delay, not of people. Nobody published it. Not to be
            held against the artery’s line.
          </Words>
          <BriefDoubts regimens={drawn.map(({ regimen }) => regimen)} />
        </>
      }
    >
      <ConcentrationChart
        heading="In a vein, estimated"
        labels="wide"
        lines={drawn.map(({ regimen, draw }) => chartLine(regimen, draw.line))}
        endMinute={view.untilMin}
        threshold={thresholdOf(view)}
        alt={drawn
          .map(
            ({ regimen, draw }) =>
              `${regimen.name}: estimated at most ${draw.peak.typical} ng/mL at minute ${draw.peakAt.typical}.`,
          )
          .join(' ')}
      />
    </Figure>
  )
}

/** The effect sites that follow one site's lines, apart like these; nothing where no model has one. */
export function EffectFigure({ site, view }: { site: ShownSite; view: RegimenView }) {
  const drawn = site.regimens.flatMap((regimen) =>
    regimen.effect ? [{ regimen, effect: regimen.effect }] : [],
  )
  if (drawn.length === 0) return null
  return (
    <Figure
      title={`Where it acts: the effect site that follows ${site.words}`}
      definition={
        <>
          <BandWords regimens={drawn.map(({ regimen }) => regimen)} n={view.n} />
          <BriefDoubts regimens={drawn.map(({ regimen }) => regimen)} />
        </>
      }
      note={
        <>
          {drawn
            .map(
              ({ regimen, effect }) =>
                `${regimen.name}: half-life ${effect.halfLife}, highest ${effect.peak}.`,
            )
            .join(' ')}{' '}
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
    <Words>
      Line: the typical person. Band: nine in ten of {n} drawn people (5 to 95 %)
      {measured && ', with what a measured level differs by'}. {words.join('. ')}.
    </Words>
  )
}

function Words({ children }: { children: ReactNode }) {
  return (
    <p>
      <strong>Not a dosing instruction.</strong> {children}
    </p>
  )
}

/** What is in doubt about these lines, each once; with the names where it is not about all of them. */
function Doubts({ regimens }: { regimens: readonly ShownRegimen[] }) {
  const found = [...new Set(regimens.flatMap(({ doubts }) => doubts.map(({ words }) => words)))]
  if (found.length === 0) return null
  return (
    <div className="regimens-doubts">
      <p>
        <strong>Read with doubt</strong>
      </p>
      <ul>
        {found.map((words) => {
          const whose = regimens.filter(({ doubts }) => doubts.some((doubt) => doubt.words === words))
          const names = whose.length < regimens.length ? `${whose.map(({ name }) => name).join(', ')}: ` : ''
          return (
            <li key={words}>
              {names}
              {names === '' ? words : `${words[0]!.toLowerCase()}${words.slice(1)}`}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** The same in a line, beside a picture that follows from another one: what is about that one’s levels is left out. */
function BriefDoubts({ regimens }: { regimens: readonly ShownRegimen[] }) {
  const found = [...new Set(regimens.flatMap(shortDoubts))]
  if (found.length === 0) return null
  return (
    <p className="regimens-doubts">
      <strong>Read with doubt:</strong> {found.join('; ')}.
    </p>
  )
}

/** What is in doubt about a regimen in few words each, without what is about its own highest level alone. */
export function shortDoubts({ doubts }: ShownRegimen): string[] {
  return doubts.filter(({ at }) => at !== 'peak').map(({ short: words }) => words)
}

function thresholdOf({ threshold }: RegimenView) {
  return threshold === undefined ? undefined : { ngPerMl: threshold, label: `${threshold} ng/mL` }
}

function chartLine({ place, name }: ShownRegimen, line: ShownLine) {
  return {
    key: String(place),
    label: short(name),
    minutes: line.minutes,
    ngPerMl: line.typical,
    band: { low: line.low, high: line.high },
    series: place as 1 | 2 | 3 | 4,
  }
}
