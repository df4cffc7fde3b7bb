import type { ReactNode } from 'react'
import { StateChip } from '../../../ui/index.ts'
import type { ChangeFace, ResultFace } from '../result-face.ts'
import type { ScoreView } from '../result-view.ts'
import { rangeInWords, SEVERITY_WORDS, spanInWords } from '../result-words.ts'
import { ChangeMark } from './change-mark.tsx'
import { RangeBar } from './range-bar.tsx'
import { SmallLine } from './small-line.tsx'

/** Scores of a profile that a row shows; the page of the result has them all. */
const PARTS_SHOWN = 4

/** One result on a list: what it says, how sure that is, how it changed, when and by whom. */
export function ResultRow({
  face,
  listedAbove = false,
  heading: Heading = 'h3',
  children,
}: {
  face: ResultFace
  /** What it asks for stands above already: here it is only said that it waits. */
  listedAbove?: boolean
  heading?: 'h2' | 'h3'
  children?: ReactNode
}) {
  const [first, ...others] = face.scores
  const asks = face.waits !== undefined && !listedAbove
  return (
    <li className={asks ? `result-row result-waits result-${face.waits}` : 'result-row'}>
      <div className="result-what">
        {children}
        <Heading className="result-name">
          <a href={face.href}>{face.shortName}</a>
        </Heading>
        <p className="soft">{face.construct}</p>
        {face.waits && listedAbove && <StateChip {...SEVERITY_WORDS[face.waits]} word="To be looked at" />}
        {face.apart.length > 0 && <p className="soft">Stands apart: {face.apart.join(', ')}</p>}
      </div>
      <div className="result-says">
        {face.state === 'rejected' && <p className="result-unknown">not scored</p>}
        {face.categories.map((level) => (
          <p key={level.id}>
            {level.value === undefined ? (
              <span className="result-unknown">
                unknown{level.atLeast === undefined ? '' : `, at least ${level.atLeast}`}
              </span>
            ) : (
              <strong className="result-level">{level.value}</strong>
            )}{' '}
            <span className="soft">{level.label}</span>
          </p>
        ))}
        {first && others.length === 0 && <OneScore score={first} />}
        {others.length > 0 && <Parts scores={face.scores} />}
        {face.metrics.length > 0 && (
          <dl className="result-parts">
            {face.metrics.map((metric) => (
              <div key={metric.id}>
                <dt>{metric.title}</dt>
                <dd>{metric.value ?? <span className="result-unknown">unknown</span>}</dd>
              </div>
            ))}
          </dl>
        )}
        <p
          className={
            !face.setAside && (face.state === 'complete' || face.state === 'series')
              ? 'soft'
              : 'result-status'
          }
        >
          {face.stateWords}
        </p>
        {face.whySetAside && <p className="soft">Why set aside: {face.whySetAside}</p>}
        {face.setAsideSince && (
          <p>
            <a href={face.setAsideSince.href}>A later form was set aside, {face.setAsideSince.when}</a>
          </p>
        )}
        {face.flags.length > 0 && <p className="soft">Flag: {face.flags.join('; ')}</p>}
      </div>
      <div className="result-course">
        <Changes changes={face.changes} />
        {face.line && <SmallLine name={face.shortName} {...face.line} />}
      </div>
      <div className="result-when">
        <p>
          <time dateTime={face.completedAt}>{face.when}</time>
        </p>
        <p className="soft">{face.by}</p>
        {face.imported && <p className="soft breakable">In {face.edition}</p>}
        {face.results > 1 && <p className="soft">{face.results} results on this line</p>}
        {face.review && (
          <p className="soft">
            Looked at by {face.review.by}, {face.review.when}
          </p>
        )}
      </div>
      {asks && <Asks face={face} />}
    </li>
  )
}

/** A figure large, on its range. */
export function OneScore({ score }: { score: ScoreView }) {
  return (
    <>
      <p className="result-figure">
        {score.value === undefined ? (
          <span className="result-unknown">unknown</span>
        ) : (
          <strong>{score.value}</strong>
        )}
        {score.range && <span className="soft"> {rangeInWords(score.range)}</span>}
      </p>
      {score.span && <p>{spanInWords(score.span)}</p>}
      {score.hasBands && (
        <p>{score.band ?? (score.value === undefined ? 'no band yet' : 'band not certain')}</p>
      )}
      <RangeBar score={score} />
    </>
  )
}

function Parts({ scores }: { scores: readonly ScoreView[] }) {
  const shown = scores.filter(({ value }) => value !== undefined)
  const open = scores.length - shown.length
  return (
    <>
      <dl className="result-parts">
        {shown.slice(0, PARTS_SHOWN).map((score) => (
          <div key={score.id}>
            <dt>{score.label}</dt>
            <dd>
              <strong>{score.value}</strong>
              {score.band && <span className="soft"> {score.band}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {shown.length > PARTS_SHOWN && <p className="soft">and {shown.length - PARTS_SHOWN} more scores</p>}
      {open > 0 && (
        <p className="result-unknown">
          {open} of {scores.length} scores unknown
        </p>
      )}
    </>
  )
}

function Changes({ changes }: { changes: readonly ChangeFace[] }) {
  const [only, ...more] = changes
  if (!only) return null
  if (more.length > 0) {
    return (
      <dl className="result-changes">
        {changes
          .filter(({ last }) => last.verdict !== 'first' && last.verdict !== 'unknown')
          .slice(0, PARTS_SHOWN)
          .map((change) => (
            <div key={change.scoreId}>
              <dt>{change.label}, since the last</dt>
              <dd>
                <ChangeMark {...change.last} /> {change.last.words}
              </dd>
            </div>
          ))}
      </dl>
    )
  }
  if (only.last.verdict === 'first') {
    return (
      <p className="result-first">
        <ChangeMark {...only.last} /> The first of its line
      </p>
    )
  }
  return (
    <dl className="result-changes">
      {!only.one && (
        <div>
          <dt>Since {only.last.since}</dt>
          <dd>
            <ChangeMark {...only.last} /> {only.last.words}
          </dd>
        </div>
      )}
      <div>
        <dt>
          Since {only.one ? 'the last and baseline' : 'baseline'}, {only.baseline.since}
        </dt>
        <dd>
          <ChangeMark {...only.baseline} /> {only.baseline.words}
        </dd>
      </div>
    </dl>
  )
}

function Asks({ face }: { face: ResultFace }) {
  return (
    <ul className="result-asks">
      {face.triggers
        .filter(({ severity }) => severity !== 'info')
        .map((trigger) => (
          <li key={trigger.id}>
            <StateChip {...SEVERITY_WORDS[trigger.severity]} />{' '}
            {trigger.about && <strong>{sentence(trigger.about)}. </strong>}
            {trigger.asksFor}
          </li>
        ))}
    </ul>
  )
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
