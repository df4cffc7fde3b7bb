import { useActionData, useLoaderData } from 'react-router'
import { fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  ErrorSummary,
  Facts,
  Notice,
  PageHead,
  Section,
  StateChip,
  Timeline,
} from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import {
  draftProtocol,
  publishProtocol,
  readProtocols,
  retireProtocol,
  reviewProtocol,
  submitProtocol,
} from '../../plan-access.ts'
import {
  postApprove,
  postCopy,
  postDraft,
  postPublish,
  postRetire,
  postReturn,
  postSimulate,
  postSubmit,
} from '../protocol-post.server.ts'
import { type ProtocolPageData, protocolPage } from '../protocols-page.server.ts'
import { ProtocolSteps } from './protocol-steps.tsx'
import protocolsCss from './protocols.css?url'
import { SimulationFindings } from './simulation-findings.tsx'

export const loader = guardedLoader(readProtocols, protocolPage)

export const action = guardedAction({
  draft: [draftProtocol, postDraft],
  copy: [draftProtocol, postCopy],
  simulate: [submitProtocol, postSimulate],
  submit: [submitProtocol, postSubmit],
  approve: [reviewProtocol, postApprove],
  return: [reviewProtocol, postReturn],
  publish: [publishProtocol, postPublish],
  retire: [retireProtocol, postRetire],
})

export function links() {
  return [
    { rel: 'stylesheet', href: planCss },
    { rel: 'stylesheet', href: protocolsCss },
  ]
}

export function meta({ data }: { data: ProtocolPageData | undefined }) {
  return [{ title: data ? `Protocol: ${data.title}` : 'Protocol' }]
}

const DONE: Readonly<Record<string, string>> = {
  saved: 'The draft is stored.',
  simulated: 'The simulation is stored with this version.',
  submitted: 'Handed over: a second prescriber reviews it. Until it comes back nothing in it changes.',
  returned: 'Sent back to its authors.',
  approved: 'Approved. Somebody else makes it the one that new plans get.',
  published: 'In force. New plans get this version; running ones keep theirs.',
  retired: 'Retired. No new plan gets this version; running ones keep it.',
}

/** One protocol, read like a document, with what may happen to it next. */
export default function ProtocolPage() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/protocols', label: 'Protocols' }]} />}
        kicker={data.versionWords}
        title={data.title}
        lead={`${data.condition}.`}
      />
      {data.done && DONE[data.done] && <Notice state="calm" title={DONE[data.done]!} announce="status" />}
      <ErrorSummary errors={fieldErrors(problem)} />
      <Standing data={data} />
      <Section title="Evidence">
        <p>
          <StateChip state="unknown" word={data.grade} />
        </p>
        <ul className="plan-list measure">
          {data.evidence.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        {data.studies.length > 0 && (
          <p>
            Read:{' '}
            {data.studies.map((study, i) => (
              <span key={study.href}>
                {i > 0 && '; '}
                <a href={study.href}>{study.citation}</a> ({study.direction})
              </span>
            ))}
            .
          </p>
        )}
      </Section>
      {data.sections.map((section) => (
        <Section key={section.id} title={section.title}>
          <Facts
            facts={stated(section.lines).map((l) => ({
              term: l.name,
              value: l.text,
              ...(l.source ? { source: l.source } : {}),
            }))}
          />
          {section.id === 'leaving' && (
            <ul className="plan-list measure">
              {section.lines.slice(1).map((l) => (
                <li key={l.id}>{l.text}</li>
              ))}
            </ul>
          )}
        </Section>
      ))}
      {data.compared && <Changes compared={data.compared} />}
      {data.simulation && <SimulationFindings simulation={data.simulation} />}
      <Section title="Left by running treatments">
        {data.deviations.length === 0 ? (
          <p>No plan has left this protocol.</p>
        ) : (
          <ul className="plan-list">
            {data.deviations.map((d) => (
              <li key={`${d.version} ${d.kind}`}>
                {d.version}: {d.kind}, {d.deviations} {d.deviations === 1 ? 'time' : 'times'} in {d.plans}{' '}
                {d.plans === 1 ? 'plan' : 'plans'}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Versions">
        <ul className="plan-list">
          {data.versions.map((v) => (
            <li key={v.version}>
              {v.version === data.version ? (
                <strong>{v.words}</strong>
              ) : (
                <a href={`/work/protocols/${data.id}?version=${v.version}`}>{v.words}</a>
              )}{' '}
              ({v.state})
              {v.version !== data.version && (
                <>
                  {' · '}
                  <a href={`/work/protocols/${data.id}?version=${data.version}&against=${v.version}#changes`}>
                    what is different from {v.words}
                  </a>
                </>
              )}
            </li>
          ))}
        </ul>
        {data.events.length > 0 && (
          <Timeline
            label={`What happened to ${data.versionWords}`}
            items={data.events.map((e) => ({
              key: e.id,
              when: e.when,
              dateTime: e.dateTime,
              title: e.words,
              by: e.by,
              ...(e.reason ? { body: e.reason } : {}),
            }))}
          />
        )}
      </Section>
      <ProtocolSteps data={data} problem={problem} />
    </>
  )
}

/** Conditions of leaving are a list of their own below. */
function stated(lines: ProtocolPageData['sections'][number]['lines']) {
  return lines.filter(({ id }) => !/^leaving\.\d/.test(id))
}

function Standing({ data }: { data: ProtocolPageData }) {
  return (
    <div className="stack">
      <p>
        <StateChip state={data.inForce ? 'calm' : 'due'} word={data.state} />
        {data.own && ` Based on ${data.own.basedOn}. Revision ${data.own.revision}, ${data.own.saved}.`}
      </p>
      {data.own?.newer && (
        <Notice state="due" title={`A newer version than its base is in force: ${data.own.newer}`}>
          <p>What was changed there is not in this one. Compare them before going on.</p>
        </Notice>
      )}
      {data.may.any && (
        <p>
          <a href="#steps">What can be done</a>
        </p>
      )}
      {data.isCurrent && data.reasons.length === 0 && (
        <p>
          <StateChip state="calm" word="new plans get this version" />
        </p>
      )}
      {!data.isCurrent && data.current && (
        <p>
          New plans get{' '}
          <a href={`/work/protocols/${data.id}?version=${data.current.version}`}>{data.current.words}</a>.
        </p>
      )}
      {data.reasons.length > 0 && (
        <Notice state="unknown" title="It cannot be ordered">
          {data.reasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </Notice>
      )}
    </div>
  )
}

function Changes({ compared }: { compared: NonNullable<Exclude<ProtocolPageData['compared'], false>> }) {
  return (
    <Section title={`Different from ${compared.from}`}>
      <div id="changes" />
      {compared.changes.length === 0 ? (
        <p>Nothing is different.</p>
      ) : (
        <dl className="protocol-changes">
          {compared.changes.map((change) => (
            <div key={`${change.section} ${change.name} ${change.was}`}>
              <dt>
                {change.section}: {change.name}
              </dt>
              <dd>
                <span className="protocol-label">was</span> {change.was ?? 'not there'}
              </dd>
              <dd>
                <span className="protocol-label">is</span> {change.now ?? 'taken out'}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  )
}
