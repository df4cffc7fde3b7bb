import { type MetaArgs, useLoaderData } from 'react-router'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, Hero, LinkList, Section } from '../../ui/index.ts'
import { articleHref } from '../article.ts'
import { articleOf } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { conditionGroups } from '../condition-list.ts'
import { siteContent } from '../content.server.ts'
import { countedInWords, summarizeEvidence } from '../evidence-summary.ts'
import { readSite } from '../find-access.ts'
import { hoursInWords } from '../opening-hours.ts'
import { AreaMap } from '../pictures/area-map.tsx'
import picturesCss from '../pictures/pictures.css?url'
import { SettlingSea } from '../pictures/settling-sea.tsx'
import { StepPicture } from '../pictures/step-pictures.tsx'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import homeCss from './home.css?url'
import { textSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'
import { SearchBox } from './search-box.tsx'

const articlesShown = 4

export const loader = guardedLoader(readSite, async ({ clinic }) => {
  const content = siteContent()
  const article = articleView(content, articleOf('page', 'home'))
  const groups = conditionGroups(content)
  const addiction = [...content.studies.values()].filter(({ category }) => category === 'addiction')
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    demonstration: clinic.demonstration,
    callHref: phoneHref(clinic.phoneDisplay),
    phone: clinic.phoneDisplay,
    addressLines: clinic.addressLines,
    place: [clinic.city, clinic.region].filter(Boolean).join(', '),
    hours: clinic.openingHours.map(hoursInWords),
    groups,
    alcohol: groups.flatMap(({ conditions }) => conditions).find(({ id }) => id === 'alcohol')!.line,
    counted: countedInWords(summarizeEvidence(addiction)),
    studies: content.studies.size,
    articles: content.articles
      .filter(({ kind }) => kind === 'article')
      .slice(0, articlesShown)
      .map((text) => ({ href: articleHref(text), title: text.title, text: text.summary })),
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export function links() {
  return [...textSheets(), ...[picturesCss, homeCss].map((href) => ({ rel: 'stylesheet', href }))]
}

/** What people look for most, as searches that work. */
const searches = ['what it costs', 'side effects', 'is it addictive', 'for my son', 'how long does it last']

const steps = [
  {
    id: 'ask',
    title: 'You ask',
    text: 'A call or a request. We say plainly if we are not the right place, and who is.',
  },
  {
    id: 'look',
    title: 'We look',
    text: 'Questions at home, then a prescriber. What we do not know counts as “not yet”.',
  },
  {
    id: 'session',
    title: 'The sessions',
    text: 'Three drips, a week apart, half a day each. A nurse stays beside you.',
  },
  {
    id: 'after',
    title: 'What comes after',
    text: 'Therapy around each dose, then short check-ins. A day of drinking resets nothing.',
  },
] as const

export default function Home() {
  const data = useLoaderData<typeof loader>()
  return (
    <>
      <Hero
        title="Help with addiction, with the odds told plainly"
        lead={`${data.clinicName}${data.place ? ` in ${data.place}` : ''} treats adults with ketamine and therapy, with a nurse beside you.`}
        actions={
          <>
            <ButtonLink href="/request">Request a visit</ButtonLink>
            {data.callHref !== undefined && (
              <ButtonLink kind="quiet" href={data.callHref}>
                Call {data.phone}
              </ButtonLink>
            )}
          </>
        }
        facts={[
          {
            term: 'For whom',
            value: (
              <>
                Adults with alcohol use disorder who want more than they have tried.{' '}
                <a href="/who-should-not">Not for everyone</a>.
              </>
            ),
          },
          {
            term: 'How sure',
            value: (
              <>
                Not very. {data.alcohol} Off-label: not approved for this.{' '}
                <a href="/conditions/alcohol#evidence">See them</a>.
              </>
            ),
          },
          {
            term: 'Next step',
            value: (
              <>
                <a href="/request">Ask for a first visit</a>. No account, no referral. Nothing is given that
                day.
              </>
            ),
          },
        ]}
        picture={<SettlingSea />}
      />
      <div className="home-search">
        <SearchBox id="search-home" />
        <p className="home-searches">
          <span>Often asked:</span>{' '}
          {searches.map((words) => (
            <a key={words} href={`/search?${new URLSearchParams({ q: words })}`}>
              {words}
            </a>
          ))}
        </p>
      </div>
      <Section
        title="Conditions"
        actions={
          <a className="section-more" href="/conditions">
            All, with what is known
          </a>
        }
      >
        <div className="home-conditions">
          {data.groups.map((group) => (
            <div key={group.title}>
              <h3>{group.title}</h3>
              <ul>
                {group.conditions.map((condition) => (
                  <li key={condition.href}>
                    <a href={condition.href}>{condition.title}</a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </Section>
      <Section
        title="How it goes"
        actions={
          <a className="section-more" href="/how-treatment-works">
            Step by step, and hour by hour
          </a>
        }
      >
        <ol className="home-steps">
          {steps.map(({ id, title, text }) => (
            <li key={id}>
              <StepPicture step={id} />
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </Section>
      <Section title="How sure anyone can be" tone="sunk">
        <p className="home-line">{data.counted.join(' ')}</p>
        <p>
          Counted are trials that ask whether ketamine treats addiction. Trials of withdrawal and in the
          laboratory, and studies without chance, are not in this sum. They stand with the rest among the{' '}
          <a href="/studies">{data.studies} studies</a> that we list, good news and bad.
        </p>
        <div className="home-more">
          <ArticleText html={data.article.html} />
        </div>
      </Section>
      <Section
        title="To read"
        actions={
          <a className="section-more" href="/articles">
            All articles
          </a>
        }
      >
        <LinkList columns items={data.articles} />
      </Section>
      <Section title="Where, and when">
        <div className="home-place">
          <div>
            <address>
              {data.addressLines.map((line) => (
                <span key={line}>{line}</span>
              ))}
              <span>{data.place}</span>
            </address>
            {data.hours.length > 0 ? (
              <ul className="home-hours">
                {data.hours.map(({ days, open }) => (
                  <li key={days}>
                    {days}: {open}
                  </li>
                ))}
              </ul>
            ) : (
              <p>Call or write before you come.</p>
            )}
            <p className="row">
              <ButtonLink href="/request">Request a visit</ButtonLink>
              {data.callHref !== undefined && (
                <ButtonLink kind="quiet" href={data.callHref}>
                  Call {data.phone}
                </ButtonLink>
              )}
            </p>
            <p>
              <a href="/location">Location, hours and directions</a>
            </p>
          </div>
          {data.demonstration && <AreaMap />}
        </div>
      </Section>
      <ArticleFoot article={data.article} />
    </>
  )
}
