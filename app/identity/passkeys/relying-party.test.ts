import { expect, it } from 'vitest'
import { relyingParty } from './relying-party.ts'

it.each([
  [
    'the public address leads',
    'https://clinic.example/',
    'http://10.0.0.1/sign-in',
    'clinic.example',
    'https://clinic.example',
  ],
  [
    'with its port',
    'https://clinic.example:8443',
    'http://x/',
    'clinic.example',
    'https://clinic.example:8443',
  ],
  ['this machine by name', undefined, 'http://localhost:3000/work', 'localhost', 'http://localhost:3000'],
])('%s', (_case, publicUrl, url, id, origin) => {
  expect(relyingParty(publicUrl, url)).toEqual({ id, origin })
})

it.each([
  ['an address of numbers', undefined, 'http://127.0.0.1:3000/'],
  ['the same with https', 'https://192.0.2.7', 'http://localhost/'],
  ['version 6', 'https://[::1]', 'http://localhost/'],
  ['a name without https', undefined, 'http://clinic.example/'],
  ['a public address without https', 'http://clinic.example', 'http://localhost/'],
  ['a name that only ends like this machine', undefined, 'http://evil.localhost.example/'],
])('none at %s', (_case, publicUrl, url) => {
  expect(relyingParty(publicUrl, url)).toBeUndefined()
})
