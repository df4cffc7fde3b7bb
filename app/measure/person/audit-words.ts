const THINGS: Readonly<Record<string, string>> = {
  person: 'the person page',
  'check-in': 'a check-in',
  'check-ins': 'the check-ins',
  assessment: 'an assessment',
  concern: 'a safety concern',
  plan: 'the plan',
  order: 'an order',
  consent: 'a consent',
  session: 'a session',
  appointment: 'an appointment',
  'access-link': 'a secret link',
  portal: 'the portal',
  progress: 'the progress page',
}

/** "read the plan": what an audit entry about a person says, in words; codes we have no word for are shown as they are. */
export function auditInWords(entry: {
  readonly power: string
  readonly object: string | null
  readonly action: string
}): string {
  const thing = (entry.object && (THINGS[entry.object] ?? entry.object.replaceAll('-', ' '))) ?? entry.action
  if (entry.power === 'read') return `read ${thing}`
  if (entry.power === 'refused') return `was refused: ${thing}`
  return `wrote ${thing}`
}
