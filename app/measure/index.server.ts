export { refreshOutcomesJob } from './dataset/refresh-outcomes.server.ts'
export { importCohort } from './cohorts/import-cohort.server.ts'
