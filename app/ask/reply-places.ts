/** Places that a text of the clinic may hold, and what fills them. */
export const PLACES = [
  { id: 'name', words: 'the name or nickname they gave' },
  { id: 'reference', words: 'the reference of the request' },
  { id: 'phone', words: 'our telephone number' },
  { id: 'times', words: 'the times that suit them, as they said' },
  { id: 'me', words: 'your name' },
] as const
export type PlaceId = (typeof PLACES)[number]['id']
