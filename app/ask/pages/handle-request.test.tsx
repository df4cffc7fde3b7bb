import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { HandleRequest } from './handle-request.tsx'

const data = {
  id: 'id',
  key: 'key',
  offer: 'none',
  colleagues: [],
  known: [],
  texts: [],
  text: undefined,
  decided: false,
  setAside: false,
  personId: undefined,
  mine: true,
  owner: 'Ada Moss',
  mayHandle: true,
  email: 'robin@example.org',
  forOther: false,
  name: 'Robin',
  person: { displayName: 'Robin', contact: {} },
  elsewhereProposal: 'Your own doctor.',
} as const
const html = (change: Partial<typeof data | { decided: boolean }>, intent: string, values: object) =>
  renderToStaticMarkup(
    <HandleRequest
      data={{ ...data, ...change }}
      problem={{ errors: { form: 'Ben accepted this request.' }, values: { intent, ...values } }}
    />,
  )

it.each([
  ['note', { words: 'Spoke for ten minutes.' }, 'Spoke for ten minutes.'],
  ['mail', { mailWords: 'When may we call?' }, 'When may we call?'],
  ['hand-over', { note: 'Speaks Spanish.' }, 'Speaks Spanish.'],
  ['decline', { elsewhere: 'A detox unit first.' }, 'A detox unit first.'],
])(
  'what was written as a %s is still there, whether a colleague decided meanwhile or not',
  (intent, values, words) => {
    expect(html({ decided: true }, intent, values)).toContain(words)
    const colleagues = [{ value: 'ben', label: 'Ben' }]
    expect(html({ decided: false, colleagues } as object, intent, values)).toContain(words)
  },
)

it('what was typed is shown as text, whatever it holds', () => {
  expect(html({}, 'note', { words: '</textarea><script>alert(1)</script>' })).not.toContain('<script>')
})
