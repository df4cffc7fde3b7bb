import type { Instrument } from './instrument.ts'
import { ace } from './instruments/ace.ts'
import { alcoholBiomarkers } from './instruments/alcohol-biomarkers.ts'
import { aldrete } from './instruments/aldrete.ts'
import { asrm } from './instruments/asrm.ts'
import { assist } from './instruments/assist.ts'
import { audit } from './instruments/audit.ts'
import { auditC } from './instruments/audit-c.ts'
import { aweS } from './instruments/awe-s.ts'
import { bam } from './instruments/bam.ts'
import { bamR } from './instruments/bam-r.ts'
import { bpicSs } from './instruments/bpic-ss.ts'
import { bprsPlus } from './instruments/bprs-plus.ts'
import { cSsrsScreener } from './instruments/c-ssrs-screener.ts'
import { cadss } from './instruments/cadss.ts'
import { cadss6 } from './instruments/cadss-6.ts'
import { ceq } from './instruments/ceq.ts'
import { cgi } from './instruments/cgi.ts'
import { ciwaAr } from './instruments/ciwa-ar.ts'
import { cows } from './instruments/cows.ts'
import { cravingNrs } from './instruments/craving-nrs.ts'
import { cravingVas } from './instruments/craving-vas.ts'
import { cuditR } from './instruments/cudit-r.ts'
import { dast10 } from './instruments/dast-10.ts'
import { dsm5Sud } from './instruments/dsm5-sud.ts'
import { edi } from './instruments/edi.ts'
import { eq5d5l } from './instruments/eq-5d-5l.ts'
import { ftnd } from './instruments/ftnd.ts'
import { gad7 } from './instruments/gad-7.ts'
import { icsiIcpi } from './instruments/icsi-icpi.ts'
import { igds9Sf } from './instruments/igds9-sf.ts'
import { isi } from './instruments/isi.ts'
import { ketamineSideEffects } from './instruments/ketamine-side-effects.ts'
import { kset } from './instruments/kset.ts'
import { madrs } from './instruments/madrs.ts'
import { mdq } from './instruments/mdq.ts'
import { meq30 } from './instruments/meq30.ts'
import { moaaS } from './instruments/moaa-s.ts'
import { ocds } from './instruments/ocds.ts'
import { ocds5 } from './instruments/ocds-5.ts'
import { ociR } from './instruments/oci-r.ts'
import { pacs } from './instruments/pacs.ts'
import { padss } from './instruments/padss.ts'
import { pcl5 } from './instruments/pcl-5.ts'
import { pgsi } from './instruments/pgsi.ts'
import { phq9 } from './instruments/phq-9.ts'
import { promis29 } from './instruments/promis-29.ts'
import { qLesQSf } from './instruments/q-les-q-sf.ts'
import { qidsSr16 } from './instruments/qids-sr16.ts'
import { rass } from './instruments/rass.ts'
import { readinessRuler } from './instruments/readiness-ruler.ts'
import { sds } from './instruments/sds.ts'
import { socrates8 } from './instruments/socrates-8.ts'
import { swls } from './instruments/swls.ts'
import { tlfb } from './instruments/tlfb.ts'
import { uds } from './instruments/uds.ts'
import { who5 } from './instruments/who-5.ts'
import { whoRdl } from './instruments/who-rdl.ts'
import { yBocs } from './instruments/y-bocs.ts'
import { ymrs } from './instruments/ymrs.ts'

/** In the order of the clinic's list: use, withdrawal and behaviour; mood and mind; life; the dosing day; motivation. */
const INSTRUMENTS: readonly Instrument[] = [
  dsm5Sud,
  audit,
  auditC,
  dast10,
  assist,
  cuditR,
  sds,
  ftnd,
  pacs,
  ocds,
  ocds5,
  cravingNrs,
  cravingVas,
  bam,
  bamR,
  tlfb,
  whoRdl,
  uds,
  alcoholBiomarkers,
  ciwaAr,
  cows,
  pgsi,
  igds9Sf,
  phq9,
  gad7,
  qidsSr16,
  madrs,
  pcl5,
  ociR,
  yBocs,
  mdq,
  asrm,
  ymrs,
  cSsrsScreener,
  who5,
  eq5d5l,
  swls,
  qLesQSf,
  isi,
  ace,
  cadss,
  cadss6,
  moaaS,
  rass,
  aldrete,
  padss,
  ketamineSideEffects,
  kset,
  bprsPlus,
  meq30,
  edi,
  aweS,
  socrates8,
  readinessRuler,
  ceq,
  promis29,
  cgi,
  bpicSs,
  icsiIcpi,
]
const BY_ID: ReadonlyMap<string, Instrument> = new Map(
  INSTRUMENTS.map((instrument) => [instrument.id, instrument]),
)

/** Every instrument we ship, in a fixed order. */
export function listInstruments(): readonly Instrument[] {
  return INSTRUMENTS
}

/** The instrument of that id, or undefined when we do not ship it. */
export function instrumentById(id: string): Instrument | undefined {
  return BY_ID.get(id)
}

/** @throws RangeError when there is no such instrument: ids come from our own code and data, never from a form */
export function requireInstrument(id: string): Instrument {
  const instrument = BY_ID.get(id)
  if (instrument === undefined) throw new RangeError(`no instrument ${id}`)
  return instrument
}
