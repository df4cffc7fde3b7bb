import { type MetaArgs, useLoaderData } from 'react-router'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import {
  ButtonLink,
  type Column,
  DataTable,
  EmptyState,
  Facts,
  Notice,
  PageHead,
  Section,
} from '../../ui/index.ts'
import { articleOf } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { mapHref } from '../directions.ts'
import { readSite } from '../find-access.ts'
import { hoursInWords } from '../opening-hours.ts'
import { AreaMap } from '../pictures/area-map.tsx'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic }) => {
  const article = articleView(siteContent(), articleOf('page', 'location'))
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    demonstration: clinic.demonstration,
    address: [...clinic.addressLines, [clinic.city, clinic.region].filter(Boolean).join(', ')].filter(
      Boolean,
    ),
    phone: clinic.phoneDisplay,
    callHref: phoneHref(clinic.phoneDisplay),
    email: clinic.email,
    timeZone: zoneInWords(clinic.timeZone),
    hours: clinic.openingHours.map(hoursInWords),
    directions: clinic.directions,
    // An invented street stands on no map: then the town alone is looked up.
    map: mapHref([...(clinic.demonstration ? [] : clinic.addressLines), clinic.city, clinic.region]),
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = recordSheets

/** A time zone as people say it: `America/New_York` is `Eastern Time`. */
function zoneInWords(timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longGeneric' }).formatToParts()
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone
}

const hourColumns: readonly Column<ReturnType<typeof hoursInWords>>[] = [
  { key: 'days', head: 'Days', names: true, cell: (row) => row.days },
  { key: 'hours', head: 'Open', cell: (row) => row.open },
]

export default function Location() {
  const data = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={data.title} lead={data.summary} />
      {data.demonstration && (
        <Notice state="unknown" title="Street, telephone number and hours are invented.">
          <p>This is a demonstration. Nobody answers at this number.</p>
        </Notice>
      )}
      <div className="place-and-map">
        <div>
          <Section title="Where">
            <Facts
              facts={[
                {
                  term: 'Address',
                  value:
                    data.address.length > 0 ? (
                      <address>
                        {data.address.map((line) => (
                          <span key={line}>{line}</span>
                        ))}
                      </address>
                    ) : undefined,
                },
                {
                  term: 'Telephone',
                  value: data.callHref === undefined ? undefined : <a href={data.callHref}>{data.phone}</a>,
                },
                {
                  term: 'E-mail',
                  value: data.email ? <a href={`mailto:${data.email}`}>{data.email}</a> : undefined,
                },
              ]}
            />
            {data.map !== undefined && (
              <p className="after-grade">
                <ButtonLink kind="quiet" href={data.map} rel="noreferrer">
                  {data.demonstration ? 'The town on OpenStreetMap' : 'Directions on OpenStreetMap'}
                </ButtonLink>
              </p>
            )}
            {data.map !== undefined && (
              <p className="grade-rule">That is another site. It is not told which page you come from.</p>
            )}
          </Section>
          <Section title="Opening hours">
            <DataTable
              caption={`All times are ${data.timeZone}`}
              columns={hourColumns}
              rows={data.hours}
              rowKey={(row) => row.days}
              phone="stack"
              empty={
                <EmptyState title="Opening hours will stand here">
                  <p>The clinic has not entered them yet. Call or write before you come.</p>
                </EmptyState>
              }
            />
            <p className="after-grade">
              At other times: for danger to life call <a href="tel:911">911</a>, in a crisis call or text{' '}
              <a href="tel:988">988</a>.
            </p>
          </Section>
        </div>
        {data.demonstration && <AreaMap />}
      </div>
      {data.directions.length > 0 && (
        <Section title="How to get here">
          <div className="prose">
            <ul>
              {data.directions.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        </Section>
      )}
      <div className="section">
        <ArticleText html={data.article.html} />
      </div>
      <ArticleFoot article={data.article} />
    </>
  )
}
