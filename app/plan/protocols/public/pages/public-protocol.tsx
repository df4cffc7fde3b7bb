import type { ReactNode } from 'react'
import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../../../platform/page.server.ts'
import { Breadcrumb, ButtonLink, Facts, LinkList, Notice, PageHead, Section } from '../../../../ui/index.ts'
import { readPublicProtocols } from '../../../plan-access.ts'
import { OFFER_WORDS } from '../offer-words.ts'
import type { PublicSection } from '../public-protocol.ts'
import { publicProtocolPage } from '../public-protocols-page.server.ts'

export const loader = guardedLoader(readPublicProtocols, publicProtocolPage)

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  if (loaderData === undefined) return [{ title: 'Not found' }]
  return [
    { title: `${loaderData.title} · ${loaderData.clinicName}` },
    { name: 'description', content: loaderData.summary },
  ]
}

/** One protocol: what the law and the evidence say of it stands before what is done. */
export default function PublicProtocol() {
  const { protocol, offer, studies } = useLoaderData<typeof loader>()
  const { status, sections, visit } = protocol
  const offered = OFFER_WORDS[offer]
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/protocols', label: 'Treatment plans from studies' },
              { href: `/protocols#${protocol.groupId}`, label: protocol.group },
            ]}
          />
        }
        kicker={protocol.group}
        title={protocol.title}
        lead={`For: ${protocol.condition}.`}
      />
      <Notice title={status.title}>
        <p>
          {status.text}{' '}
          <a
            href={
              protocol.given.includes('esketamine')
                ? '/questions#esketamine-spray'
                : '/questions#is-it-approved'
            }
          >
            Read more
          </a>
          .
        </p>
      </Notice>
      <Section title={offered.title}>
        <div className="prose">
          <p>{offered.text}</p>
          {protocol.notATreatmentBecause !== null && <p>{protocol.notATreatmentBecause}</p>}
          <p>
            What else works is often surer: <a href="/what-else-works">what else works</a>. Who should not
            have ketamine: <a href="/who-should-not">read this first</a>.
          </p>
        </div>
      </Section>
      <Section title={`How good the evidence is: ${lowerFirst(protocol.grade)}`}>
        <div className="stack">
          <div className="prose">
            <ul>
              {protocol.evidence.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
          {studies.length > 0 ? (
            <LinkList
              items={studies.map((study) => ({
                href: study.href,
                title: study.citation,
                text: study.title,
                meta: study.unverified ? `${study.direction} · unverified` : study.direction,
              }))}
            />
          ) : (
            <p className="measure">
              No study of it is in our list, so nothing above could be checked there: unverified.
            </p>
          )}
          {protocol.conditionHref !== null && (
            <p className="measure">
              <a href={protocol.conditionHref}>All that is known for this condition</a>
            </p>
          )}
        </div>
      </Section>
      {sections.map((section) => (
        <PlanSection key={section.id} section={section}>
          {section.id === 'given' && studies[0] !== undefined && (
            <p>
              The plan follows <a href={studies[0].href}>{studies[0].citation}</a> first of all. “Printed by
              the study” means that one, or another of those above.
            </p>
          )}
        </PlanSection>
      ))}
      {visit.length > 0 && (
        <Section title="Around the dose">
          <p className="measure">
            {offer === 'not-offered'
              ? 'We do not offer this. What follows are the rules of our own visits, so that you can see what safe care asks.'
              : 'These are the rules of our own visits. Most are our defaults and wait for the medical director.'}
          </p>
        </Section>
      )}
      {visit.map((section) => (
        <PlanSection key={section.id} section={section} />
      ))}
      <p className="section">
        <ButtonLink kind="quiet" href="/protocols">
          All plans
        </ButtonLink>
      </p>
    </>
  )
}

function PlanSection({ section, children }: { section: PublicSection; children?: ReactNode }) {
  return (
    <Section title={section.title}>
      <div className="stack">
        {(section.note !== undefined || children) && (
          <div className="prose">
            {section.note !== undefined && <p>{section.note}</p>}
            {children}
          </div>
        )}
        <Facts facts={section.lines} />
      </div>
    </Section>
  )
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
