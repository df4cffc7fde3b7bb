import type { Config } from '@react-router/dev/config'

export default {
  ssr: true,
  // scripts/build.ts builds beside the current build and then takes its place.
  buildDirectory: process.env.EVENKEEL_BUILD ?? 'build',
  // The whole route table goes to hydrated pages at once: no second request to discover routes.
  routeDiscovery: { mode: 'initial' },
} satisfies Config
