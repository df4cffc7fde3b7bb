import { describe, expect, it } from 'vitest'
import { answeredInPlace, NO_ANSWER } from './plain-answer.ts'

function form() {
  const sent = new FormData()
  sent.set('intent', 'acknowledge')
  sent.set('reason', 'turned them')
  sent.set('secondPassword', 'level-water')
  return sent
}
const seeOther = (to: string) =>
  Promise.reject(new Response(null, { status: 302, headers: { Location: to } }))
const words = async (asked: Promise<unknown>) => {
  const said = await answeredInPlace(asked, form())
  return 'answer' in said ? said.answer.errors.form : said
}

describe('a form answered while the page stays', () => {
  it('says by its word what was recorded', async () => {
    expect(await answeredInPlace(seeOther('/work/sessions/1?done=acknowledged'), form())).toEqual({
      intent: 'acknowledge',
      done: 'acknowledged',
    })
  })

  it('gives back what is to be changed as the server said it', async () => {
    const answer = { errors: { to: 'Choose a colleague.' }, values: { to: '' } }
    expect(await answeredInPlace(Promise.resolve(answer), form())).toEqual({ intent: 'acknowledge', answer })
  })

  it('leads nobody away who is signed out or may not, and keeps what was typed but no password', async () => {
    const said = await answeredInPlace(seeOther('/sign-in?next=%2Fwork'), form())
    expect('answer' in said && said.answer.errors.form).toMatch(/^Not recorded: nobody is signed in/)
    expect('answer' in said && said.answer.values).toEqual({ intent: 'acknowledge', reason: 'turned them' })
    expect(await words(Promise.reject(new Response('', { status: 403 })))).toMatch(/^Not recorded/)
    expect(await words(Promise.reject(new Response('', { status: 400 })))).toMatch(/^Not recorded/)
  })

  it('never calls unrecorded what nobody answered', async () => {
    expect(await words(Promise.reject(new TypeError('Failed to fetch')))).toBe(NO_ANSWER)
    expect(await words(Promise.reject(new Response('', { status: 502 })))).toBe(NO_ANSWER)
    expect(await words(Promise.resolve('a page that is no answer'))).toBe(NO_ANSWER)
  })
})
