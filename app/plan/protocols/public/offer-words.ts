import { type ProtocolEvent, versionInUse } from '../protocol-version.ts'

/** Whether the clinic treats by it: as the library has it, in a version of its own, or not at all. */
export type Offer = 'offered' | 'offered-changed' | 'not-offered'

/**
 * What a clinic offers of a protocol. Only what it adopted or published, and has not retired, is offered.
 *
 * @param events what happened to the versions of that protocol in that clinic, oldest first
 */
export function offerOf(events: readonly Pick<ProtocolEvent, 'version' | 'kind'>[]): Offer {
  const version = versionInUse(events)
  if (version === undefined) return 'not-offered'
  return version.startsWith('own-') ? 'offered-changed' : 'offered'
}

/** Whether the clinic treats by a protocol, in a list and on its page. */
export const OFFER_WORDS: Readonly<
  Record<Offer, { readonly short: string; readonly title: string; readonly text: string }>
> = {
  offered: {
    short: 'offered here',
    title: 'We offer this',
    text: 'This clinic treats by this plan. Whether it is right for you is decided with you, at a visit. It may not be.',
  },
  'offered-changed': {
    short: 'offered here, with changes',
    title: 'We offer this with changes of our own',
    text: 'This clinic treats by its own version of this plan. What stands below is the plan as the studies have it. Ask us what we do in another way, and why.',
  },
  'not-offered': {
    short: 'not offered here',
    title: 'Described in studies; we do not offer it',
    text: 'It stands here so that you can read about it.',
  },
}
