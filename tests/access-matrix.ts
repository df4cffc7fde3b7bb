import type { LivedInClinic, TwoClinics } from './two-clinics.ts'

export type Who =
  | 'visitor'
  | 'coordinator'
  | 'prescriber'
  | 'nurse'
  | 'therapist'
  | 'manager'
  | 'researcher'
  | 'patient'

type Parameter = (w: TwoClinics, clinic: LivedInClinic) => Promise<string>

export type RouteAccess = {
  /** Who may open the page; nobody for an address that only takes forms. */
  readonly read: readonly Who[]
  /** Which form asks for which declared action, and who may send it. */
  readonly write?: Readonly<Record<string, readonly [action: string, ...who: Who[]]>>
  /** How to fill the address for a clinic's own record. */
  readonly params?: Readonly<Record<string, Parameter>>
  readonly query?: string
  /** The address names nothing of a clinic (a study, a document's name, a step of a form). */
  readonly shared?: true
  /** Only leads elsewhere and declares no action for reading. */
  readonly leads?: true
  /** Opened by a secret in the address, not by a role: without a good secret there is nothing. */
  readonly bySecret?: true
}

const C = 'coordinator'
const P = 'prescriber'
const N = 'nurse'
const T = 'therapist'
const M = 'manager'
const R = 'researcher'
const patient = 'patient'
/** Those who work with people treated here; a researcher sees nobody in particular. */
const staff = [C, P, N, T, M] as const
const members = [...staff, R, patient] as const
const everyone = ['visitor', ...members] as const

const fixed =
  (text: string): Parameter =>
  async () =>
    text
const idFrom =
  (table: string, where?: string): Parameter =>
  (w, clinic) =>
    w.anIdOf(clinic, table, where)
/** A form that the clinic's signed-in patient answers on their own. */
const theirForm: Parameter = (w, clinic) =>
  w.anIdOf(clinic, 'form_sitting', `person_id = '${clinic.patient.personId}' and respondent = 'self'`)
const aStaffForm = {
  id: idFrom('person', 'id in (select person_id from form_sitting)'),
  sittingId: idFrom(
    'form_sitting',
    'person_id = (select min(person_id::text)::uuid from form_sitting f where f.clinic_id = $1)',
  ),
}
/** What the clinic's signed-in patient signed. */
const theirCopy = {
  documentId: fixed('treatment'),
  signatureId: ((w, clinic) =>
    w.anIdOf(
      clinic,
      'consent_signature',
      `document_id = 'treatment' and person_id = '${clinic.patient.personId}'`,
    )) satisfies Parameter,
}
const aSignedCopy = {
  id: idFrom('person', 'id in (select person_id from consent_signature)'),
  signatureId: idFrom(
    'consent_signature',
    'person_id = (select min(person_id::text)::uuid from consent_signature s where s.clinic_id = $1)',
  ),
}
const site: RouteAccess = { read: everyone }
const badSecret = fixed('A'.repeat(54))

/** Who may open what and do what: the whole of it, to be read in one sitting. */
export const ACCESS: Readonly<Record<string, RouteAccess>> = {
  // The public site
  '/': site,
  '/how-treatment-works': site,
  '/inside-a-session': site,
  '/how-craving-is-learned': site,
  '/what-does-65-percent-mean': site,
  '/conditions': site,
  '/conditions/:id': { ...site, params: { id: fixed('alcohol') }, shared: true },
  '/studies': site,
  '/studies/:id': { ...site, params: { id: fixed('grabski-2022-kare') }, shared: true },
  '/services': site,
  '/location': site,
  '/questions': site,
  '/glossary': site,
  '/articles': site,
  '/protocols': site,
  '/protocols/:id': { ...site, params: { id: fixed('aud-kare') }, shared: true },
  '/articles/:id': { ...site, params: { id: fixed('one-infusion') }, shared: true },
  '/:page': { ...site, params: { page: fixed('how-addiction-works') }, shared: true },
  '/results': site,
  '/results.csv': site,
  '/sitemap.xml': site,
  '/feed.xml': site,
  '/robots.txt': site,
  '/search': { ...site, query: '?q=alcohol' },
  '/search/answer': { ...site, query: '?q=alcohol' },
  '/help-now': site,
  '/too-large': site,
  '/sign-in': {
    ...site,
    write: { 'sign-in': ['identity.sign-in', ...everyone], passkey: ['identity.sign-in', ...everyone] },
  },
  '/passkeys/challenge': {
    read: everyone,
    leads: true,
    write: {
      'sign-in': ['identity.begin-passkey-sign-in', ...everyone],
      sign: ['identity.begin-passkey', ...members],
      'sign-second': ['identity.begin-passkey', ...members],
      register: ['identity.add-passkey', ...members],
    },
  },
  '/print-size': { read: everyone, leads: true, write: { print: ['identity.choose-print', ...everyone] } },
  '/sign-out': { read: everyone, leads: true, write: { 'sign-out': ['identity.sign-out', ...everyone] } },

  // The public site and the request in Spanish
  '/es': site,
  '/es/help-now': site,
  '/es/location': site,
  '/es/:page/:id?': { ...site, params: { page: fixed('conditions'), id: fixed('alcohol') }, shared: true },
  '/es/request': {
    ...site,
    write: { begin: ['request.write-draft', ...everyone], restart: ['request.write-draft', ...everyone] },
  },
  '/es/request/check': { ...site, write: { send: ['request.submit', ...everyone] } },
  '/es/request/safety-help': site,
  '/es/request/what-this-means': site,
  '/es/request/later': {
    ...site,
    write: { forget: ['request.write-draft', ...everyone], discard: ['request.write-draft', ...everyone] },
  },
  '/es/request/:step': {
    ...site,
    params: { step: fixed('who') },
    shared: true,
    write: { continue: ['request.write-draft', ...everyone], later: ['request.write-draft', ...everyone] },
  },
  '/es/request/resume/:token': {
    ...site,
    params: { token: badSecret },
    bySecret: true,
    write: { resume: ['request.read-form', ...everyone] },
  },
  '/es/request/state/:token': {
    ...site,
    params: { token: badSecret },
    bySecret: true,
    write: { forget: ['request.read-state', ...everyone] },
  },

  // Asking for a visit
  '/request': {
    ...site,
    write: { begin: ['request.write-draft', ...everyone], restart: ['request.write-draft', ...everyone] },
  },
  '/request/check': { ...site, write: { send: ['request.submit', ...everyone] } },
  '/request/safety-help': site,
  '/request/what-this-means': site,
  '/request/later': {
    ...site,
    write: { forget: ['request.write-draft', ...everyone], discard: ['request.write-draft', ...everyone] },
  },
  '/request/:step': {
    ...site,
    params: { step: fixed('who') },
    shared: true,
    write: { continue: ['request.write-draft', ...everyone], later: ['request.write-draft', ...everyone] },
  },
  '/request/resume/:token': {
    ...site,
    params: { token: badSecret },
    bySecret: true,
    write: { resume: ['request.read-form', ...everyone] },
  },
  '/request/state': { ...site, write: { find: ['request.find-state', ...everyone] } },
  '/request/state/:token/times': {
    ...site,
    params: { token: badSecret },
    bySecret: true,
    write: { choose: ['first-visit.choose', ...everyone] },
  },
  '/request/state/:token': {
    ...site,
    params: { token: badSecret },
    bySecret: true,
    write: { forget: ['request.read-state', ...everyone] },
  },

  // By secret link
  '/calendar/:file': { ...site, params: { file: fixed(`${'A'.repeat(54)}.ics`) }, bySecret: true },
  '/intake/:token/answer': {
    read: [],
    params: { token: badSecret },
    bySecret: true,
    write: { answer: ['assess.open-intake-link', ...everyone] },
  },
  '/intake/:token/:screen?': {
    ...site,
    params: { token: badSecret },
    bySecret: true,
    write: {
      begin: ['assess.open-intake-link', ...everyone],
      'take-back': ['assess.open-intake-link', ...everyone],
      save: ['assess.open-intake-link', ...everyone],
      skip: ['assess.open-intake-link', ...everyone],
      finish: ['assess.open-intake-link', ...everyone],
    },
  },
  '/check-in/:token': {
    ...site,
    params: { token: badSecret },
    bySecret: true,
    write: {
      'check-in': ['follow-up.open-link', ...everyone],
      stop: ['follow-up.open-link', ...everyone],
      'go-on': ['follow-up.open-link', ...everyone],
    },
  },
  '/day-before/:token': {
    ...site,
    params: { token: badSecret },
    bySecret: true,
    write: { answer: ['day-before.open-link', ...everyone] },
  },
  '/welcome/:token': {
    ...site,
    params: { token: badSecret },
    bySecret: true,
    write: { open: ['identity.open-welcome', ...everyone] },
  },

  // The portal
  '/portal': { read: [patient] },
  '/portal/intake/answer': { read: [], write: { answer: ['assess.answer-intake', patient] } },
  '/portal/intake/:screen?': {
    read: [patient],
    write: {
      begin: ['assess.answer-intake', patient],
      'take-back': ['assess.answer-intake', patient],
      save: ['assess.answer-intake', patient],
      skip: ['assess.answer-intake', patient],
      finish: ['assess.answer-intake', patient],
    },
  },
  '/portal/forms': { read: [patient] },
  '/portal/forms/:sittingId/answer': {
    read: [],
    params: { sittingId: idFrom('form_sitting') },
    write: { answer: ['assess.answer-form', P, N, T, patient] },
  },
  '/portal/forms/:sittingId/:screen?': {
    read: [patient],
    params: { sittingId: theirForm },
    write: {
      save: ['assess.answer-form', P, N, T, patient],
      'take-back': ['assess.answer-form', P, N, T, patient],
      skip: ['assess.answer-form', P, N, T, patient],
      finish: ['assess.answer-form', P, N, T, patient],
    },
  },
  '/portal/check-in': { read: [patient], write: { 'check-in': ['follow-up.submit-check-in', patient] } },
  '/portal/check-ins': {
    read: [patient],
    write: {
      stop: ['follow-up.choose-invitations', C, P, N, T, patient],
      'go-on': ['follow-up.choose-invitations', C, P, N, T, patient],
    },
  },
  '/portal/calendar': {
    read: [patient],
    write: {
      day: ['assess.tell-days', P, N, T, patient],
      range: ['assess.tell-days', P, N, T, patient],
      anchor: ['assess.tell-days', P, N, T, patient],
    },
  },
  '/portal/progress': { read: [patient] },
  '/portal/progress/numbers/:figure': { read: [patient], params: { figure: fixed('days') }, shared: true },
  '/portal/appointments': { read: [patient] },
  '/portal/calendar-feeds': {
    read: [patient],
    write: {
      own: ['plan.make-own-calendar-feed', C, P, N, T, M, patient],
      revoke: ['plan.revoke-calendar-feed', C, P, N, T, M, patient],
    },
  },
  '/portal/appointments/:id': {
    read: [patient],
    params: {
      id: (w, clinic) => w.anIdOf(clinic, 'diary_appointment', `person_id = '${clinic.patient.personId}'`),
    },
    write: {
      move: ['own-visit.change', patient],
      cancel: ['own-visit.change', patient],
      ask: ['own-visit.change', patient],
    },
  },
  '/portal/day-before': { read: [patient], write: { answer: ['day-before.answer', patient] } },
  '/portal/passkeys': {
    read: [patient],
    write: { add: ['identity.add-passkey', ...members], remove: ['identity.remove-passkey', ...members] },
  },
  '/portal/reminders': {
    read: [patient],
    write: {
      on: ['reminders.choose', C, N, patient],
      off: ['reminders.choose', C, N, patient],
    },
  },
  '/portal/documents': {
    read: [patient],
    write: { 'withdraw-all': ['plan.withdraw-consent', P, N, patient] },
  },
  '/portal/documents/:documentId': {
    read: [patient],
    params: { documentId: fixed('data-notice') },
    shared: true,
    write: { sign: ['plan.sign-consent', patient], withdraw: ['plan.withdraw-consent', P, N, patient] },
  },
  '/portal/documents/:documentId/copies/:signatureId': { read: [patient], params: theirCopy },
  '/portal/documents/:documentId/copies/:signatureId/file': { read: [patient], params: theirCopy },
  '/portal/documents/:documentId/copies/:signatureId/copy.pdf': { read: [patient], params: theirCopy },

  // The workspace
  '/work': { read: everyone, leads: true },
  '/work/requests': { read: [C, M], write: { keep: ['request.read-inbox', C, M] } },
  '/work/requests/texts': {
    read: [C, M],
    write: { save: ['request.write-templates', C, M], retire: ['request.write-templates', C, M] },
  },
  '/work/requests/:id/times': {
    read: [C],
    params: {
      id: idFrom(
        'consultation_request',
        "id in (select request_id from request_event where kind = 'accepted')",
      ),
    },
    write: { offer: ['first-visit.offer', C] },
  },
  '/work/requests/:id': {
    read: [C, M],
    params: { id: idFrom('consultation_request') },
    write: {
      assign: ['request.assign', C],
      'hand-over': ['request.assign', C],
      note: ['request.reply', C],
      mail: ['request.reply', C],
      accept: ['request.accept', C],
      decline: ['request.decline', C],
    },
  },
  '/work/assessments': { read: [C, P, N, T] },
  '/work/assessments/:id': {
    read: [C, P, N, T],
    params: { id: idFrom('assessment') },
    write: {
      link: ['assess.make-intake-link', C, P],
      track: ['assess.plan-intake', C, P],
      facts: ['assess.record-fact', P, N],
    },
  },
  '/work/assessments/:id/decision': {
    read: [P, N, T],
    params: { id: idFrom('assessment') },
    write: { decide: ['assess.decide-eligibility', P] },
  },
  '/work/eligibility-rules': { read: [M, P, N, T] },
  '/work/eligibility-rules/:ruleId': {
    read: [M, P, N, T],
    params: { ruleId: fixed('blood-pressure') },
    shared: true,
    write: { set: ['assess.set-rule', M, P] },
  },
  '/work/concerns': { read: staff, write: { duty: ['assess.set-safety-duty', P, M] } },
  '/work/concerns/:id': {
    read: staff,
    params: { id: idFrom('safety_concern') },
    write: {
      respond: ['assess.respond-to-concern', ...staff],
      close: ['assess.respond-to-concern', ...staff],
    },
  },
  '/work/plans': { read: [C, P, N, T] },
  '/work/plans/new': {
    read: [P],
    params: { assessment: idFrom('assessment') },
    write: { create: ['plan.create', P] },
  },
  '/work/plans/:id': {
    read: [C, P, N, T],
    params: { id: idFrom('treatment_plan') },
    write: {
      book: ['plan.book-series', C, P, N],
      move: ['plan.move-appointment', C, P, N],
      cancel: ['plan.cancel-appointment', C, P, N],
      'withdraw-order': ['plan.withdraw-order', P],
      'withdraw-consent': ['plan.withdraw-consent', P, N, patient],
      deviate: ['protocol.note-deviation', P, N, T],
    },
  },
  '/work/protocols': { read: staff },
  '/work/protocols/:id': {
    read: staff,
    params: { id: fixed('aud-kare') },
    shared: true,
    write: {
      draft: ['protocol.draft', M, P],
      copy: ['protocol.draft', M, P],
      simulate: ['protocol.submit', M, P],
      submit: ['protocol.submit', M, P],
      approve: ['protocol.review', P],
      return: ['protocol.review', P],
      publish: ['protocol.publish', M, P],
      retire: ['protocol.retire', M, P],
    },
  },
  '/work/protocols/:id/edit': {
    read: [M, P],
    params: { id: fixed('aud-kare') },
    shared: true,
    write: { save: ['protocol.draft', M, P], rows: ['protocol.draft', M, P] },
  },
  '/work/plans/:id/order': {
    read: [P],
    params: { id: idFrom('treatment_plan') },
    write: { work: ['plan.sign-order', P], sign: ['plan.sign-order', P] },
  },
  '/work/plans/:id/consent': {
    read: [P, N],
    params: { id: idFrom('treatment_plan') },
    write: { sign: ['plan.assist-consent', P, N] },
  },
  '/work/documents': { read: staff, write: { release: ['plan.release-document', M] } },
  '/work/people/:id/disclosures': {
    read: [C, P, N, T],
    params: { id: idFrom('person') },
    write: { withdraw: ['plan.withdraw-consent', P, N, patient] },
  },
  '/work/people/:id/documents/:signatureId': { read: [C, P, N, T], params: aSignedCopy },
  '/work/people/:id/documents/:signatureId/file': { read: [C, P, N, T], params: aSignedCopy },
  '/work/people/:id/documents/:signatureId/copy.pdf': { read: [C, P, N, T], params: aSignedCopy },
  '/work/plans/:id/orders/:orderId': {
    read: [P, N, T],
    params: { id: idFrom('treatment_plan'), orderId: idFrom('dose_order') },
  },
  '/work/plans/:id/orders/:orderId/sheet.pdf': {
    read: [P, N, T],
    params: { id: idFrom('treatment_plan'), orderId: idFrom('dose_order') },
  },
  '/work/regimens': { read: [P, M, R] },
  '/work/regimens.csv': { read: [P, M, R] },
  '/work/schedule': { read: staff, write: { move: ['plan.move-appointment', C, N, P] } },
  '/work/appointments/:id': {
    read: staff,
    params: { id: idFrom('diary_appointment') },
    write: { move: ['plan.move-appointment', C, N, P], cancel: ['plan.cancel-appointment', C, N, P] },
  },
  '/work/instruments': { read: [P, N, T, M] },
  '/work/instruments/:id': {
    read: [P, N, T, M],
    params: { id: fixed('phq-9') },
    shared: true,
    write: {
      check: ['assess.import-edition', M],
      import: ['assess.import-edition', M],
      use: ['assess.choose-edition', M],
    },
  },
  '/work/instruments/:id/questionnaire.json': {
    read: [P, N, T, M],
    params: { id: fixed('phq-9') },
    shared: true,
  },
  '/work/chairs': {
    read: [M],
    write: {
      add: ['plan.add-chair', M],
      'add-room': ['plan.set-diary-resources', M],
      'add-item': ['plan.set-diary-resources', M],
      retire: ['plan.set-diary-resources', M],
      restore: ['plan.set-diary-resources', M],
    },
  },
  '/work/people/:id/reminders': {
    read: [C, N],
    params: { id: idFrom('person') },
    write: {
      on: ['reminders.choose', C, N, patient],
      off: ['reminders.choose', C, N, patient],
    },
  },
  '/work/waiting': {
    read: [C, N],
    write: {
      enter: ['waiting.enter-wish', C, N],
      'take-back': ['waiting.enter-wish', C, N],
      give: ['waiting.give-freed', C, N],
      answer: ['own-visit.answer-request', C, N],
    },
  },
  '/work/day-before': { read: [C, P, N] },
  '/work/day-before/:id': {
    read: [C, P, N],
    params: { id: idFrom('diary_appointment', 'session_number is not null and cancelled_at is null') },
    write: { call: ['day-before.note', C, P, N], link: ['day-before.make-link', C, P, N] },
  },
  '/work/schedule/sheet': { read: staff },
  '/work/calendar-feeds': {
    read: staff,
    write: {
      own: ['plan.make-own-calendar-feed', C, P, N, T, M, patient],
      place: ['plan.make-place-calendar-feed', C, M],
      revoke: ['plan.revoke-calendar-feed', C, P, N, T, M, patient],
    },
  },
  '/work/calendars': {
    read: [M],
    write: {
      week: ['plan.set-calendars', M],
      leave: ['plan.set-calendars', M],
      'remove-leave': ['plan.set-calendars', M],
      closure: ['plan.set-calendars', M],
      holidays: ['plan.set-calendars', M],
      'remove-closure': ['plan.set-calendars', M],
    },
  },
  '/work/appointment-types': { read: [M] },
  '/work/appointment-types/:code': {
    read: [M],
    params: { code: fixed('therapy') },
    shared: true,
    write: {
      save: ['plan.set-appointment-type', M],
      retire: ['plan.set-appointment-type', M],
    },
  },
  '/work/appointments/new': { read: [C, P, N, T], write: { book: ['plan.book-visits', C, P, N, T] } },
  '/work/board': {
    read: [P, N, M],
    write: {
      open: ['treat.open-session', P, N],
      'take-watch': ['treat.record-session', P, N],
      offer: ['treat.record-session', P, N],
      'take-offer': ['treat.record-session', P, N],
      acknowledge: ['treat.acknowledge-alarm', P, N],
      seen: ['treat.see-alarm', P, N],
      'sound-test': ['treat.test-sound', P, N, M],
    },
  },
  '/work/note-template': { read: [P, N, M], write: { set: ['treat.set-note-template', P, M] } },
  '/work/sessions/:id/record.pdf': { read: [P, N, T], params: { id: idFrom('dosing_session') } },
  '/work/rems': { read: [P, N, T] },
  '/home/:token': { ...site, params: { token: badSecret }, bySecret: true },
  '/work/sessions/:id/entries': {
    read: [],
    write: { send: ['treat.record-session', P, N] },
    params: { id: idFrom('dosing_session') },
  },
  '/work/sessions/:id/hand-over': { read: [P, N, T], params: { id: idFrom('dosing_session') } },
  '/work/sessions/:id/hand-over.pdf': { read: [P, N, T], params: { id: idFrom('dosing_session') } },
  '/work/sessions/:id/take-home': {
    read: [P, N, T],
    params: { id: idFrom('dosing_session') },
    write: { link: ['treat.record-session', P, N] },
  },
  '/work/sessions/:id/take-home.pdf': { read: [P, N, T], params: { id: idFrom('dosing_session') } },
  '/work/sessions/:id/rems': {
    read: [P, N, T],
    params: { id: idFrom('dosing_session') },
    write: { answers: ['treat.record-session', P, N], sent: ['treat.record-session', P, N] },
  },
  '/work/sessions/:id/rems.pdf': { read: [P, N, T], params: { id: idFrom('dosing_session') } },
  '/work/sessions/:id': {
    read: [P, N, T],
    params: { id: idFrom('dosing_session') },
    write: {
      arrive: ['treat.record-session', P, N],
      identity: ['treat.record-session', P, N],
      checklist: ['treat.record-session', P, N],
      reading: ['treat.record-session', P, N],
      start: ['treat.start-dose', P, N],
      device: ['treat.start-dose', P, N],
      pause: ['treat.record-session', P, N],
      resume: ['treat.record-session', P, N],
      rate: ['treat.record-session', P, N],
      stop: ['treat.record-session', P, N],
      finish: ['treat.record-session', P, N],
      observe: ['treat.record-session', P, N],
      steps: ['treat.record-session', P, N],
      discharge: ['treat.discharge-person', P, N],
      override: ['treat.discharge-person', P, N],
      close: ['treat.close-session', P, N],
      'correct-reading': ['treat.record-session', P, N],
      'correct-dose': ['treat.record-session', P, N],
      access: ['treat.record-session', P, N],
      'access-removed': ['treat.record-session', P, N],
      scale: ['treat.record-session', P, N],
      comfort: ['treat.record-session', P, N],
      music: ['treat.record-session', P, N],
      'sitter-in': ['treat.record-session', P, N],
      'sitter-out': ['treat.record-session', P, N],
      medicine: ['treat.record-session', P, N],
      call: ['treat.record-session', P, N],
      adverse: ['treat.record-session', P, N],
      'adverse-followed': ['treat.record-session', P, N],
      offer: ['treat.record-session', P, N],
      'take-offer': ['treat.record-session', P, N],
      'take-watch': ['treat.record-session', P, N],
      'correct-scale': ['treat.record-session', P, N],
      'correct-medicine': ['treat.record-session', P, N],
      acknowledge: ['treat.acknowledge-alarm', P, N],
      light: ['treat.read-session', P, N, T],
    },
  },
  '/work/adverse-events': { read: [P, N] },
  '/work/sessions/:id/replay': { read: [P, N, T], params: { id: idFrom('dosing_session') } },
  '/work/sessions/:id/note': {
    read: [P, N, T],
    params: { id: idFrom('dosing_session') },
    write: {
      save: ['treat.save-note', P, N],
      'take-in': ['treat.save-note', P, N],
      sign: ['treat.sign-note', P, N],
      add: ['treat.sign-note', P, N],
      cosign: ['treat.cosign-note', P],
    },
  },
  '/work/stock': { read: [P, N, M], write: { look: ['treat.note-alert', M] } },
  '/work/stock/receive': {
    read: [N, M],
    write: {
      ask: ['treat.receive-stock', N, M],
      record: ['treat.receive-stock', N, M],
      'ask-witness': ['treat.receive-stock', N, M],
      change: ['treat.receive-stock', N, M],
    },
  },
  '/work/stock/move': {
    read: [N, M],
    write: { move: ['treat.move-stock', N, M], cabinet: ['treat.add-cabinet', M] },
  },
  '/work/witness': { read: [P, N, M] },
  '/work/witness/:id': {
    read: [P, N, M],
    params: { id: idFrom('witness_request') },
    write: {
      sign: ['treat.witness-stock', P, N, M],
      decline: ['treat.witness-stock', P, N, M],
      'sign-here': ['treat.ask-witness', P, N, M],
      withdraw: ['treat.ask-witness', P, N, M],
      again: ['treat.ask-witness', P, N, M],
    },
  },
  '/work/stock/take-out': {
    read: [P, N, M],
    write: {
      ask: ['treat.waste-stock', P, N, M],
      record: ['treat.waste-stock', P, N, M],
      'ask-witness': ['treat.waste-stock', P, N, M],
      change: ['treat.waste-stock', P, N, M],
    },
  },
  '/work/stock/lots/:id': {
    read: [P, N, M],
    params: { id: idFrom('drug_lot') },
    write: { recall: ['treat.recall-lot', N, M], clear: ['treat.recall-lot', N, M] },
  },
  '/work/stock/ledger': { read: [P, N, M] },
  '/work/stock/before-the-ledger': { read: [P, N, M] },
  '/work/stock/day-sheet': { read: [P, N, M] },
  '/work/stock/day-sheet.pdf': { read: [P, N, M] },
  '/work/stock/from-paper': {
    read: [N, M],
    write: {
      ask: ['treat.record-from-paper', N, M],
      record: ['treat.record-from-paper', N, M],
      change: ['treat.record-from-paper', N, M],
    },
  },
  '/work/stock/settings': { read: [P, N, M], write: { set: ['treat.set-ledger-settings', M] } },
  '/work/stock/counts': { read: [P, N, M], write: { begin: ['treat.count-stock', P, N, M] } },
  '/work/stock/counts/:id': {
    read: [P, N, M],
    params: { id: idFrom('stock_count') },
    write: { sheet: ['treat.count-stock', P, N, M], stop: ['treat.count-stock', P, N, M] },
  },
  '/work/stock/discrepancies': { read: [P, N, M] },
  '/work/stock/discrepancies/:id': {
    read: [P, N, M],
    params: { id: idFrom('count_discrepancy') },
    write: {
      note: ['treat.note-discrepancy', P, N, M],
      close: ['treat.close-discrepancy', M],
      'ask-witness': ['treat.close-discrepancy', M],
    },
  },
  '/work/stock/inventory': { read: [P, N, M], write: { sign: ['treat.sign-inventory', P, N, M] } },
  '/work/stock/inventory/:id': { read: [P, N, M], params: { id: idFrom('stock_inventory') } },
  '/work/stock/inventory/:id/inventory.pdf': { read: [P, N, M], params: { id: idFrom('stock_inventory') } },
  '/work/stock/inspector': { read: [P, M] },
  '/work/stock/inspector.csv': { read: [P, M] },
  '/work/stock/loss/:kind/:id': {
    read: [P, M],
    params: { kind: fixed('discrepancy'), id: idFrom('count_discrepancy') },
    write: { save: ['treat.write-loss-report', P, M] },
  },
  '/work/monitors': {
    read: [P, N, M],
    write: {
      add: ['treat.add-monitor', M],
      renew: ['treat.renew-monitor-key', M],
      revoke: ['treat.revoke-monitor-keys', M],
      place: ['treat.place-monitor', N, M],
    },
  },
  '/work/people': { read: staff },
  '/work/people/:id': { read: staff, params: { id: idFrom('person') } },
  '/work/people/:id/numbers/:figure': {
    read: [P, N, T],
    params: { id: idFrom('person'), figure: fixed('scores') },
  },
  '/work/people/:id/portal': {
    read: [C, P, N, T],
    params: { id: idFrom('person') },
    write: { link: ['identity.make-portal-link', C, P, N] },
  },
  '/work/people/:id/forms': {
    read: [P, N, T],
    params: { id: idFrom('person') },
    write: { one: ['assess.lay-forms', P, N, T], set: ['assess.lay-forms', P, N, T] },
  },
  '/work/people/:id/forms/:sittingId/answer': {
    read: [],
    params: aStaffForm,
    write: { answer: ['assess.lay-forms', P, N, T] },
  },
  '/work/people/:id/forms/:sittingId': {
    read: [P, N, T],
    params: aStaffForm,
    write: {
      keep: ['assess.lay-forms', P, N, T],
      finish: ['assess.lay-forms', P, N, T],
      'take-back': ['assess.lay-forms', P, N, T],
      aside: ['assess.set-form-aside', P, N, T],
    },
  },
  '/work/sets': { read: [M, P, N, T], query: '?track=alcohol' },
  '/work/sets/:track/:phase': {
    read: [M],
    params: { track: fixed('alcohol'), phase: fixed('weekly') },
    shared: true,
    write: { preview: ['assess.change-set', M], save: ['assess.change-set', M] },
  },
  '/work/people/:id/results': {
    read: [P, N, T],
    params: { id: idFrom('person', 'id in (select person_id from instrument_response)') },
  },
  '/work/people/:id/results/:responseId': {
    read: [P, N, T],
    params: {
      id: idFrom('person', 'id in (select person_id from instrument_response)'),
      responseId: idFrom(
        'instrument_response',
        'person_id = (select min(person_id::text)::uuid from instrument_response i where i.clinic_id = $1)',
      ),
    },
    write: { review: ['assess.review-result', P, N, T] },
  },
  '/work/people/:id/results/:responseId/fhir.json': {
    read: [P, N, T],
    params: {
      id: idFrom('person', 'id in (select person_id from instrument_response)'),
      responseId: idFrom(
        'instrument_response',
        'person_id = (select min(person_id::text)::uuid from instrument_response i where i.clinic_id = $1)',
      ),
    },
  },
  '/work/results': { read: [P, N, T] },
  '/work/people/:id/calendar': {
    read: [P, N, T],
    params: { id: idFrom('person') },
    write: {
      day: ['assess.tell-days', P, N, T, patient],
      range: ['assess.tell-days', P, N, T, patient],
      anchor: ['assess.tell-days', P, N, T, patient],
      keep: ['assess.keep-figures', P, N, T],
    },
  },
  '/work/people/:id/tests': {
    read: [P, N, T],
    params: { id: idFrom('person') },
    write: { record: ['assess.record-test', P, N], withdraw: ['assess.record-test', P, N] },
  },
  '/work/people/:id/medicines': {
    read: [P, N, T],
    params: { id: idFrom('person') },
    write: {
      record: ['assess.record-medicine', P, N],
      none: ['assess.record-medicine', P, N],
      confirm: ['assess.record-medicine', P, N],
      stop: ['assess.record-medicine', P, N],
      withdraw: ['assess.record-medicine', P, N],
      override: ['assess.override-interaction', P],
    },
  },
  '/work/people/:id/work-up': {
    read: [P, N, T],
    params: { id: idFrom('person') },
    write: { record: ['assess.record-work-up', P, N] },
  },
  '/work/work-up': { read: [P, N, T] },
  '/work/follow-up': {
    read: [C, P, N, T],
    write: { link: ['follow-up.make-link', C, P, N, T], contact: ['follow-up.note-contact', C, P, N, T] },
  },
  '/work/measure': { read: [P, N, T, M, R] },
  '/work/measure/numbers/:file': {
    read: [P, N, T, M, R],
    params: { file: fixed('abstinence.csv') },
    shared: true,
  },
  '/work/measure/:topic': { read: [P, N, T, M, R], params: { topic: fixed('abstinence') }, shared: true },
  '/work/measure/cohorts/new': {
    read: [M, R],
    shared: true,
    write: {
      look: ['measure.import-cohort', M, R],
      check: ['measure.import-cohort', M, R],
      'bring-in': ['measure.import-cohort', M, R],
    },
  },
  '/work/measure/cohorts/:id': {
    read: [P, N, T, M, R],
    params: { id: idFrom('outside_cohort') },
    write: {
      'mark-published': ['measure.mark-cohort-published', M],
      withdraw: ['measure.withdraw-cohort', M],
    },
  },
  '/work/measure/cohorts/:id/curves.csv': {
    read: [P, N, T, M, R],
    params: { id: idFrom('outside_cohort') },
  },
  '/work/too-large': { read: [...staff, R] },
  '/work/measure/literature': { read: [P, N, T, M, R] },
  '/work/measure/literature.csv': { read: [P, N, T, M, R] },
  '/work/measure/release': {
    read: [M],
    write: { publish: ['measure.publish-release', M], withdraw: ['measure.withdraw-release', M] },
  },
  '/work/staff': { read: [M] },
  '/work/account/passkeys': {
    read: [...staff, R],
    write: { add: ['identity.add-passkey', ...members], remove: ['identity.remove-passkey', ...members] },
  },
  '/work/outbox': { read: [M] },
}
