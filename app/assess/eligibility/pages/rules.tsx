import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { DataTable, PageHead, Section, StateChip } from '../../../ui/index.ts'
import { readRules } from '../../assess-access.ts'
import eligibilityCss from '../eligibility.css?url'
import type { RuleClass } from '../eligibility.ts'
import { RULE_CLASS_WORDS } from '../eligibility-words.ts'
import { loadRules } from '../rules-page.server.ts'

export const loader = guardedLoader(readRules, loadRules)

export const handle = { width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: eligibilityCss }]
}

export function meta() {
  return [{ title: 'Rules of eligibility' }]
}

const CLASSES: readonly RuleClass[] = ['absolute', 'relative', 'hold-today', 'notice']

export default function Rules() {
  const { rows, open } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Rules of eligibility"
        lead={`${rows.length} rules, each with its source and version. ${
          open === 0
            ? 'Every default was set or confirmed here.'
            : `${open} ${open === 1 ? 'is a default' : 'are defaults'} that nobody here has set or confirmed.`
        }`}
      />
      <p className="measure">
        No regulator sets these limits for racemic ketamine. S was seen in a source, M is from memory and to
        be confirmed, D is a default, to be set by the medical director. A manager and a prescriber set a rule
        together; every change is a new version, and decisions made under another version are looked at again.
      </p>
      {CLASSES.map((ruleClass) => (
        <Section key={ruleClass} title={RULE_CLASS_WORDS[ruleClass].title}>
          <p>{RULE_CLASS_WORDS[ruleClass].lead}</p>
          <DataTable
            caption={`${RULE_CLASS_WORDS[ruleClass].title} rules`}
            captionHidden
            rows={rows.filter((row) => row.ruleClass === ruleClass)}
            rowKey={(row) => row.id}
            phone="stack"
            empty={null}
            columns={[
              {
                key: 'title',
                head: 'Rule',
                names: true,
                cell: (row) => (
                  <>
                    <a href={`/work/eligibility-rules/${row.id}`}>{row.title}</a>
                    <span className="rule-words">
                      {row.className}: {row.threshold}; {row.ages}
                    </span>
                  </>
                ),
              },
              { key: 'source', head: 'Source', cell: (row) => `${row.source} [${row.tag}]` },
              { key: 'version', head: 'Version', align: 'figure', cell: (row) => row.version },
              {
                key: 'set',
                head: 'Here',
                cell: (row) =>
                  row.set ? (
                    <StateChip state="calm" word={`set ${row.set}`} />
                  ) : row.isDefault ? (
                    <StateChip state="due" word="default, to be set by the medical director" />
                  ) : (
                    'as it comes'
                  ),
              },
            ]}
          />
        </Section>
      ))}
    </>
  )
}
