import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { ButtonLink, Facts, PageHead, Section } from '../../../ui/index.ts'
import { readSite } from '../../find-access.ts'
import { recordSheets } from '../../pages/page-sheets.ts'
import { pageMeta } from '../../pages/page-title.ts'
import { spanishPageOf } from '../spanish-page.server.ts'
import { spanish } from '../spanish-words.ts'
import { SpanishFoot, SpanishText } from './spanish-article.tsx'

export const loader = guardedLoader(readSite, async ({ clinic }) => {
  const article = spanishPageOf('/help-now')
  return { article, title: article.title, summary: article.summary, clinicName: clinic.name }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = recordSheets

const { help } = spanish

export default function SpanishHelpNow() {
  const { article } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={article.title} lead={article.summary} />
      <div className="help-calls">
        <ButtonLink size="bedside" href="tel:988">
          {help.call988}
        </ButtonLink>
        <ButtonLink size="bedside" kind="quiet" href="sms:988?&body=AYUDA">
          {help.text988}
        </ButtonLink>
        <ButtonLink size="bedside" kind="quiet" href="tel:911">
          {help.call911}
        </ButtonLink>
      </div>
      <SpanishText article={article} />
      <Section title={help.more}>
        <Facts
          facts={help.numbers.map(({ who, say, href, label }) => ({
            term: who,
            value: (
              <>
                {say} <a href={href}>{label}</a>
              </>
            ),
          }))}
        />
      </Section>
      <SpanishFoot article={article} />
    </>
  )
}
