export { importCohort } from './import-cohort.server.ts'
