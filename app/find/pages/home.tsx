import { type MetaArgs, useLoaderData } from 'react-router'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, Hero, LinkList, Section } from '../../ui/index.ts'
import { articleOf } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { summarizeEvidence } from '../evidence-summary.ts'
import { readSite } from '../find-access.ts'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { EvidenceFigures } from './evidence-figures.tsx'
import { textSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic }) => {
  const content = siteContent()
  const article = articleView(content, articleOf('page', 'home'))
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    callHref: phoneHref(clinic.phoneDisplay),
    phone: clinic.phoneDisplay,
    place: [clinic.city, clinic.region].filter(Boolean).join(', '),
    evidence: summarizeEvidence(
      [...content.studies.values()].filter(({ topics }) => topics.includes('alcohol')),
    ),
    studies: content.studies.size,
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = textSheets

export default function Home() {
  const { article, clinicName, callHref, phone, place, evidence, studies } = useLoaderData<typeof loader>()
  return (
    <>
      <Hero
        title="Help with addiction, with the odds told plainly"
        lead={`${clinicName}${place ? ` in ${place}` : ''} treats adults with an addiction using ketamine and therapy, with a nurse beside you. It does not help everyone. Here is what is known, and how to ask.`}
        actions={
          <div className="row">
            <ButtonLink href="/request">Request a visit</ButtonLink>
            {callHref !== undefined && (
              <ButtonLink kind="quiet" href={callHref}>
                Call {phone}
              </ButtonLink>
            )}
          </div>
        }
      />
      <Section title="What are you looking for?">
        <LinkList
          columns
          items={[
            {
              href: '/how-treatment-works',
              title: 'How treatment works',
              text: 'Step by step, and hour by hour on a session day.',
            },
            {
              href: '/inside-a-session',
              title: 'Inside a session',
              text: 'What is in the blood, minute by minute, and what nobody can tell from it.',
            },
            {
              href: '/conditions/alcohol',
              title: 'Alcohol',
              text: 'What has been tried, in how many people, and what else works.',
            },
            {
              href: '/services',
              title: 'Services and prices',
              text: 'What we offer, what it costs, what we do not do.',
            },
            { href: '/location', title: 'Location and hours', text: 'Where we are and when we are open.' },
            {
              href: '/questions',
              title: 'Questions',
              text: 'Side effects, bladder, driving, family, and more.',
            },
            { href: '/studies', title: 'All studies', text: `${studies} studies, good news and bad.` },
          ]}
        />
      </Section>
      <Section title="Alcohol: what the trials add up to" tone="sunk">
        <EvidenceFigures summary={evidence} />
        <p className="after-grade">
          <a href="/conditions/alcohol#evidence">See each of these studies</a>
        </p>
      </Section>
      <div className="section">
        <ArticleText html={article.html} />
      </div>
      <ArticleFoot article={article} />
    </>
  )
}
