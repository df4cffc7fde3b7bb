import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { LinkList, PageHead, Section } from '../../ui/index.ts'
import { conditionGroups } from '../condition-list.ts'
import { siteContent } from '../content.server.ts'
import { gradeRule } from '../evidence-summary.ts'
import { readSite } from '../find-access.ts'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic }) => ({
  title: 'Conditions',
  summary:
    'What ketamine has and has not been shown to do, for thirteen conditions, and what else works for each.',
  clinicName: clinic.name,
  groups: conditionGroups(siteContent()),
}))

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = recordSheets

export default function Conditions() {
  const { title, summary, groups } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={title} lead={summary} />
      <p className="measure">
        Each line counts the trials in which chance decided who got ketamine or esketamine and who got
        something else. Ketamine is approved for none of these;{' '}
        <a href="/questions#is-it-approved">read why</a>. Only esketamine spray is approved, for some kinds of
        depression.
      </p>
      {groups.map((group) => (
        <Section key={group.title} title={group.title}>
          <LinkList
            columns
            items={group.conditions.map((condition) => ({
              href: condition.href,
              title: condition.title,
              text: condition.line,
              meta: condition.grade,
            }))}
          />
        </Section>
      ))}
      <p className="grade-rule measure after-grade">{gradeRule}</p>
    </>
  )
}
