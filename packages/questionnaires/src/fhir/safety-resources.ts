import type { Instrument, SafetyTrigger } from '../instrument.ts'
import { OUR_TRIGGERS } from './fhir-codes.ts'
import type { FhirObject } from './fhir-json.ts'
import { resourceId, type ScoredFacts } from './scored-facts.ts'

/**
 * What the clinic does about the triggers that fired: for each a Flag on the person and a Task, and for a critical one
 * a CommunicationRequest, since somebody must be told.
 *
 * @param fired ids, as scoring gives them
 * @see https://hl7.org/fhir/R4/flag.html
 * @see https://hl7.org/fhir/R4/task.html
 */
export function toSafetyResources(
  instrument: Instrument,
  fired: readonly string[],
  facts: ScoredFacts,
): readonly FhirObject[] {
  return instrument.safetyTriggers
    .filter(({ id }) => fired.includes(id))
    .flatMap((trigger) => followUp(trigger, facts))
}

function followUp({ id, action, severity }: SafetyTrigger, facts: ScoredFacts): readonly FhirObject[] {
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
            reasonReference: [reason],
          },
        ]
      : []),
  ]
}
