import type { Instrument, SafetyTrigger } from '../instrument.ts'
import { OUR_TRIGGERS } from './fhir-codes.ts'
import type { FhirObject } from './fhir-json.ts'
import { resourceId, type ScoredFacts } from './scored-facts.ts'

/**
 * What the clinic does about the triggers that fired: for each a Flag on the person and a Task, and for a critical one
 * a CommunicationRequest, since somebody must be told. A stored trigger that the instrument no longer has counts as a
 * warning: it was worth somebody's look when it fired.
 *
 * @param fired ids, as scoring gave them
 * @see https://hl7.org/fhir/R4/flag.html
 * @see https://hl7.org/fhir/R4/task.html
 */
export function toSafetyResources(
  instrument: Instrument,
  fired: readonly string[],
  facts: ScoredFacts,
): readonly FhirObject[] {
  return [...new Set(fired)].flatMap((id) => {
    const known = instrument.safetyTriggers.find((one) => one.id === id)
    return followUp(known ?? { id, action: RETIRED, severity: 'warning' }, facts)
  })
}

const RETIRED = 'A clinician looks at the result: it showed a sign that is not in use any more.'

type Asked = Pick<SafetyTrigger, 'id' | 'action' | 'severity'>

function followUp({ id, action, severity }: Asked, facts: ScoredFacts): readonly FhirObject[] {
  const code = { coding: [{ system: OUR_TRIGGERS, code: id }], text: action }
  const priority = severity === 'critical' ? 'stat' : severity === 'warning' ? 'urgent' : 'routine'
  const subject = { reference: facts.subject }
  const reason = { reference: facts.derivedFrom }
  const flagId = resourceId(facts.id, 'flag', id)
  return [
    {
      resourceType: 'Flag',
      id: flagId,
      status: 'active',
      category: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/flag-category', code: 'safety' }] },
      ],
      code,
      subject,
      period: { start: facts.effective },
    },
    {
      resourceType: 'Task',
      id: resourceId(facts.id, 'task', id),
      status: 'requested',
      intent: 'order',
      priority,
      description: action,
      focus: { reference: `Flag/${flagId}` },
      for: subject,
      authoredOn: facts.effective,
      reasonReference: reason,
    },
    ...(severity === 'critical'
      ? [
          {
            resourceType: 'CommunicationRequest',
            id: resourceId(facts.id, 'tell', id),
            status: 'active',
            priority: 'stat',
            subject,
            payload: [{ contentString: action }],
            authoredOn: facts.effective,
            // R4 takes no response to questions as a reason of a message, but any resource as what it is about.
            about: [reason],
          },
        ]
      : []),
  ]
}
