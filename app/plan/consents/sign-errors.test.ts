import { expect, it } from 'vitest'
import { signErrors } from './sign-errors.ts'

it('names the question and the statement that an entry of the list is about', () => {
  const document = {
    questions: [
      { id: 'a', question: 'First?', answers: [] },
      { id: 'b', question: 'Second?', answers: [] },
    ],
    acknowledgements: [{ id: 'c', text: 'I know.' }],
  }
  const errors = {
    'answer-a': 'Choose an answer.',
    'answer-b': 'Choose an answer.',
    'ack-c': 'Tick this.',
    typedName: 'Type your name.',
  }
  expect(signErrors({ errors, values: {} }, document).map((e) => `${e.fieldId}: ${e.message}`)).toEqual([
    'answer-a: Choose an answer. “First?”',
    'answer-b: Choose an answer. “Second?”',
    'ack-c: Tick this. “I know.”',
    'typedName: Type your name.',
  ])
  expect(signErrors(undefined, document)).toEqual([])
})
