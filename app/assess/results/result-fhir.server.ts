import { type Instrument, instrumentById } from '@evenkeel/questionnaires'
import {
  isForm,
  toObservations,
  toQuestionnaireResponse,
  toSafetyResources,
} from '@evenkeel/questionnaires/fhir'
import { runQuery } from '../../platform/command.server.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import type { InstrumentResponse } from '../instrument-response.ts'
import { wordingFor } from './item-answers.ts'
import { readResult } from './result-access.ts'
import { importedWording, responseInAddress } from './result-page.server.ts'

/**
 * One stored result as a FHIR R4 bundle: the answers as a QuestionnaireResponse, each score as an Observation that is
 * derived from it, and what the signs that showed then ask for. A series of days or tests is no form of questions and
 * comes without a QuestionnaireResponse.
 */
export async function loadFhirBundle({ services, actor, params }: PageArgs): Promise<Response> {
  return runQuery(services, actor, async (needs) => {
    const { response, person } = await responseInAddress(needs, params)
    const ours = instrumentById(response.instrumentId) ?? notFound()
    needs.audit.read(readResult.id, {
      personId: person.id,
      object: 'response',
      objectId: response.id,
      detail: { download: true },
    })
    const wording = wordingFor(response, ours, await importedWording(needs, response))
    const resources = resourcesOf(
      wording.kind === 'not-at-hand' ? wordless(ours, response) : wording.instrument,
      response,
      response.context ?? { sex: person.sex ?? 'unknown' },
    )
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      timestamp: needs.at,
      entry: resources.map((resource) => ({
        fullUrl: `${services.config.linkBase}/fhir/${resource.resourceType}/${resource.id}`,
        resource,
      })),
    }
    return new Response(JSON.stringify(bundle, null, 2), {
      headers: {
        'Content-Type': 'application/fhir+json; charset=utf-8',
        'Content-Disposition': `attachment; filename="${response.instrumentId}-${response.id}.json"`,
      },
    })
  })
}

type Resource = Readonly<Record<string, unknown>>

/**
 * The resources of one response.
 *
 * @param instrument in the wording that was shown
 * @param context what scoring was told then, where that was kept
 */
function resourcesOf(
  instrument: Instrument,
  response: InstrumentResponse,
  context: Readonly<Record<string, unknown>>,
): readonly Resource[] {
  const subject = `Patient/${response.personId}`
  const facts = {
    id: response.id,
    status: 'final',
    effective: response.completedAt,
    subject,
    derivedFrom: `QuestionnaireResponse/${response.id}`,
  } as const
  const observations: readonly Resource[] = toObservations(instrument, response.scores, facts)
  const fired = response.scores.triggers ?? []
  if (!isForm(instrument)) {
    const figures = observations[0] ? `Observation/${observations[0].id}` : subject
    return [
      ...observations.map(({ derivedFrom: _none, ...rest }) => rest),
      ...toSafetyResources(instrument, fired, { ...facts, derivedFrom: figures }),
    ]
  }
  return [
    toQuestionnaireResponse(instrument, {
      id: response.id,
      answers: response.answers,
      context,
      status: 'completed',
      authored: response.completedAt,
      subject,
      ...(response.respondent === 'proxy' && { source: { display: response.proxy ?? 'somebody else' } }),
    }),
    ...observations,
    ...toSafetyResources(instrument, fired, facts),
  ]
}

/** An edition whose words are not at hand: what each question is about stands in for them, and values for labels. */
function wordless(ours: Instrument, { edition, version }: InstrumentResponse): Instrument {
  return {
    ...ours,
    edition,
    version,
    items: ours.items.map((item) => ({
      ...item,
      prompt: `(${item.concept})`,
      ...(item.values && { values: item.values.map(({ value }) => ({ value, label: String(value) })) }),
    })),
  }
}
