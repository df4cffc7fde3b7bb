import { type EvidenceSummary, gradeInWords, gradeRule, summaryInWords } from '../evidence-summary.ts'

/** The sum of a subject's evidence: figures, sentences, grade, and the rule behind the grade. */
export function EvidenceFigures({ summary }: { summary: EvidenceSummary }) {
  const { byDirection } = summary
  return (
    <>
      <dl className="figures">
        <Figure term="Trials counted" value={summary.trials} />
        <Figure term="People in them" value={summary.people} />
        <Figure term="Favored ketamine" value={byDirection.favored} />
        <Figure term="Mixed" value={byDirection.mixed} />
        <Figure term="No benefit found" value={byDirection['no-benefit']} />
      </dl>
      <div className="grade">
        <strong>{gradeInWords(summary.grade)}</strong>
        {summaryInWords(summary).map((sentence) => (
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
