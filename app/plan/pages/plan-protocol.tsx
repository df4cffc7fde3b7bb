import { Facts, Section, StateChip } from '../../ui/index.ts'
import type { PlanPageData } from '../plan-page.server.ts'

type ProtocolView = PlanPageData['protocol']

/** The protocol a plan follows: its evidence first, in plain words, then what is done. */
export function PlanProtocol({ protocol }: { protocol: ProtocolView }) {
  return (
    <Section title={`Protocol: ${protocol.title}`}>
      <div className="stack">
        <p>
          <StateChip state="unknown" word={`Evidence: ${protocol.grade}`} /> {protocol.condition}. Version{' '}
          {protocol.version}
          {protocol.study && (
            <>
              , after <a href={protocol.study.href}>{protocol.study.citation}</a>
            </>
          )}
          .
        </p>
        <ul className="plan-list">
          {protocol.evidence.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        {protocol.otherStudies.length > 0 && (
          <p>
            Read as well:{' '}
            {protocol.otherStudies.map((study, i) => (
              <span key={study.href}>
                {i > 0 && '; '}
                <a href={study.href}>{study.citation}</a> ({study.direction})
              </span>
            ))}
            .
          </p>
        )}
        <Facts
          facts={[
            { term: 'Dose', value: [protocol.dose, protocol.titration].filter(Boolean).join('. ') },
            { term: 'Sessions', value: protocol.course.join('; ') },
            { term: 'Therapy', value: protocol.therapy },
            { term: 'Readings', value: protocol.readings },
            {
              term: 'Ceilings',
              value: protocol.ceilings,
              source: 'examples; the medical director must set them',
            },
          ]}
        />
        <details className="disclosure">
          <summary>Phases, the visit, stopping and leaving</summary>
          <div className="columns">
            <Listed title="Phases" items={protocol.phases.map((p) => `${p.title}. ${p.text}`)} />
            <Listed title="One visit" items={protocol.visitParts} />
            <Listed title="Stop" items={protocol.stopRules.map((r) => `${r.when}: ${r.act}`)} />
            <Listed title="Leaving: all must be true" items={protocol.discharge} />
          </div>
          <p className="fact-source">
            Figures that no study gives are design defaults, to be set by the medical director.
          </p>
        </details>
      </div>
    </Section>
  )
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul className="plan-list">
        {items.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  )
}
