import { ButtonLink, LinkList, Notice } from '../../ui/index.ts'
import { type SearchAnswer, type SearchKind, searchKinds } from '../search.ts'
import type { Segment } from '../search-snippet.ts'
import type { SpanishAnswer } from '../spanish/spanish-search.ts'
import { spanish as inSpanish } from '../spanish/spanish-words.ts'

const kindLabels: Readonly<Record<SearchKind, readonly [several: string, one: string]>> = {
  page: ['Pages', 'Page'],
  condition: ['Conditions', 'Condition'],
  question: ['Questions', 'Question'],
  article: ['Articles', 'Article'],
  service: ['Services', 'Service'],
  term: ['Words', 'Word'],
  study: ['Studies', 'Study'],
  protocol: ['Plans', 'Plan'],
}

/**
 * Everything beneath the search field. `data-search-answer` is what the page's script takes from the server and puts in
 * place of the last one; the line with `data-search-said` is what it says aloud.
 *
 * @param kind the only kind shown
 * @param spanish pages in Spanish and whether they stand first, when it was asked in Spanish
 */
export function SearchAnswerView({
  answer,
  kind,
  spanish = { results: [], first: false },
}: {
  answer: SearchAnswer
  kind: SearchKind | undefined
  spanish?: SpanishAnswer
}) {
  const { query, results, counts, corrected, crisis, alike, vague, unwritten, elsewhere } = answer
  const all = searchKinds.reduce((sum, one) => sum + counts[one], 0)
  const corrections = corrected.map(({ typed, used }) => `“${used}” for “${typed}”`).join(', ')
  const spanishPages = spanish.results.length > 0 && (
    <section className="section" lang="es">
      <h2>{inSpanish.inSpanish}</h2>
      <LinkList
        items={spanish.results.map((result) => ({
          href: result.href,
          title: <Marked segments={result.title} />,
          text: <Marked segments={result.snippet} />,
        }))}
      />
    </section>
  )
  return (
    <div data-search-answer="">
      {crisis && (spanish.first ? <HelpFirstInSpanish /> : <HelpFirst />)}
      {spanish.first && spanishPages}
      {query !== '' && all > 0 && (
        <ul className="search-kinds" aria-label="Show only">
          <li>
            <a href={searchHref(query)} aria-current={kind === undefined ? 'true' : undefined}>
              All ({all})
            </a>
          </li>
          {searchKinds
            .filter((one) => counts[one] > 0)
            .map((one) => (
              <li key={one}>
                <a href={searchHref(query, one)} aria-current={kind === one ? 'true' : undefined}>
                  {kindLabels[one][0]} ({counts[one]})
                </a>
              </li>
            ))}
        </ul>
      )}
      {unwritten.length > 0 && <NoPageAbout names={unwritten} />}
      {corrections !== '' && all > 0 && <p>Showing results with {corrections}.</p>}
      <p className="hidden" data-search-said="">
        {inOneLine(answer, all, spanish)}
      </p>
      {results.length > 0 && (
        <LinkList
          items={results.map((result) => ({
            href: result.href,
            title: <Marked segments={result.title} />,
            text: <Marked segments={result.snippet} />,
            meta: kindLabels[result.kind][1],
          }))}
        />
      )}
      {results.length === 0 && (
        <div className="section">
          {query !== '' && !crisis && vague && !spanishPages && (
            <p>Add a word that says what it is about. Or begin here:</p>
          )}
          {query !== '' && !crisis && !vague && all === 0 && !spanishPages && (
            <>
              <h2>
                Nothing found for “<bdi>{query}</bdi>”
              </h2>
              {alike.length > 0 && (
                <p>
                  Did you mean{' '}
                  {alike.map((word, at) => (
                    <span key={word}>
                      {at > 0 && (at === alike.length - 1 ? ' or ' : ', ')}
                      <a href={searchHref(word)}>{word}</a>
                    </span>
                  ))}
                  ?
                </p>
              )}
              {unwritten.length === 0 && <p>Try fewer or other words. Or begin here:</p>}
            </>
          )}
          {all > 0 && kind !== undefined && <p>Nothing of this kind. Above is what else was found.</p>}
          <LinkList items={elsewhere.map(({ href, label }) => ({ href, title: label }))} />
        </div>
      )}
      {!spanish.first && spanishPages}
    </div>
  )
}

/** A substance that we have written nothing about: said, and where somebody can turn all the same. */
function NoPageAbout({ names }: { names: readonly string[] }) {
  return (
    <p>
      None of our pages is about {names.join(' or ')}. You can still <a href="/request">ask us</a>. If
      somebody took something and is unwell, call 911, or Poison Help at{' '}
      <a href="tel:+18002221222">1-800-222-1222</a>.
    </p>
  )
}

/** What a person hears who does not see the results. */
function inOneLine(answer: SearchAnswer, all: number, { results, first }: SpanishAnswer): string {
  if (answer.query === '') return ''
  const helpIn = first ? inSpanish.help.firstInOneLine : 'Help comes first: call or text 988, or call 911.'
  const help = answer.crisis ? [helpIn] : []
  const spanish = results.length > 0 ? [`${results.length} in Spanish.`] : []
  if (all === 0) {
    const nothing = answer.vague ? 'A word more is needed' : 'Nothing found'
    return [...help, ...(results.length > 0 ? spanish : [`${nothing}. Places to begin are listed.`])].join(
      ' ',
    )
  }
  const shown = answer.results.length < all ? `, ${answer.results.length} shown` : ''
  return [...help, `${all === 1 ? '1 result' : `${all} results`}${shown}.`, ...spanish].join(' ')
}

function HelpFirst() {
  return (
    <Notice state="amber" title="If you may be in danger, get help first">
      <p>
        Call or text 988, day or night. If someone may die or is badly hurt, call 911. Nobody reads what you
        type here.
      </p>
      <div className="help-calls">
        <ButtonLink href="tel:988">Call 988</ButtonLink>
        <ButtonLink kind="quiet" href="sms:988">
          Text 988
        </ButtonLink>
        <ButtonLink kind="quiet" href="tel:911">
          Call 911
        </ButtonLink>
        <ButtonLink kind="quiet" href="/help-now">
          What to do now
        </ButtonLink>
        <ButtonLink kind="quiet" href="/es/help-now">
          <span lang="es">Ayuda en español</span>
        </ButtonLink>
      </div>
    </Notice>
  )
}

function HelpFirstInSpanish() {
  const { help } = inSpanish
  return (
    <div lang="es">
      <Notice state="amber" title={help.first}>
        <p>{help.firstText}</p>
        <div className="help-calls">
          <ButtonLink href="tel:988">{help.call988}</ButtonLink>
          <ButtonLink kind="quiet" href="sms:988?&body=AYUDA">
            {help.text988}
          </ButtonLink>
          <ButtonLink kind="quiet" href="tel:911">
            {help.call911}
          </ButtonLink>
          <ButtonLink kind="quiet" href="/es/help-now">
            {help.whatToDo}
          </ButtonLink>
        </div>
      </Notice>
    </div>
  )
}

function searchHref(query: string, kind?: SearchKind): string {
  return `/search?${new URLSearchParams(kind === undefined ? { q: query } : { q: query, kind })}`
}

function Marked({ segments }: { segments: readonly Segment[] }) {
  return (
    <>
      {segments.map((segment, index) =>
        segment.marked ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: segments never move
          <mark key={index}>{segment.text}</mark>
        ) : (
          segment.text
        ),
      )}
    </>
  )
}
