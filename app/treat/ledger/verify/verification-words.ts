import type { Damage, DamageKind, Evidence, StillSure } from './chain-verifier.server.ts'
import type { Finding } from './figures-check.ts'
import type { CheckpointsSeen, LedgerVerification } from './verify-ledger.server.ts'

const KIND_WORDS: Readonly<Record<DamageKind, string>> = {
  changed: 'changed',
  removed: 'removed',
  reordered: 'reordered',
  inserted: 'inserted',
  'cut-at-the-end': 'cut at the end',
  rewritten: 'rewritten',
}

/** Whether anything is wrong: what the command's exit code says. */
export function isDamaged({ chain, figures, checkpoints, inventories }: LedgerVerification): boolean {
  return (
    chain.damage !== undefined ||
    figures.found > 0 ||
    checkpointsDamaged(checkpoints) ||
    nothingHolds(checkpoints) ||
    inventories.altered.length > 0
  )
}

function checkpointsDamaged({ onlyInFile, forged }: CheckpointsSeen): boolean {
  return onlyInFile > 0 || forged > 0
}

/** Checkpoints exist and not one of them can be checked: the file or the key is gone, or their names were changed. */
function nothingHolds({ inDatabase, inFile, ofUnknownKeys, unreadableLines }: CheckpointsSeen): boolean {
  return inDatabase === 0 && inFile === 0 && ofUnknownKeys + unreadableLines > 0
}

/**
 * What was found, in plain words. The first line fits a phone.
 *
 * @param name the clinic's, as it stands in addresses
 */
export function verificationWords(name: string, verification: LedgerVerification): string[] {
  const { chain, figures, checkpoints, inventories } = verification
  const { damage, rows } = chain
  const lines = [`${name}: ${verdict(verification)}`]
  if (damage) {
    lines.push(whatShows(damage), ...stillSure(chain.sure, damage))
    lines.push(`${count(rows, 'row')} read.`)
  } else if (rows > 0) {
    lines.push(provenWords(chain.sure, rows))
  }
  lines.push(...figures.findings.map(findingWords))
  const more = figures.found - figures.findings.length
  if (more > 0) lines.push(`And ${count(more, 'more figure')} that cannot be right.`)
  lines.push(...checkpointWords(checkpoints))
  lines.push(
    ...inventories.altered.map(
      (id) => `The inventory ${id} no longer says what was signed: its text does not give its digest.`,
    ),
  )
  return lines.map((line, i) => (i === 0 ? line : `  ${line}`))
}

function verdict(verification: LedgerVerification): string {
  const {
    chain: { damage, rows },
    figures,
    checkpoints,
    inventories,
  } = verification
  if (damage) {
    const kind = KIND_WORDS[damage.kind]
    return damage.kind === 'rewritten'
      ? `DAMAGED in rows ${damage.earliest} to ${damage.seq}, ${kind}`
      : `DAMAGED at row ${damage.seq}, ${kind}`
  }
  if (figures.found > 0) return `chain whole, FIGURES WRONG: ${figures.found}`
  if (checkpointsDamaged(checkpoints)) return `${count(rows, 'row')} whole, CHECKPOINTS NOT`
  if (nothingHolds(checkpoints)) {
    return `${count(rows, 'row')} fit together, CHECKPOINTS NOT TO BE CHECKED`
  }
  if (inventories.altered.length > 0) return `${count(rows, 'row')} whole, INVENTORIES NOT`
  return rows === 0 ? 'nothing written yet' : `whole, ${count(rows, 'row')}`
}

function whatShows(damage: Damage): string {
  const { seq, row, rows = 0, standsAt } = damage
  const missing = rows > 1 ? `Rows ${seq} to ${seq + rows - 1} are missing` : `Row ${seq} is missing`
  const behind = rows > 1 ? `Rows ${seq} to ${seq + rows - 1} were` : `Row ${seq} was`
  const said = row ? ` What stands there calls itself ${row.id}, written ${row.recordedAt}.` : ''
  const words: Readonly<Record<Evidence, string>> = {
    'fields-do-not-give-the-hash': `Row ${seq} no longer says what it said when it was written: its fields do not give its hash.${said}`,
    'link-was-changed': `Row ${seq} no longer follows from row ${seq - 1}: the hash it remembers was changed.${said}`,
    'number-was-changed': `Row ${seq} was given the number ${standsAt}.${said}`,
    'next-row-remembers-another-hash': `Row ${seq} was changed and its hash calculated again: row ${seq + 1} remembers another one.`,
    'stored-end-has-another-hash': `Row ${seq} was changed and its hash calculated again: the stored end of the ledger has another one.`,
    'checkpoint-has-another-hash': `A row was changed, removed, moved or put in and every hash after it calculated again: row ${seq} is not the one that was signed.`,
    'numbers-are-missing': `${missing}: the numbers go on behind the gap.`,
    'later-rows-were-renumbered':
      damage.kind === 'inserted'
        ? `${behind} put in: the rows after give their hashes under lower numbers.`
        : `${missing}: the rows after were given lower numbers than they were written with.`,
    'stands-elsewhere': `The row that was written as ${seq} stands at ${standsAt} now.`,
    'number-stands-twice': `The number ${seq} stands twice.${said}`,
    'rows-behind-the-stored-end': `${behind} put behind the stored end of the ledger.`,
    'stored-end-is-further': `${missing}: the stored end of the ledger is row ${seq + rows - 1}.`,
    'checkpoint-is-further': `${missing}: row ${seq + rows - 1} was signed by a checkpoint. The stored end of the ledger was put back.`,
    'stored-end-was-changed': `The rows are as they were signed; the stored end of the ledger (row ${seq}) was changed.`,
  }
  return words[damage.evidence]
}

function stillSure({ provenTo, provenAt, fitsTo, after }: StillSure, damage: Damage): string[] {
  const lines: string[] = []
  lines.push(
    provenTo > 0
      ? `Still sure: rows 1 to ${provenTo} are as they were written (checkpoint signed ${provenAt}).`
      : 'No checkpoint lies before the damage.',
  )
  if (damage.kind !== 'rewritten' && fitsTo > provenTo) {
    const open = damage.earliest < damage.seq ? '; the change may have begun there' : ''
    lines.push(`Rows ${provenTo + 1} to ${fitsTo} fit together, but no checkpoint holds them${open}.`)
  }
  if (damage.kind === 'rewritten') lines.push(`From row ${damage.earliest} on nothing is sure.`)
  else if (after) {
    const shifted =
      after.shift === 0
        ? ''
        : `, written under numbers ${Math.abs(after.shift)} ${after.shift > 0 ? 'higher' : 'lower'}`
    lines.push(
      after.provenTo > 0
        ? `Rows ${after.from} to ${after.provenTo} are as they were written${shifted}: a later checkpoint holds.`
        : `Rows ${after.from} to ${after.to} fit together again${shifted}, but no later checkpoint holds them.`,
    )
    if (after.provenTo > 0 && after.to > after.provenTo) {
      lines.push(`Rows ${after.provenTo + 1} to ${after.to} follow from them.`)
    }
  } else if (damage.kind !== 'cut-at-the-end') lines.push(`From row ${damage.seq} on nothing is sure.`)
  return lines
}

function provenWords({ provenTo, provenAt }: StillSure, rows: number): string {
  if (provenTo === 0) {
    return 'No checkpoint holds them: who owns the database could have written them all anew.'
  }
  const signed = `Rows 1 to ${provenTo} are as they were written (checkpoint signed ${provenAt}).`
  return provenTo < rows ? `${signed} Those after it fit together.` : signed
}

function findingWords(finding: Finding): string {
  switch (finding.kind) {
    case 'lot-differs':
      return `Lot ${finding.lotNumber} (${finding.lotId}) no longer says what row ${finding.seq} received: ${finding.fields.join(', ')}.`
    case 'mass-is-wrong':
      return `Row ${finding.seq} says ${finding.micrograms} micrograms; by the lot's strength it is ${finding.shouldBe}.`
    case 'below-zero':
      return `Row ${finding.seq} takes more from the ${finding.place} than stands there: ${(finding.hundredths / 100).toFixed(2)} is left.`
  }
}

function checkpointWords(seen: CheckpointsSeen): string[] {
  const lines: string[] = []
  if (nothingHolds(seen)) {
    lines.push(
      'Nothing that can be checked holds the end: there are checkpoints, but their key or the file is gone, or the names of their keys were changed. Look for a copy of the file (--file).',
    )
  }
  if (seen.onlyInFile > 0) {
    lines.push(
      `${count(seen.onlyInFile, 'signed checkpoint')} of the file not in the database: taken out there, or the database is an older copy.`,
    )
  }
  if (seen.forged > 0)
    lines.push(`${count(seen.forged, 'checkpoint')} in the database with a wrong signature.`)
  if (seen.ofUnknownKeys > 0) {
    lines.push(
      `${count(seen.ofUnknownKeys, 'checkpoint')} in the database by a key that is not known here: not counted.`,
    )
  }
  if (seen.unreadableLines > 0) {
    lines.push(
      `${count(seen.unreadableLines, 'line')} of the file not readable as a checkpoint of this clinic.`,
    )
  }
  lines.push(`Checkpoints: ${seen.inDatabase} in the database, ${seen.inFile} in files.`)
  return lines
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
