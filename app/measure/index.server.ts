export { refreshOutcomesJob } from './dataset/refresh-outcomes.server.ts'
export { importCohort } from './import-cohort.server.ts'
