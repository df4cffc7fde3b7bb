import { type MetaArgs, useLoaderData } from 'react-router'
import { phoneHref } from '../../../platform/clinic-profile.ts'
import { daysInWords } from '../../../platform/days-in-words.ts'
import { guardedLoader } from '../../../platform/page.server.ts'
import { type Column, DataTable, EmptyState, Facts, Notice, PageHead, Section } from '../../../ui/index.ts'
import { readSite } from '../../find-access.ts'
import { recordSheets } from '../../pages/page-sheets.ts'
import { pageMeta } from '../../pages/page-title.ts'
import { spanishPageOf } from '../spanish-page.server.ts'
import { openInSpanish, spanish } from '../spanish-words.ts'
import { SpanishFoot, SpanishText } from './spanish-article.tsx'

export const loader = guardedLoader(readSite, async ({ clinic }) => {
  const article = spanishPageOf('/location')
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
    timeZone: zoneInSpanish(clinic.timeZone),
    hours: clinic.openingHours.map(({ days, opens, closes }) => ({
      days: daysInWords(days, 'es'),
      open: openInSpanish(opens, closes),
    })),
    directions: clinic.directions,
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = recordSheets

/** A time zone as people say it: `America/New_York` is `hora del este`. */
function zoneInSpanish(timeZone: string): string {
  const parts = new Intl.DateTimeFormat('es-US', { timeZone, timeZoneName: 'longGeneric' }).formatToParts()
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone
}

const { place } = spanish

const columns: readonly Column<{ readonly days: string; readonly open: string }>[] = [
  { key: 'days', head: place.days, names: true, cell: (row) => row.days },
  { key: 'hours', head: place.open, cell: (row) => row.open },
]

export default function SpanishLocation() {
  const data = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={data.title} lead={data.summary} />
      {data.demonstration && (
        <Notice state="unknown" title={place.invented}>
          <p>{place.inventedText}</p>
        </Notice>
      )}
      <Section title={place.where}>
        <Facts
          facts={[
            {
              term: place.address,
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
              term: place.phone,
              value: data.callHref === undefined ? undefined : <a href={data.callHref}>{data.phone}</a>,
            },
            {
              term: place.email,
              value: data.email ? <a href={`mailto:${data.email}`}>{data.email}</a> : undefined,
            },
          ]}
        />
      </Section>
      <Section title={place.hours}>
        <DataTable
          caption={place.zone(data.timeZone)}
          columns={columns}
          rows={data.hours}
          rowKey={(row) => row.days}
          phone="stack"
          empty={
            <EmptyState title={place.noHours}>
              <p>{place.noHoursText}</p>
            </EmptyState>
          }
        />
        <p>{place.otherTimes}</p>
      </Section>
      {data.directions.length > 0 && (
        <Section title={place.directions}>
          <div className="prose" lang="en">
            <ul>
              {data.directions.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        </Section>
      )}
      <div className="section">
        <SpanishText article={data.article} />
      </div>
      <SpanishFoot article={data.article} />
    </>
  )
}
