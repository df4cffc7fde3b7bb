import type { Config } from '@react-router/dev/config'

export default {
  ssr: true,
  // The whole route table goes to hydrated pages at once: no second request to discover routes.
  routeDiscovery: { mode: 'initial' },
} satisfies Config
