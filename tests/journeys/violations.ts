import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const axe = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')

type Violation = { id: string; impact: string; nodes: { target: string[] }[] }

/** What axe finds on the page as it is now. The page's own policy stays as it is. */
export async function violationsOn(page: Page): Promise<{ id: string; impact: string; at: string[] }[]> {
  return page.evaluate(async (source) => {
    // biome-ignore lint/security/noGlobalEval: axe-core is evaluated in the page under test only
    if (!('axe' in window)) globalThis.eval(source)
    const { violations } = await (
      window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    ).axe.run()
    return violations.map((v) => ({
      id: v.id,
      impact: v.impact,
      at: v.nodes.slice(0, 3).map((n) => n.target.join(' ')),
    }))
  }, axe)
}
