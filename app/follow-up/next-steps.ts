/** One thing for a person to do, as the portal lists it. */
export type NextStep = { readonly href: string; readonly title: string; readonly text: string }

export type PortalFacts = {
  readonly intakeOpen: boolean
  /** Titles of documents that are to be read and signed. */
  readonly toSign: readonly string[]
  readonly checkedInToday: boolean
  readonly hasPlan: boolean
  /** How many forms were laid for the person and are not finished. */
  readonly formsWaiting: number
}

/** Whether anything of a treatment has begun, so that check-ins make sense. */
export function hasBegun({ hasPlan, checkedInToday }: PortalFacts): boolean {
  return hasPlan || checkedInToday
}

/**
 * What is waiting for a person today, the first thing first.
 *
 * | open intake | documents to sign | forms waiting | plan, not checked in today | steps |
 * |---|---|---|---|---|
 * | yes | | | | questions before the first visit |
 * | | some | | | read and sign |
 * | | | some | | forms |
 * | | | | yes | check-in |
 */
export function nextSteps(facts: PortalFacts): NextStep[] {
  const steps: NextStep[] = []
  if (facts.intakeOpen) {
    steps.push({
      href: '/portal/intake',
      title: 'Answer the questions before your assessment',
      text: 'Every answer is kept as you go; you can stop and come back.',
    })
  }
  if (facts.toSign.length > 0) {
    steps.push({
      href: '/portal/documents',
      title:
        facts.toSign.length === 1
          ? 'Read and sign one document'
          : `Read and sign ${facts.toSign.length} documents`,
      text: `${facts.toSign.join(', ')}.`,
    })
  }
  if (facts.formsWaiting > 0) {
    steps.push({
      href: '/portal/forms',
      title: facts.formsWaiting === 1 ? 'Answer a form' : `Answer ${facts.formsWaiting} forms`,
      text: 'A few minutes each. They show you and your team how things change.',
    })
  }
  if (facts.hasPlan && !facts.checkedInToday) {
    steps.push({
      href: '/portal/check-in',
      title: "Today's check-in",
      text: 'Two minutes: how the day has been.',
    })
  }
  return steps
}
