/** Every page of the product with who opens it; the axe test and the screenshots walk this list. */
export type PageToSee = {
  readonly name: string
  readonly who:
    | 'visitor'
    | 'coordinator'
    | 'prescriber'
    | 'nurse'
    | 'therapist'
    | 'manager'
    | 'researcher'
    | 'patient'
  readonly path: string
  /** The page is the first one that a link on `path` leads to. */
  readonly first?: RegExp
  /** Then something on it is opened. */
  readonly open?: string
  /** How many scripts a public page may load; none unless said. */
  readonly scripts?: number
}

const id = '[0-9a-f-]{36}'

export const EVERY_PAGE: readonly PageToSee[] = [
  { name: 'home', who: 'visitor', path: '/' },
  { name: 'how-treatment-works', who: 'visitor', path: '/how-treatment-works' },
  { name: 'inside-a-session', who: 'visitor', path: '/inside-a-session', scripts: 1 },
  {
    name: 'inside-a-session-spray',
    who: 'visitor',
    path: '/inside-a-session?route=spray&minute=abc',
    scripts: 1,
  },
  { name: 'condition-alcohol', who: 'visitor', path: '/conditions/alcohol' },
  { name: 'studies', who: 'visitor', path: '/studies' },
  { name: 'study', who: 'visitor', path: '/studies/grabski-2022-kare' },
  { name: 'services', who: 'visitor', path: '/services' },
  { name: 'location', who: 'visitor', path: '/location' },
  { name: 'questions', who: 'visitor', path: '/questions' },
  { name: 'results', who: 'visitor', path: '/results' },
  { name: 'results-example', who: 'visitor', path: '/results?example' },
  { name: 'search', who: 'visitor', path: '/search?q=alchohol' },
  { name: 'search-crisis', who: 'visitor', path: '/search?q=i+want+to+die' },
  { name: 'search-nothing', who: 'visitor', path: '/search?q=qqqqqqqq' },
  { name: 'help-now', who: 'visitor', path: '/help-now' },
  { name: 'too-large', who: 'visitor', path: '/too-large?from=/request/who&mb=2' },
  { name: 'sign-in', who: 'visitor', path: '/sign-in' },
  { name: 'not-found', who: 'visitor', path: '/nothing-here' },
  { name: 'request-start', who: 'visitor', path: '/request' },
  { name: 'request-who', who: 'visitor', path: '/request/who' },
  { name: 'request-about', who: 'visitor', path: '/request/about' },
  { name: 'request-safety', who: 'visitor', path: '/request/safety' },
  { name: 'request-suitability', who: 'visitor', path: '/request/suitability' },
  { name: 'request-reach', who: 'visitor', path: '/request/reach' },
  { name: 'request-times', who: 'visitor', path: '/request/times' },
  { name: 'request-check', who: 'visitor', path: '/request/check' },
  { name: 'request-safety-help', who: 'visitor', path: '/request/safety-help' },
  { name: 'inbox', who: 'coordinator', path: '/work/requests' },
  {
    name: 'request',
    who: 'coordinator',
    path: '/work/requests',
    first: new RegExp(`^/work/requests/${id}$`),
  },
  { name: 'schedule', who: 'coordinator', path: '/work/schedule' },
  { name: 'day-before', who: 'coordinator', path: '/work/day-before' },
  { name: 'assessments', who: 'prescriber', path: '/work/assessments' },
  {
    name: 'assessment',
    who: 'prescriber',
    path: '/work/assessments',
    first: new RegExp(`^/work/assessments/${id}$`),
  },
  {
    name: 'decision',
    who: 'prescriber',
    path: '/work/assessments',
    first: new RegExp(`^/work/assessments/${id}$`),
    open: '/decision',
  },
  { name: 'eligibility-rules', who: 'manager', path: '/work/eligibility-rules' },
  { name: 'eligibility-rule', who: 'manager', path: '/work/eligibility-rules/blood-pressure' },
  { name: 'concerns', who: 'prescriber', path: '/work/concerns' },
  { name: 'plans', who: 'prescriber', path: '/work/plans' },
  { name: 'protocols', who: 'manager', path: '/work/protocols' },
  { name: 'protocol', who: 'prescriber', path: '/work/protocols/aud-kare' },
  { name: 'plan', who: 'prescriber', path: '/work/plans', first: new RegExp(`^/work/plans/${id}$`) },
  {
    name: 'order',
    who: 'prescriber',
    path: '/work/plans',
    first: new RegExp(`^/work/plans/${id}$`),
    open: '/order',
  },
  { name: 'people', who: 'nurse', path: '/work/people' },
  { name: 'person', who: 'prescriber', path: '/work/people', first: new RegExp(`^/work/people/${id}$`) },
  {
    name: 'portal-access',
    who: 'nurse',
    path: '/work/people',
    first: new RegExp(`^/work/people/${id}$`),
    open: '/portal',
  },
  {
    name: 'person-results',
    who: 'nurse',
    path: '/work/people',
    first: new RegExp(`^/work/people/${id}$`),
    open: '/results',
  },
  {
    name: 'person-forms',
    who: 'nurse',
    path: '/work/people',
    first: new RegExp(`^/work/people/${id}$`),
    open: '/forms',
  },
  { name: 'sets', who: 'manager', path: '/work/sets' },
  { name: 'set', who: 'manager', path: '/work/sets/alcohol/weekly' },
  { name: 'results-waiting', who: 'nurse', path: '/work/results' },
  {
    name: 'result',
    who: 'nurse',
    path: '/work/results',
    first: new RegExp(`^/work/people/${id}/results/${id}$`),
  },
  {
    name: 'person-calendar',
    who: 'therapist',
    path: '/work/people',
    first: new RegExp(`^/work/people/${id}$`),
    open: '/calendar',
  },
  {
    name: 'tests',
    who: 'nurse',
    path: '/work/people',
    first: new RegExp(`^/work/people/${id}$`),
    open: '/tests',
  },
  { name: 'board', who: 'nurse', path: '/work/board' },
  { name: 'session', who: 'nurse', path: '/work/board', first: new RegExp(`^/work/sessions/${id}$`) },
  {
    name: 'note',
    who: 'nurse',
    path: '/work/board',
    first: new RegExp(`^/work/sessions/${id}$`),
    open: '/note',
  },
  {
    name: 'replay',
    who: 'nurse',
    path: '/work/board',
    first: new RegExp(`^/work/sessions/${id}$`),
    open: '/replay',
  },
  { name: 'stock', who: 'nurse', path: '/work/stock' },
  { name: 'follow-up', who: 'therapist', path: '/work/follow-up' },
  { name: 'measure', who: 'manager', path: '/work/measure' },
  { name: 'measure-use', who: 'researcher', path: '/work/measure/use' },
  { name: 'measure-abstinence', who: 'nurse', path: '/work/measure/abstinence' },
  { name: 'measure-scores', who: 'therapist', path: '/work/measure/scores' },
  { name: 'measure-retention', who: 'manager', path: '/work/measure/retention' },
  { name: 'measure-craving', who: 'manager', path: '/work/measure/craving' },
  { name: 'measure-side-effects', who: 'manager', path: '/work/measure/side-effects' },
  { name: 'measure-subgroups', who: 'researcher', path: '/work/measure/subgroups' },
  { name: 'measure-funnel', who: 'manager', path: '/work/measure/funnel' },
  { name: 'measure-quarters', who: 'manager', path: '/work/measure/quarters' },
  { name: 'cohort-new', who: 'researcher', path: '/work/measure/cohorts/new' },
  {
    name: 'cohort-too-large',
    who: 'researcher',
    path: '/work/too-large?from=/work/measure/cohorts/new&mb=8',
  },
  { name: 'literature', who: 'therapist', path: '/work/measure/literature' },
  { name: 'release', who: 'manager', path: '/work/measure/release' },
  { name: 'regimens', who: 'researcher', path: '/work/regimens' },
  { name: 'staff', who: 'manager', path: '/work/staff' },
  { name: 'outbox', who: 'manager', path: '/work/outbox' },
  { name: 'instruments', who: 'manager', path: '/work/instruments' },
  { name: 'instrument', who: 'manager', path: '/work/instruments/phq-9' },
  { name: 'chairs', who: 'manager', path: '/work/chairs' },
  { name: 'calendars', who: 'manager', path: '/work/calendars' },
  { name: 'appointment-types', who: 'manager', path: '/work/appointment-types' },
  { name: 'appointment-type', who: 'manager', path: '/work/appointment-types/therapy' },
  { name: 'new-appointment', who: 'coordinator', path: '/work/appointments/new' },
  { name: 'portal', who: 'patient', path: '/portal' },
  { name: 'check-in', who: 'patient', path: '/portal/check-in' },
  { name: 'check-ins', who: 'patient', path: '/portal/check-ins' },
  { name: 'calendar', who: 'patient', path: '/portal/calendar' },
  { name: 'own-forms', who: 'patient', path: '/portal/forms' },
  { name: 'own-form', who: 'patient', path: '/portal/forms', first: new RegExp(`^/portal/forms/${id}$`) },
  { name: 'progress', who: 'patient', path: '/portal/progress' },
  { name: 'appointments', who: 'patient', path: '/portal/appointments' },
  { name: 'documents', who: 'patient', path: '/portal/documents' },
  { name: 'document', who: 'patient', path: '/portal/documents/treatment' },
]
