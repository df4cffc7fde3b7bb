import {
  countedInWords,
  type EvidenceSummary,
  gradeInWords,
  gradeRule,
  notCountedInWords,
} from '../evidence-summary.ts'

/** The sum of a subject's evidence: figures, grade, what was kept out, and the rule behind the grade. */
export function EvidenceFigures({ summary }: { summary: EvidenceSummary }) {
  return (
    <>
      {summary.trials > 0 && (
        <dl className="figures">
          <Figure term="Trials counted" value={summary.trials} />
          <Figure term="People in them" value={summary.people} />
          <Figure term="Favored ketamine" value={summary.byDirection.favored} />
          {summary.byDirection['more-over-less'] > 0 && (
            <Figure term="More ketamine over less" value={summary.byDirection['more-over-less']} />
          )}
          <Figure term="Mixed" value={summary.byDirection.mixed} />
          <Figure term="No benefit found" value={summary.byDirection['no-benefit']} />
        </dl>
      )}
      <div className="grade">
        <p className="grade-words">{gradeInWords(summary.grade)}</p>
        <p>{countedInWords(summary).join(' ')}</p>
        {notCountedInWords(summary).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p className="grade-rule">{gradeRule}</p>
      </div>
    </>
  )
}

function Figure({ term, value }: { term: string; value: number }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value.toLocaleString('en-US')}</dd>
    </div>
  )
}
