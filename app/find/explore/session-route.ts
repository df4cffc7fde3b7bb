import { type Dose, kamp2020, type Model, perezRuixo2021 } from '@evenkeel/pharmacokinetics'
import type { SessionRouteId } from './route-ids.ts'

/**
 * Where the blood of a picture is taken: `artery` as the model says it, `vein` where the published model is of venous
 * blood, `vein-estimated` where the arterial model is seen through the delay of the arm (ours, unpublished).
 */
export type Blood = 'artery' | 'vein' | 'vein-estimated'

/** One way of giving: what is given to whom in the picture, and everything that is said of it. Texts are Markdown. */
export type SessionRoute = {
  readonly id: SessionRouteId
  readonly name: string
  /** Drug, dose and time in one line, without a full stop. */
  readonly given: string
  readonly model: Model
  readonly doses: readonly Dose[]
  readonly blood: Blood
  /** How sure the picture is, with its sources. */
  readonly howSure: string
  /** How sure in three or four words, above the text. */
  readonly sureness: string
  /** Vertical marks; each rests on the sentence in `marksFrom`. */
  readonly marks: readonly { readonly minute: number; readonly label: string }[]
  /** Where the marks come from, with their sources. */
  readonly marksFrom: string
  /** The last minute in which drug is given. */
  readonly givenUntilMinute: number
}

/** The person of the pictures. The default model's typical person is 70 kg. */
export const shownPerson = { weightKg: 70, ageYears: 40 } as const

const notForAddiction =
  'It is shown so that you can compare how the ways work. It does not mean that this clinic offers it.'

/** The four ways. Doses are those that were measured in studies, so that each picture has something to be held against. */
export const sessionRoutes: Readonly<Record<SessionRouteId, SessionRoute>> = {
  drip: {
    id: 'drip',
    name: 'Drip into a vein',
    given: 'Ketamine 35 mg as a drip over 40 minutes (0.5 mg for each of 70 kg)',
    model: kamp2020,
    doses: [{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 }],
    blood: 'artery',
    sureness: 'The best known of the four',
    howSure:
      'The most studied way. The line comes from a published model of blood from arteries [[source:kamp-2020-model]]. How fast the body clears ketamine is known well. The height of the peak is not: eight published models give from 125 to 289 for this same drip, most of all because some took blood from an artery and some from a vein. How much people differ was not printed with this model, so the shaded band uses numbers we borrowed from similar studies [[source:own-derivation]].',
    marks: [
      { minute: 40, label: 'drip ends' },
      { minute: 100, label: 'earliest home' },
    ],
    marksFrom:
      'The drip runs 40 minutes, as in the trial our plan for alcohol follows; that trial gave more, 0.8 mg for each kilogram, and then the whole line stands 1.6 times as high [[study:grabski-2022-kare]]. You rest for at least an hour after it. Then you go home when you are steady, clear and fetched, which may be later [[source:clinic-rules]].',
    givenUntilMinute: 40,
  },
  im: {
    id: 'im',
    name: 'Injection into a muscle',
    given: 'Ketamine 35 mg injected into a muscle (0.5 mg for each of 70 kg)',
    model: kamp2020,
    doses: [{ route: 'im', atMin: 0, doseMg: 35 }],
    blood: 'vein-estimated',
    sureness: 'A sketch',
    howSure: `We know of no published model of this in adults. About 93% of the dose is said to reach the blood; we recall that from a paper of 1982 and have not read it again [[source:clements-1982]]. We chose the speed so that the peak comes when that paper saw it [[source:own-derivation]]. Trust the timing more than the height. ${notForAddiction}`,
    marks: [{ minute: 120, label: 'earliest home' }],
    marksFrom:
      'After an injection the clinic’s rule is at least two hours of watching, then home when you are steady, clear and fetched [[source:clinic-rules]].',
    givenUntilMinute: 0,
  },
  spray: {
    id: 'spray',
    name: 'Nasal spray of esketamine',
    given: 'Esketamine 28 mg into the nose, and 28 mg again after five minutes',
    model: perezRuixo2021,
    doses: [
      { route: 'intranasal', atMin: 0, doseMg: 28 },
      { route: 'intranasal', atMin: 5, doseMg: 28 },
    ],
    blood: 'vein',
    sureness: 'A published model, large differences',
    howSure: `Esketamine is one of the two mirror-image halves of ketamine. The line comes from a published model of 820 people, two in three of them with depression [[source:perez-ruixo-2021]]. About half of this spray reaches the blood. Of ordinary ketamine sprayed into the nose studies found 17%, 13% and 11%, the less the more was sprayed [[source:nasal-ketamine]], and 45% in another, in three people [[source:yanagihara-2003]]. The spray is approved for some kinds of depression and never for addiction [[source:esketamine-label]]. ${notForAddiction}`,
    marks: [{ minute: 120, label: 'earliest home' }],
    marksFrom: 'The prescribing rules ask for at least two hours of watching [[source:esketamine-label]].',
    givenUntilMinute: 5,
  },
  lozenge: {
    id: 'lozenge',
    name: 'Lozenge under the tongue',
    given: 'Ketamine 25 mg melting under the tongue',
    model: kamp2020,
    doses: [{ route: 'sublingual', atMin: 0, doseMg: 25 }],
    blood: 'vein-estimated',
    sureness: 'A sketch',
    howSure: `In one study 29% of a 25 mg wafer reached the blood (27% to 31% as its interval), with the peak after 45 minutes [[source:rolan-2014]]; that is why this small dose is drawn. We chose the speed to fit that [[source:own-derivation]]. How much you swallow changes a lot, because most of what is swallowed is broken down on its way. We send no ketamine home [[source:clinic-rules]], and the Food and Drug Administration warned about taking it at home [[source:fda-2023-compounded]]. ${notForAddiction}`,
    marks: [{ minute: 120, label: 'earliest home' }],
    marksFrom:
      'After a lozenge the clinic’s rule is at least two hours of watching, then home when you are steady, clear and fetched [[source:clinic-rules]].',
    givenUntilMinute: 0,
  },
}
