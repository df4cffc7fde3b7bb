// npm run lighthouse [-- --url http://127.0.0.1:3000] [/path …]: asks Lighthouse about ten public pages as a phone on slow
// 4G sees them, prints scores, largest paint and bytes, and ends with 1 when a page is below what we promise.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import lighthouse, { type Result } from 'lighthouse'
import { startDebuggedBrowser } from '../tests/journeys/chromium.ts'
import { type ClinicProcess, startClinic } from '../tests/journeys/clinic-process.ts'
import { buildIfChanged } from './build.ts'

const PAGES = [
  '/',
  '/how-treatment-works',
  '/inside-a-session',
  '/conditions/alcohol',
  '/studies',
  '/studies/grabski-2022-kare',
  '/questions',
  '/glossary',
  '/request',
  '/help-now',
]
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const
const LEAST_SCORE = 100
/** Page, style sheets, pictures and scripts together, as sent. */
const MOST_KB = 40
const SLOWEST_PAINT_MS = 1000

const { values, positionals } = parseArgs({
  options: { url: { type: 'string' } },
  allowPositionals: true,
})
const paths = positionals.length > 0 ? positionals : PAGES
let failed = 0
const clinic = values.url === undefined ? await ownClinic() : undefined
const origin = (values.url ?? clinic!.process.url).replace(/\/$/, '')
const browser = await startDebuggedBrowser()
try {
  console.log('perf  a11y  best   seo  paint ms     KB  page')
  for (const path of paths) {
    const run = await lighthouse(`${origin}${path}`, {
      port: browser.port,
      logLevel: 'error',
      output: 'json',
      onlyCategories: [...CATEGORIES],
    })
    if (!run) throw new Error(`Lighthouse said nothing about ${path}`)
    const scores = CATEGORIES.map((id) => Math.round((run.lhr.categories[id]?.score ?? 0) * 100))
    const paintMs = run.lhr.audits['largest-contentful-paint']?.numericValue ?? Number.NaN
    const kb = (run.lhr.audits['total-byte-weight']?.numericValue ?? Number.NaN) / 1024
    console.log(
      `${scores.map((score) => String(score).padStart(4)).join('  ')}  ${paintMs.toFixed(0).padStart(8)}  ${kb.toFixed(1).padStart(5)}  ${path}`,
    )
    const wrong = [
      ...complaints(run.lhr),
      // A figure that is missing is not a good figure.
      ...(kb <= MOST_KB ? [] : [`${kb.toFixed(1)} KB are sent, more than ${MOST_KB}`, ...heaviest(run.lhr)]),
      ...(paintMs <= SLOWEST_PAINT_MS
        ? []
        : [`the largest paint comes after ${paintMs.toFixed(0)} ms, later than ${SLOWEST_PAINT_MS}`]),
    ]
    for (const line of wrong) console.log(`      ${line}`)
    if (wrong.length > 0 || scores.some((score) => score < LEAST_SCORE)) failed += 1
  }
} finally {
  await browser.close()
  await clinic?.process.stop()
  if (clinic) rmSync(clinic.folder, { recursive: true, force: true })
}
console.log(
  `${paths.length - failed} of ${paths.length} pages are as promised: ${LEAST_SCORE} four times, at most ${MOST_KB} KB, painted within ${SLOWEST_PAINT_MS} ms`,
)
process.exit(failed > 0 ? 1 : 0)

/** Every audit that costs a category its full score, with where it was found. */
function complaints(result: Result): string[] {
  return CATEGORIES.flatMap((id) => {
    const category = result.categories[id]
    if (!category) return [`${id}: not measured`]
    if (category.score !== null && Math.round(category.score * 100) >= LEAST_SCORE) return []
    return category.auditRefs.flatMap(({ id: name, weight }) => {
      const audit = result.audits[name]!
      if (weight === 0 || audit.score === null || audit.score >= 1) return []
      return [`${id}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ''}${where(audit)}`]
    })
  })
}

function where({ details }: Result['audits'][string]): string {
  if (details?.type !== 'table') return ''
  const places = details.items.slice(0, 3).map((item) => {
    const node = item.node as { selector?: string } | undefined
    return node?.selector ?? JSON.stringify(item).slice(0, 200)
  })
  return places.length > 0 ? ` at ${places.join(', ')}` : ''
}

function heaviest(result: Result): string[] {
  const { details } = result.audits['total-byte-weight']!
  if (details?.type !== 'table') return []
  return details.items
    .slice(0, 4)
    .map(({ url, totalBytes }) => `${(Number(totalBytes) / 1024).toFixed(1)} KB: ${String(url)}`)
}

/** A demonstration clinic in a folder of its own. Its port is chosen before, because pages name their own address. */
async function ownClinic(): Promise<{ readonly process: ClinicProcess; readonly folder: string }> {
  await buildIfChanged()
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-lighthouse-'))
  chmodSync(folder, 0o755)
  return { folder, process: await startClinic(folder, { PORT: String(await freePort()) }) }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}
