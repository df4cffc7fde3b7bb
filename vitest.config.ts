import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: [
            'packages/**/*.test.ts',
            'app/**/*.test.{ts,tsx}',
            'server/**/*.test.ts',
            'bridge/**/*.test.ts',
            'tests/**/*.test.ts',
            'virtual-clinic/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/*.int.test.ts'],
          isolate: false,
          // Only a test that hangs is stopped: how long one takes says how busy the machine is, nothing else.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'integration',
          sequence: { groupOrder: 1 },
          include: [
            'app/**/*.int.test.ts',
            'server/**/*.int.test.ts',
            'tests/**/*.int.test.ts',
            'virtual-clinic/**/*.int.test.ts',
          ],
          globalSetup: ['tests/database/global-setup.ts'],
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'journeys',
          sequence: { groupOrder: 2 },
          include: ['tests/journeys/**/*.spec.ts'],
          globalSetup: ['tests/journeys/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
