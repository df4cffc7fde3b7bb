import { HELP_LINES, type HelpLine, type HelpLineId } from '../help-lines.ts'
import {
  SAFETY_ANSWERS,
  type SafetyAnswer,
  SUITABLE_TIMES,
  type SuitableTime,
  TOPICS,
  type TopicId,
} from '../request.ts'
import { DECLINE_REASONS, type DeclineReason } from '../request-events.ts'
import type { StepId } from '../request-form.ts'
import { SUITABILITY, type SuitabilityId, type SuitabilityItem } from '../suitability.ts'

type Choice = { readonly words: string; readonly hint?: string | undefined }

function byId<Id extends string, One extends { readonly id: Id }>(
  all: readonly One[],
): Record<One['id'], Omit<One, 'id'>> {
  return Object.fromEntries(all.map((one) => [one.id, one])) as Record<One['id'], One>
}

/** Every word that somebody who asks reads: the form, its errors, help, receipt and state. Staff read English. */
export const english = {
  choices: {
    topics: byId(TOPICS) as Record<TopicId, Choice>,
    safety: byId(SAFETY_ANSWERS) as Record<SafetyAnswer, Choice>,
    times: byId(SUITABLE_TIMES) as Record<SuitableTime, Choice>,
    none: 'None of these',
    unsure: 'I am not sure, or would rather talk about it',
  },
  suitability: byId(SUITABILITY) as Record<SuitabilityId, Pick<SuitabilityItem, 'words' | 'why' | 'instead'>>,
  steps: {
    who: 'Who it is for',
    about: 'What it is about',
    safety: 'Safety',
    suitability: 'Your health',
    reach: 'How to reach you',
    times: 'When',
  } as Record<StepId, string>,
  errors: {
    tooLong: (most: number) =>
      `Please keep this under ${most} characters. You can tell us the rest when we talk.`,
    nameTooLong: 'Please use 80 characters or fewer.',
    forWhom: 'Choose whether this is for you or for somebody else.',
    fromList: 'Choose from the list.',
    topics: 'Choose at least one. “I am not sure” is fine.',
    safety: 'Choose one. You may also choose that you would rather not say.',
    suitability: 'Tick what applies, or “None of these”.',
    noneAndMore: 'You ticked “None of these” and something else. Untick one of them.',
    name: 'Tell us what to call you. A nickname or first name is enough.',
    email: 'This does not look like an e-mail address. It should look like name@example.org.',
    emailTooLong: 'This e-mail address is too long.',
    phone: 'This does not look like a telephone number. Please give all digits, such as 703-555-0123.',
    phoneTooLong: 'This telephone number is too long.',
    reach: 'Give an e-mail address or a telephone number. One is enough.',
  },
  start: {
    tab: (clinic: string) => `Request a first conversation – ${clinic}`,
    title: 'Request a first conversation',
    lead: 'Tell us a little, and how to reach you. We call or write back, and look together whether treatment here could be right.',
    nothingLost: 'Nothing you wrote was lost.',
    tooMany: 'Many requests were begun from this connection. Please wait an hour, or call us.',
    begun: 'You have begun a request on this device.',
    saved: (when: string) => `Saved ${when}.`,
    sent: (reference: string) => `You have sent request ${reference} from this device.`,
    see: 'See where it stands',
    points: [
      'Six short pages, about four minutes. No account. A nickname is enough.',
      'Each page is saved as you go. You can stop and come back by a link.',
      'Only the people here who answer requests read it.',
      'Asking commits you to nothing, and we promise nothing. Ketamine is not right for everyone; one page says for whom it is not.',
    ],
    unwatched: 'Nobody watches this form as you write.',
    cannotWait: 'If you cannot wait, call or text',
    or: ', or',
    inEmergency: 'in an emergency.',
    goOn: 'Go on where you stopped',
    restart: 'Remove it and begin again',
    begin: 'Begin',
    beginAnother: 'Begin another request',
    call: (phone: string) => `Call ${phone} instead`,
    askedBefore: 'You have asked before?',
    seeState: 'See where your request stands',
  },
  notes: {
    lost: {
      title: 'There is no form to go on with on this device.',
      text: 'It may have been sent or removed, or your browser keeps no cookies. If you saved the link to your form, open it. Otherwise begin here.',
    },
    discarded: { title: 'Your answers were removed.', text: 'Nothing of them is kept.' },
    forgotten: {
      title: 'This device has forgotten your form.',
      text: 'You can go on with it for two weeks by the link you saved.',
    },
  },
  step: {
    tab: (label: string, number: number, of: number, wrong: boolean) =>
      `${wrong ? 'Please look again: ' : ''}${label} – Request, step ${number} of ${of}`,
    pages: 'Pages of the request',
    onward: 'Continue',
    later: 'Save and finish later',
    back: 'Back',
    leave: 'Leave this site',
  },
  fields: {
    who: 'Who is this for?',
    forMe: 'For me',
    forOther: 'For somebody else',
    forOtherHint: 'We talk with you first. Treatment needs their own wish.',
    topics: 'What is it about?',
    topicsHint: 'Choose all that fit.',
    words: 'Anything you want us to know',
    wordsHint: 'In your own words, as much or as little as you like.',
    danger: 'Are you in danger?',
    dangerOther: 'Are they, or are you, in danger?',
    dangerHint:
      'Nobody watches this form. If the answer is yes, the next page shows who can help right now, and we read your request first.',
    applies: 'Does any of this apply to you?',
    appliesOther: 'Does any of this apply to them?',
    appliesHint:
      'Treatment here is not safe for everyone. Whatever you tick, you can still send your request.',
    reach: 'How can we reach you?',
    name: 'What may we call you?',
    nameHint: 'A first name or nickname is enough.',
    otherName: 'What may we call the person this is for?',
    email: 'E-mail address',
    emailHint: 'We send one short message with a number to it. It does not say what it is about.',
    phone: 'Telephone number',
    phoneHint: 'Either one is enough.',
    when: 'When may we reach you?',
    safeTimes: 'When is it safe to reach you?',
    safeTimesHint: 'For example: only after 6 pm. Not when the children are home. Text before you call.',
    leaveMessage: 'May we leave a message that says who we are?',
    leaveMessageHint: 'If you do not answer this, we leave none.',
    yes: 'Yes',
    no: 'No',
    suits: 'Which times suit you for a first conversation?',
  },
  safetyHelp: {
    tab: 'Help right now – Request',
    urgent: 'Please talk with somebody now',
    calm: 'Help is there, if you want it',
    leadUrgent: 'You are not alone with this. These people answer at once, day and night.',
    leadUrgentOther: 'You do not have to handle this alone. These people answer at once, day and night.',
    leadCalm: 'You need not tell us. These people answer at once, day and night.',
    unwatched: 'Nobody here watches this form as you write.',
    whenRead: (hours: string) => `We read requests when the clinic is open${hours ? `: ${hours}` : ''}.`,
    marked: 'Yours will be marked urgent and read first. It cannot take the place of a call now.',
    stopping:
      'If you drink every day or take benzodiazepines, do not stop suddenly on your own: that can be dangerous. Shaking, a seizure, fever or seeing things: call 911.',
    onward: 'Go on with the request',
  },
  help: {
    call: (number: string) => `Call ${number}`,
    text: (number: string) => `Text ${number}`,
    lines: byId(HELP_LINES) as Record<HelpLineId, Pick<HelpLine, 'name' | 'what'>>,
  },
  meaning: {
    tab: 'What this means – Request',
    notHere: 'Treatment here is probably not suitable',
    lookFirst: 'We would have to look closely first',
    lead: 'This is about what you ticked, and why. You can still send the request: we answer it, and help you look elsewhere if we cannot.',
    leadOther:
      'This is about what you ticked, and why. You can still send the request: we answer it, and help them look elsewhere if we cannot.',
    whileSo: 'While this is so, we would not treat with ketamine.',
    prescriberFirst: 'A prescriber would have to look at this before anything else.',
    onward: 'Continue',
    others: 'Read about other treatments',
  },
  later: {
    tab: 'Finish later – Request',
    title: 'Finish later',
    lead: (until: string) => `What you wrote is saved until ${until}. Nothing has been sent.`,
    link: 'The link to your form',
    linkHint:
      'Copy it or bookmark it. On this device you can also just come back while the browser stays open.',
    whoever: 'Whoever has this link can read what you wrote.',
    keep: 'Keep it where only you look.',
    goOn: 'Go on now',
    forget: 'Forget it on this device, keep the link',
    discard: 'Remove everything I wrote',
  },
  resume: {
    title: 'Go on with your request',
    lead: (when: string) => `It was last saved on ${when}. Go on only if you began it yourself.`,
    goOn: 'Go on',
    gone: 'This form is not there any more',
    goneLead:
      'Unfinished forms are kept for two weeks after they were last saved. Or the link is not complete: please check that all of it was copied.',
    begin: 'Begin a new request',
  },
  check: {
    tab: 'Check your answers – Request',
    title: 'Check your answers',
    lead: 'Nothing has been sent yet. Change what you like, then send.',
    notSent: 'This could not be sent now',
    kept: 'Your answers are still here.',
    missing: 'Something is still missing. What you wrote is kept.',
    goOn: 'Go on',
    change: 'Change',
    send: 'Send the request',
    leaveEmpty: 'Leave this empty',
    manyByContact: (phone: string) =>
      `We already have three requests with this e-mail address or telephone number from today, and will answer them.${phone ? ` If it cannot wait, call ${phone}.` : ''}`,
    manyByAddress: (phone: string) =>
      `Many requests came from this connection within the hour. Your answers are kept: please try again in an hour.${phone ? ` If it cannot wait, call ${phone}.` : ''}`,
  },
  answers: {
    forWhom: 'Who it is for',
    self: 'For me',
    other: 'For somebody else',
    topics: 'What it is about',
    words: 'In your words',
    danger: 'Danger',
    applies: 'What applies',
    name: 'Name',
    otherName: 'Their name',
    email: 'E-mail',
    phone: 'Telephone',
    safeTimes: 'When it is safe to reach you',
    message: 'A message that says who we are',
    suits: 'Times that suit',
    notSaid: 'nothing said',
    messageYes: 'Yes, one may be left',
    messageNo: 'No, leave none',
    messageNotSaid: 'Not said: leave none',
    none: 'none of these',
    unsure: 'not sure, or would rather talk about it',
  },
  receipt: {
    hello: 'Hello,',
    received: (sender: string | undefined, reference: string) =>
      `${sender ?? 'We'} ${sender ? 'has' : 'have'} received what you sent. Your reference is ${reference}.`,
    answerBy: (when: string) => `We aim to answer by ${when} (local time of the clinic).`,
    address: 'This address shows where it stands. Anyone who has it can see that:',
    call: (phone: string) => `You can also call ${phone} and say the reference.`,
    unwatched: 'This address is not watched around the clock. In an emergency call 911.',
    notYou: 'If you did not write to us, you need not do anything.',
    subject: (sender: string | undefined, reference: string) =>
      `${sender ? `${sender}: received` : 'Received'}, reference ${reference}`,
  },
  state: {
    reference: (reference: string) => `Request ${reference}`,
    thanks: 'Thank you. Your request has arrived',
    danger: 'You told us about danger. Please do not wait for us.',
    dangerText:
      'Your request is marked urgent and will be read first, but nobody here reads requests at night or on days when the clinic is closed. These people answer now.',
    late: 'We are late with this.',
    lateText: (when: string) => `We meant to answer by ${when}. Please call us if you do not want to wait.`,
    referenceTerm: 'Reference',
    sentTerm: 'Sent',
    whereTerm: 'Where it stands',
    answerByTerm: 'We aim to answer by',
    clinicTime: (when: string) => `${when}, clinic time`,
    elsewhere: 'Where else to go',
    receiptTo: (email: string) =>
      `We also send a short message with the reference to ${email}. It may take a while.`,
    writeDown: 'Please write down the reference.',
    anyTime: 'This page shows at any time where your request stands, and nothing of what you wrote.',
    link: 'The address of this page',
    linkHint: 'Bookmark it, or copy it.',
    changed: 'Something changed, or you would rather talk? Call',
    sayReference: 'and say the reference.',
    home: 'To the first page',
    forget: 'Forget this request on this device',
    waiting: { title: 'We have your request', text: 'It waits for somebody here to read it.' },
    inHand: { title: 'Somebody here has your request', text: 'They will call or write to you.' },
    tried: 'We have tried to reach you and will try again. You can also call us.',
    answered: {
      title: 'We have been in touch',
      text: 'We are looking at what comes next and will tell you.',
    },
    accepted: {
      title: 'We would like to go on with you',
      none: 'The next step is an assessment. We send you a link, or call you, to begin it. It decides nothing yet.',
      open: 'Choose a time for your first visit from those we offer. It decides nothing yet.',
      chosen:
        'Your first visit is booked. Before it we send you a link with questions. It decides nothing yet.',
    },
    visitTerm: 'Your first visit',
    choose: 'Choose a time',
    cannotCome: 'You cannot come then? Call',
    another: 'and we find another time.',
    closed: 'This request is closed',
    declined: 'We cannot offer treatment for this request',
    reasons: Object.fromEntries(DECLINE_REASONS.map((one) => [one.id, one.toThem])) as Record<
      DeclineReason,
      string
    >,
  },
}

/** The shape of the words: another language must have every one of them, or it is a type error. */
export type RequestWords = typeof english
