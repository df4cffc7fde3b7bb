/** What scores and triggers of a response refer to. */
export type ScoredFacts = {
  /** Makes the ids of the resources: the response's id. */
  readonly id: string
  readonly status: 'final' | 'amended'
  /** ISO 8601 with its zone. */
  readonly effective: string
  /** For example `Patient/0190…`. */
  readonly subject: string
  /** The response, for example `QuestionnaireResponse/0190…`. */
  readonly derivedFrom: string
}

/** FHIR ids take 64 letters, figures, "-" and "."; a longer one keeps its end, which tells the parts apart. */
export function resourceId(...parts: readonly string[]): string {
  return parts
    .join('-')
    .replaceAll(/[^A-Za-z0-9.-]/g, '-')
    .slice(-64)
}
