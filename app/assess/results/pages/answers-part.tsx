import { DataTable, Notice, Section } from '../../../ui/index.ts'
import type { ItemAnswer } from '../item-answers.ts'
import type { ResultPage } from '../result-page.server.ts'

const STATE_WORDS: Readonly<Record<ItemAnswer['state'], string>> = {
  answered: '',
  missing: 'missing',
  'left-open': 'left open; it may be',
  'not-asked': 'not asked: an earlier answer made it needless',
  undecided: 'open: an earlier question that is open decides',
  'does-not-fit': 'does not fit the question',
}

/** Every question with the answer that was given. */
export function AnswersPart({ data }: { data: ResultPage }) {
  return (
    <Section title="Answers">
      {data.wording === 'not-at-hand' && (
        <Notice state="unknown" title="The wording that was shown is not at hand">
          <p>
            It was asked in {data.asked.edition}. Below is what each question is about, with the value that
            was given.
          </p>
        </Notice>
      )}
      {data.wording === 'changed-since' && (
        <p className="soft">
          A few words of this edition have changed since it was answered; the questions stand below in today’s
          words.
        </p>
      )}
      {data.earlier.length > 0 && (
        <Notice state="due" title="Some answers were changed before the end">
          <ul className="result-earlier">
            {data.earlier.map((one) => (
              <li key={`${one.question} ${one.given}`}>
                {one.question} <strong>{one.answer}</strong> ({one.given}), changed {one.changed}
              </li>
            ))}
          </ul>
          {data.concerns.map((concern) => (
            <p key={concern.id}>
              <a href={`/work/concerns/${concern.id}`}>Safety concern: {concern.title}</a>, {concern.state}
            </p>
          ))}
        </Notice>
      )}
      <DataTable
        caption={
          data.wording === 'not-at-hand'
            ? 'What was asked, and the values given'
            : 'As it was asked and answered'
        }
        rows={data.items}
        rowKey={(item) => item.id}
        phone="stack"
        empty={<p>No answer is stored.</p>}
        columns={[
          {
            key: 'question',
            head: 'Question',
            names: true,
            cell: (item) => (
              <span className="result-question">
                {item.prompt ?? item.concept}
                {item.prompt && <span className="soft">{item.concept}</span>}
              </span>
            ),
          },
          {
            key: 'answer',
            head: 'Answer',
            cell: (item) => (
              <>
                {item.answer !== undefined && <span>{item.answer}</span>}
                {item.state !== 'answered' && (
                  <span className="result-unknown">
                    {item.answer === undefined ? '' : '; '}
                    {STATE_WORDS[item.state]}
                  </span>
                )}
                {data.result.ignored.includes(item.id) && (
                  <span className="soft result-source">
                    Not counted: an earlier answer made this question needless.
                  </span>
                )}
                {item.entries.length > 0 && (
                  <details className="disclosure">
                    <summary>Each entry</summary>
                    <ul className="result-entries">
                      {item.entries.map((entry, index) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: entries stand in a fixed order and days may repeat
                        <li key={index}>
                          <time dateTime={entry.date}>{entry.date}</time> {entry.words}
                        </li>
                      ))}
                    </ul>
                  </details>
                )}
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}
