import { layout, type RouteConfig, route } from '@react-router/dev/routes'

/** The address tree: the journey in order, then the rooms across it. */
export default [
  layout('site-room.tsx', [route('/sign-in', 'identity/pages/sign-in.tsx')]),
  route('/sign-out', 'identity/pages/sign-out.tsx'),
  route('/work', 'work-start.tsx'),
  layout('work-room.tsx', [
    route('/work/people', 'identity/pages/people.tsx'),
    route('/work/staff', 'identity/pages/staff.tsx'),
    route('/work/outbox', 'identity/pages/outbox.tsx'),
  ]),
  route('*', 'not-found.tsx'),
] satisfies RouteConfig
