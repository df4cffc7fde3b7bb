import { type WeeklyEndpoint, weeklyEndpoints } from '@evenkeel/outcome-statistics'
import type { Definition } from './definition.ts'

/** A published outcome of weekly urine samples; `endpoint` is its name in `weeklyEndpoints`, which computes it. */
export type UrineDefinition = Definition & { readonly endpoint: keyof typeof weeklyEndpoints }

/** Whether more weeks, or a yes, are better for a person. */
function direction({ rule }: WeeklyEndpoint): Definition['direction'] {
  const bad =
    rule.answer === 'run-reached' ? rule.of !== 'negative' : rule.answer === 'count' && rule.of !== 'negative'
  return bad ? 'less-is-better' : 'more-is-better'
}

function urineDefinition(endpoint: UrineDefinition['endpoint']): UrineDefinition {
  const published: WeeklyEndpoint = weeklyEndpoints[endpoint]
  const yesNo = published.rule.answer === 'run-reached' || published.rule.answer === 'no-use-in'
  return {
    id: `urine-${endpoint.replaceAll(/([A-Z]|\d+)/g, '-$1').toLowerCase()}`,
    version: 1,
    name: published.name,
    text: `${published.definition} Weeks with several samples that differ are mixed.`,
    source: { kind: 'paper', words: published.source },
    unit: yesNo ? 'share of people' : 'weeks',
    direction: direction(published),
    endpoint,
  }
}

/** Every weekly-urine endpoint of the package. They differ on the same people: a figure without its definition says nothing. */
export const urineDefinitions: readonly UrineDefinition[] = (
  Object.keys(weeklyEndpoints) as UrineDefinition['endpoint'][]
).map(urineDefinition)
