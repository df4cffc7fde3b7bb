// Old address of the definitions; new code reads `dataset/definition.ts` and `dataset/definitions.ts`.
export {
  type Definition,
  FEWEST_FOR_A_CURVE,
  FOLLOW_UP_DAYS,
  POINT_DAY,
  POINT_WINDOW_DAYS,
  STILL_FOLLOWED_DAYS,
} from './dataset/definition.ts'
export {
  abstinenceAtDay90Definition,
  smallCountsDefinition,
  survivalBandDefinition,
  timeToFirstUseDefinition,
} from './dataset/definitions.ts'
