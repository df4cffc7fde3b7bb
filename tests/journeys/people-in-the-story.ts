import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export const PASSWORD = 'level-water-2026'

/** Signs in by the form, as a person would. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** Ticks a radio or box by the words beside it; big choices cover their own input, so the label is what is clicked. */
export async function choose(page: Page, group: string, answer: string | RegExp): Promise<void> {
  const within = page.getByRole('group', { name: group })
  const named = typeof answer === 'string' ? { name: answer, exact: false } : { name: answer }
  const radio = within.getByRole('radio', named).or(within.getByRole('checkbox', named)).first()
  await radio.check({ force: true })
  expect(await radio.isChecked()).toBe(true)
}

/** The words of the page's heading. */
export async function heading(page: Page): Promise<string> {
  return (await page.locator('h1').first().textContent()) ?? ''
}

/** Does something that leads to another page, and waits until that page is there. */
export async function pageAfter(page: Page, act: () => Promise<unknown>): Promise<void> {
  const loaded = page.waitForEvent('load')
  await act()
  await loaded
}

/** Records something at the bedside without leaving the page, and waits until the server has it. */
export async function recorded(page: Page, act: () => Promise<unknown>): Promise<void> {
  const turns = Number(await page.locator('.bedside[data-turns]').getAttribute('data-turns'))
  await act()
  await page.locator(`.bedside[data-turns="${turns + 1}"][data-waiting="0"]`).waitFor()
}

type IntakeAnswers = Readonly<Record<string, string | readonly string[]>>

/**
 * Goes through the intake one screen after the other by what each screen asks, until the overview. What is not
 * among the answers: no to every condition, the lowest value of every item.
 */
export async function answerIntake(
  page: Page,
  answers: IntakeAnswers,
): Promise<{ screens: number; helpShown: boolean }> {
  let screens = 0
  let helpShown = false
  for (; screens < 120; screens++) {
    if (await page.getByRole('button', { name: 'I am finished' }).isVisible()) break
    helpShown ||= await page.getByText('You do not have to be alone with this').isVisible()
    if ((await heading(page)).includes('Thank you for telling us')) {
      await pageAfter(page, () => page.getByRole('link', { name: 'Go on with the questions' }).click())
      continue
    }
    await fillOneScreen(page, answers)
  }
  return { screens, helpShown }
}

/** Answers the questions of this screen and goes on to the next. */
export async function fillOneScreen(page: Page, answers: IntakeAnswers): Promise<void> {
  await page.locator('input[name^="asked:"]').first().waitFor({ state: 'attached' })
  const asked = await page
    .locator('input[name^="asked:"]')
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).name.slice('asked:'.length)))
  expect(asked.length, `no question at ${page.url()}`).toBeGreaterThan(0)
  const next = page.getByRole('button', { name: 'Next question' })
  for (const id of asked) {
    const answer = answers[id]
    const named = page.locator(`[name="${id}"]`)
    // On a phone with script the questions of a screen come one after the other.
    const first = page.locator(`[name="${id}"], [name^="${id}."]`).first()
    while ((await first.evaluate((one) => one.closest('[hidden]') !== null)) && (await next.isVisible())) {
      await next.click()
    }
    const kind = (await named.count()) > 0 ? await named.first().getAttribute('type') : undefined
    if (kind === 'radio') {
      const values = await named.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
      const wanted = typeof answer === 'string' ? answer : values.includes('no') ? 'no' : values[0]!
      await page.locator(`[name="${id}"][value="${wanted}"]`).check({ force: true })
    } else if (kind === 'checkbox') {
      for (const value of Array.isArray(answer) ? answer : ['none']) {
        await page.locator(`[name="${id}"][value="${value}"]`).check({ force: true })
      }
    } else if (id === 'about.height') {
      await page.locator(`[name="${id}.cm"]`).fill('178')
    } else {
      await named.first().fill(typeof answer === 'string' ? answer : 'none')
    }
    const unit = page.locator(`select[name="${id}.unit"]`)
    if ((await unit.count()) > 0) await unit.selectOption('kg')
  }
  while (await next.isVisible()) await next.click()
  await pageAfter(page, () => page.getByRole('button', { name: 'Keep and go on' }).click())
}
