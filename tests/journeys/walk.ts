import type { Page } from 'playwright-core'
import type { PageToSee } from './every-page.ts'
import { signIn } from './people-in-the-story.ts'

/** Brings a browser page to the page wanted; signed in before, and with a request begun where one is needed. */
export async function goTo(page: Page, wanted: PageToSee): Promise<void> {
  await page.goto(wanted.path)
  if (!wanted.first) return
  await page.goto((await firstLink(page, wanted.first)) + (wanted.open ?? ''))
  if (wanted.onward) await page.goto(await firstLink(page, wanted.onward))
}

async function firstLink(page: Page, like: RegExp): Promise<string> {
  const paths = await page
    .locator('main a[href]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  const found = paths.map((path) => path.split('?')[0]!).find((path) => like.test(path))
  if (!found) throw new Error(`no link like ${like} on ${page.url()}`)
  return found
}

/** What must have happened before somebody can see their pages. */
export async function arrive(page: Page, who: PageToSee['who']): Promise<void> {
  if (who === 'visitor') {
    await page.goto('/request')
    await page.getByRole('button', { name: /Begin|Start/ }).click()
    await page.waitForURL('**/request/who')
    return
  }
  await signIn(page, `${who}@example.org`)
}
