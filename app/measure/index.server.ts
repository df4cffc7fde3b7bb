export { takeSnapshotsJob } from './clinic/take-snapshot.server.ts'
export { importCohort } from './cohorts/import-cohort.server.ts'
export { refreshOutcomesJob } from './dataset/refresh-outcomes.server.ts'
export { publishRelease, releaseDesk } from './public/publish-release.server.ts'
