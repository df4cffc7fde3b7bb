import { DataTable, Section, StateChip } from '../../../ui/index.ts'
import { RULE_CLASS_WORDS, TRUTH_WORDS } from '../../assess-words.ts'
import type { ClinicalView } from '../../assessment-page.server.ts'
import type { RuleClass } from '../eligibility.ts'

type Rule = ClinicalView['rules'][number]

const CLASSES: readonly RuleClass[] = ['absolute', 'relative', 'hold-today']
const ORDER = { 'not-met': 0, unknown: 1, met: 2 } as const

const TROUBLE_WORDS = {
  missing: 'nothing recorded',
  'not-sure': 'not sure',
  'too-old': 'too old',
  disputed: 'staff and person disagree',
} as const

/** Every rule with its value, date and source, one part for each class; what is open stands first. */
export function RulesPart({ rules }: { rules: readonly Rule[] }) {
  return (
    <Section title="Rules">
      <p>
        A rule is met only by facts that are known and recent enough. Sources: S seen in a source, M from
        memory and to be confirmed, D a default that the medical director sets.
      </p>
      {CLASSES.map((ruleClass) => {
        const own = rules.filter((rule) => rule.ruleClass === ruleClass)
        const met = own.filter((rule) => rule.truth === 'met')
        const open = own
          .filter((rule) => rule.truth !== 'met')
          .sort((a, b) => ORDER[a.truth] - ORDER[b.truth])
        return (
          <div key={ruleClass} className="rules-class">
            <h3>
              {RULE_CLASS_WORDS[ruleClass].title}: {met.length} of {own.length} met
            </h3>
            <p>{RULE_CLASS_WORDS[ruleClass].lead}</p>
            {open.length > 0 && <RuleTable caption={`${open.length} open`} rules={open} />}
            {met.length > 0 && (
              <details className="disclosure">
                <summary>
                  {met.length === 1 ? 'The one that is met' : `The ${met.length} that are met`}
                </summary>
                <RuleTable caption="Met" rules={met} />
              </details>
            )}
          </div>
        )
      })}
    </Section>
  )
}

function RuleTable({ caption, rules }: { caption: string; rules: readonly Rule[] }) {
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={rules}
      rowKey={(rule) => rule.id}
      rowTone={(rule) => TRUTH_WORDS[rule.truth].state}
      phone="stack"
      empty={null}
      columns={[
        {
          key: 'title',
          head: 'Rule',
          names: true,
          cell: (rule) => (
            <>
              {rule.title}
              <span className="rule-words">{rule.threshold}</span>
              <span className="rule-words">
                {rule.source} [{rule.tag}], version {rule.version}
              </span>
            </>
          ),
        },
        { key: 'truth', head: 'Result', cell: (rule) => <StateChip {...TRUTH_WORDS[rule.truth]} /> },
        { key: 'facts', head: 'Value, date and source', cell: (rule) => <FactsSeen rule={rule} /> },
        { key: 'settle', head: 'What would settle it', cell: (rule) => rule.settle ?? 'nothing needed' },
      ]}
    />
  )
}

function FactsSeen({ rule }: { rule: Rule }) {
  return rule.facts.map((seen) => (
    <span key={seen.kind} className="fact-seen">
      {seen.title}: {seen.value ?? TROUBLE_WORDS.missing}
      {seen.trouble && seen.trouble !== 'missing' && ` (${TROUBLE_WORDS[seen.trouble]})`}
      {seen.observed && (
        <span className="fact-source">
          {seen.observed}, {seen.source}
        </span>
      )}
    </span>
  ))
}
