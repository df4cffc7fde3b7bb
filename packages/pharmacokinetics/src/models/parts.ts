import type { Confidence, Constant } from '../constant.ts'
import { constant } from '../constant.ts'
import type { AbsorbedRoute, AbsorptionPath, Parameter, Variability } from '../model.ts'
import { log } from '../portable-math.ts'

/** A parameter on the logarithmic scale; `weightExponent` 0 where weight does not act. */
export function parameter(
  of: Constant,
  weightExponent = 0,
  spread: Parameter['spread'] = 'log-normal',
): Parameter {
  return { ...of, weightExponent, spread }
}

/** Variance on the logarithmic scale of a coefficient of variation: ln(1 + CV²). */
export function varianceOfCv(cv: number): number {
  return log(1 + cv * cv)
}

/** Standard error on the logarithmic scale that a 95 % interval stands for. */
export function logSdOfInterval(low: number, high: number): number {
  return log(high / low) / (2 * 1.959963984540054)
}

/**
 * Variability of the default model. Kamp 2020's own could not be retrieved; these are set from the neighbouring models
 * (clearance 16–23 %, central volume 24–30 %) and rounded up for people in a clinic. Unpublished.
 */
export const SURROGATE_CV = { CL: 0.25, V1: 0.35, Q2: 0.3, V2: 0.3, Q3: 0.3, V3: 0.3 } as const
export const SURROGATE_SOURCE =
  'surrogate, derived here from neighbouring models (Fanta, Simons, Perez-Ruixo) and rounded up; unpublished'
export const SURROGATE_RESIDUAL = {
  form: 'proportional',
  sd: 0.2,
  status: 'surrogate',
  source: SURROGATE_SOURCE,
} as const

export function surrogateVariability(cvs: Readonly<Record<string, number>>): Variability {
  return {
    variances: Object.fromEntries(Object.entries(cvs).map(([name, cv]) => [name, varianceOfCv(cv)])),
    status: 'surrogate',
    source: SURROGATE_SOURCE,
  }
}

/** Stands with every model of S-ketamine: racemate may be asked of it, and then half of the dose is something else. */
export const RACEMATE_AS_S = 'For racemate the R form is taken to behave as S does, which is unsettled.'

function share(
  value: number,
  source: string,
  confidence: Confidence,
  extra: Partial<Constant> = {},
): Parameter {
  return parameter(constant(value, 'share', { source, confidence, ...extra }))
}

function rate(value: number, note: string): Parameter {
  return parameter(constant(value, '1/min', { source: 'derived here', confidence: 'D', note }))
}

/**
 * Routes of racemate for models that were fitted to intravenous data alone. Shares are published except IM (recalled);
 * rates are ours, chosen so that the venous peak comes when published ones do.
 */
export const RACEMATE_ROUTES = {
  parameters: {
    F_im: share(0.93, 'Clements 1982, J Pharm Sci 71:539', 'R', {
      note: 'recalled, not yet read in the paper',
    }),
    ka_im: rate(0.12, 'puts the venous peak near 22 min'),
    F_sl: share(0.29, '10.1111/bcp.12264', 'P', { interval95: [0.27, 0.31], note: 'interval is 90 %' }),
    ka_sl: rate(0.03, '25 mg gives venous 26.5 ng/mL at 46 min'),
    F_po: share(0.2, 'Yanagihara 2003, 10.1002/bdd.336', 'P', { note: 'others 0.08 to 0.24' }),
    ka_po: rate(0.02, 'absorption, not elimination, sets the tail'),
    F_in: share(0.3, '10.1002/phar.2669; 10.1002/bdd.336', 'D', { note: 'between published 0.11 and 0.45' }),
    ka_in: rate(0.2, 'puts the venous peak at 14 to 23 min'),
  },
  cvs: {
    F_im: 0.1,
    ka_im: 0.5,
    F_sl: 0.3,
    ka_sl: 0.5,
    F_po: 0.4,
    ka_po: 0.65,
    F_in: 0.5,
    ka_in: 0.6,
  },
  routes: {
    im: [{ id: 'im', into: 'central', share: [{ of: 'F_im' }], rate: 'ka_im', swallowed: false }],
    sublingual: [{ id: 'sl', into: 'central', share: [{ of: 'F_sl' }], rate: 'ka_sl', swallowed: false }],
    oral: [{ id: 'po', into: 'central', share: [{ of: 'F_po' }], rate: 'ka_po', swallowed: true }],
    intranasal: [{ id: 'in', into: 'central', share: [{ of: 'F_in' }], rate: 'ka_in', swallowed: false }],
  } satisfies Record<AbsorbedRoute, readonly AbsorptionPath[]>,
} as const

/** Olofsen 2022: dissociation and pressure pain against measured arterial S-ketamine in 17 men. */
export const OLOFSEN_2022 = {
  halfLifeMin: constant(8.3, 'min', {
    source: '10.1097/ALN.0000000000004176',
    confidence: 'P',
    interval95: [5.1, 13.0],
  }),
  endpoint: 'external perception and pressure pain, S-ketamine, healthy men, infusion',
} as const

/** Effect on the analgesia–nociception index under anaesthesia, fitted with Domino's model. */
export const ANI_UNDER_ANAESTHESIA = {
  halfLifeMin: constant(2.9124, 'min', {
    source: '10.21203/rs.3.rs-5027055/v1',
    confidence: 'P',
    interval95: [2.4755, 3.4657],
    note: 'ke0 0.238 per minute (0.20 to 0.28)',
  }),
  endpoint: 'analgesia–nociception index, anaesthetised adults, bolus',
} as const

/** Intervals of these half-lives on the logarithmic scale, as the standard error of an effect-site rate. */
export const OLOFSEN_LOG_SD = logSdOfInterval(5.1, 13.0)
