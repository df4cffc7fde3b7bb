import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, PageHead } from '../../ui/index.ts'
import { articleOf } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { CoursePicture } from '../pictures/course-picture.tsx'
import picturesCss from '../pictures/pictures.css?url'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { textSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic }) => {
  const article = articleView(siteContent(), articleOf('page', 'how-treatment-works'))
  return { article, title: article.title, summary: article.summary, clinicName: clinic.name }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export function links() {
  return [...textSheets(), { rel: 'stylesheet', href: picturesCss }]
}

export default function HowTreatmentWorks() {
  const { article } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={article.title} lead={article.summary} />
      <CoursePicture />
      <ArticleText html={article.html} />
      <p className="section">
        <ButtonLink href="/request">Request a visit</ButtonLink>
      </p>
      <ArticleFoot article={article} />
    </>
  )
}
