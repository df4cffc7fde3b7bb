import { type MetaArgs, useLoaderData } from 'react-router'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { type Column, DataTable, EmptyState, Facts, Notice, PageHead, Section } from '../../ui/index.ts'
import { articleOf } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
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
    hours: clinic.openingHours,
    directions: clinic.directions,
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

type Hours = { days: string; opens: string; closes: string }

const hourColumns: readonly Column<Hours>[] = [
  { key: 'days', head: 'Days', names: true, cell: (row) => row.days },
  {
    key: 'hours',
    head: 'Open',
    cell: (row) =>
      row.opens && row.closes ? `${hourInWords(row.opens)} to ${hourInWords(row.closes)}` : 'Closed',
  },
]

/** A time of day as people in the United States say it: `08:00` is `8 am`. */
function hourInWords(time: string): string {
  const match = /^(\d{2}):(\d{2})$/.exec(time)
  if (!match) return time
  const hour = Number(match[1])
  const minutes = match[2] === '00' ? '' : `:${match[2]}`
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes} ${hour < 12 ? 'am' : 'pm'}`
}

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
        <p>At other times: for danger to life call 911, in a crisis call or text 988.</p>
      </Section>
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
