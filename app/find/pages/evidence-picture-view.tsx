import type { Reading } from '../evidence-picture.ts'
import type { PictureView } from '../evidence-picture-words.ts'

const readingWords: Readonly<Record<Reading, string>> = {
  ketamine: 'The whole interval lies on the side of ketamine.',
  comparison: 'The whole interval lies on the side of the comparison.',
  either: 'The interval crosses the line: there may be no difference.',
}

/**
 * A subject's trials as points with intervals, one panel for each kind of estimate; every figure also stands as text
 * beside its strip, so that the drawing itself is only for the eye. Widths are per cent, so that text keeps its size.
 */
export function EvidencePictureView({ picture }: { picture: PictureView }) {
  const { panels, notDrawn, notes } = picture
  return (
    <figure className="picture" aria-labelledby="picture-title">
      <figcaption>
        <h3 id="picture-title">{panels.length > 0 ? 'The trials in one picture' : 'Nothing can be drawn'}</h3>
        {picture.lead.map((sentence) => (
          <p key={sentence} className="picture-lead">
            {sentence}
          </p>
        ))}
      </figcaption>
      {panels.map((panel) => (
        <section key={panel.key} className="picture-panel">
          <h4>{panel.title}</h4>
          <p className="picture-sides" aria-hidden="true">
            <span>← comparison did better</span>
            <span>no difference</span>
            <span>ketamine did better →</span>
          </p>
          <ul className="picture-rows">
            {panel.rows.map((row) => (
              <li key={row.key}>
                <div className="picture-label">
                  <a href={`/studies/${row.studyId}`}>{row.citation}</a>
                  {row.people !== null && <span>, {row.people} people</span>}
                  <span className="picture-outcome">{row.outcome}</span>
                  {row.comparator !== null && (
                    <span className="picture-outcome">Compared with: {row.comparator}</span>
                  )}
                </div>
                <svg className="picture-strip" width="100%" height="28" aria-hidden="true">
                  {panel.ticks.map((tick) => (
                    <line
                      key={tick.label}
                      className={tick.none ? 'picture-none' : 'picture-grid'}
                      x1={percent(tick.at)}
                      x2={percent(tick.at)}
                      y1="0"
                      y2="100%"
                    />
                  ))}
                  <line
                    className="picture-span"
                    x1={percent(row.from)}
                    x2={percent(row.to)}
                    y1="50%"
                    y2="50%"
                  />
                  {[row.from, row.to].map((end) => (
                    <svg key={end} x={percent(end)} y="50%" overflow="visible" aria-hidden="true">
                      <path className="picture-span" d="M0 -5 V5" />
                    </svg>
                  ))}
                  <circle className="picture-dot" cx={percent(row.at)} cy="50%" r="5.5" />
                </svg>
                <p className="picture-figures">
                  <strong>{row.figures}</strong> {readingWords[row.reading]}
                </p>
              </li>
            ))}
          </ul>
          <svg className="picture-axis" width="100%" height="24" aria-hidden="true">
            {panel.ticks.map((tick) => (
              <text key={tick.label} x={percent(tick.at)} y="14" className="picture-tick">
                {tick.label}
              </text>
            ))}
          </svg>
          <p className="picture-note">{panel.axis}</p>
        </section>
      ))}
      {notDrawn.length > 0 && (
        <>
          <h4>Counted, but without an interval to draw</h4>
          <ul className="picture-undrawn">
            {notDrawn.map((study) => (
              <li key={study.id}>
                <a href={`/studies/${study.id}`}>{study.citation}</a>
                {study.people !== null && `, ${study.people} people`}: <strong>{study.direction}.</strong>{' '}
                {study.why}
              </li>
            ))}
          </ul>
        </>
      )}
      {notes.map((note) => (
        <p key={note} className="picture-note">
          {note}
        </p>
      ))}
    </figure>
  )
}

function percent(value: number): string {
  return `${Math.round(value * 100) / 100}%`
}
