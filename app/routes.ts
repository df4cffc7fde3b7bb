import { index, layout, type RouteConfig, route } from '@react-router/dev/routes'

/** The address tree: the journey in order, then the rooms across it. */
export default [
  layout('site-room.tsx', [
    index('find/pages/home.tsx'),
    route('/how-treatment-works', 'find/pages/how-treatment-works.tsx'),
    route('/conditions/:id', 'find/pages/condition.tsx'),
    route('/studies', 'find/pages/studies.tsx'),
    route('/studies/:id', 'find/pages/study.tsx'),
    route('/services', 'find/pages/services.tsx'),
    route('/location', 'find/pages/location.tsx'),
    route('/questions', 'find/pages/questions.tsx'),
    route('/search', 'find/pages/search.tsx'),
    route('/help-now', 'find/pages/help-now.tsx'),
    route('/request', 'ask/pages/request-start.tsx'),
    route('/sign-in', 'identity/pages/sign-in.tsx'),
  ]),
  layout('link-room.tsx', { id: 'request-room' }, [
    route('/request/check', 'ask/pages/request-check.tsx'),
    route('/request/safety-help', 'ask/pages/request-safety-help.tsx'),
    route('/request/what-this-means', 'ask/pages/request-what-this-means.tsx'),
    route('/request/later', 'ask/pages/request-later.tsx'),
    route('/request/resume/:token', 'ask/pages/request-resume.tsx'),
    route('/request/state/:token', 'ask/pages/request-state.tsx'),
    route('/request/:step', 'ask/pages/request-step.tsx'),
  ]),
  layout('link-room.tsx', { id: 'check-in-room' }, [
    route('/check-in/:token', 'follow-up/pages/link-check-in.tsx'),
  ]),
  route('/intake/:token/answer', 'assess/pages/save-answer-by-link.ts'),
  layout('link-room.tsx', { id: 'intake-room' }, [
    route('/intake/:token/:screen?', 'assess/pages/intake-by-link.tsx'),
  ]),
  route('/portal/intake/answer', 'assess/pages/save-answer-in-portal.ts'),
  layout('portal-room.tsx', { id: 'portal-intake-room' }, [
    route('/portal/intake/:screen?', 'assess/pages/intake-in-portal.tsx'),
  ]),
  route('/sign-out', 'identity/pages/sign-out.tsx'),
  layout('portal-room.tsx', [
    route('/portal', 'follow-up/pages/portal-today.tsx'),
    route('/portal/check-in', 'follow-up/pages/check-in.tsx'),
    route('/portal/check-ins', 'follow-up/pages/check-ins.tsx'),
  ]),
  route('/work', 'work-start.tsx'),
  layout('work-room.tsx', [
    route('/work/requests', 'ask/pages/requests.tsx'),
    route('/work/requests/:id', 'ask/pages/request.tsx'),
    route('/work/assessments', 'assess/pages/assessments.tsx'),
    route('/work/assessments/:id', 'assess/pages/assessment.tsx'),
    route('/work/concerns', 'assess/pages/concerns.tsx'),
    route('/work/concerns/:id', 'assess/pages/concern.tsx'),
    route('/work/people', 'identity/pages/people.tsx'),
    route('/work/follow-up', 'follow-up/pages/follow-up-list.tsx'),
    route('/work/staff', 'identity/pages/staff.tsx'),
    route('/work/outbox', 'identity/pages/outbox.tsx'),
  ]),
  route('*', 'not-found.tsx'),
] satisfies RouteConfig
