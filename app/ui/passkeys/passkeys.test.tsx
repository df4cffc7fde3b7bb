import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { StepUpField } from './step-up-field.tsx'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** Loads the script into a page at this host, as a browser that knows passkeys would. */
async function pageWithScript(hostname: string) {
  const { window, document } = parseHTML('<html><body></body></html>')
  const { HTMLElement, customElements } = window
  const globals = {
    HTMLElement,
    customElements,
    document,
    location: { hostname },
    PublicKeyCredential: () => {},
  }
  for (const [name, value] of Object.entries({ ...globals, window: { isSecureContext: true } }))
    vi.stubGlobal(name, value)
  await import('./passkey-offer-script.ts')
  return { document, known: customElements.get('passkey-offer') !== undefined }
}

describe('the script', () => {
  it.each([
    ['clinic.example', true],
    ['localhost', true],
    ['127.0.0.1', false],
    ['[::1]', false],
  ])('at %s offers passkeys: %s', async (host, offered) => {
    expect((await pageWithScript(host)).known).toBe(offered)
  })

  it('takes an offer whose inside the parser has not read yet', async () => {
    const { document } = await pageWithScript('localhost')
    const offer = document.createElement('passkey-offer')
    expect(() => document.body.append(offer)).not.toThrow()
    expect(() => (offer as unknown as { connectedCallback(): void }).connectedCallback()).not.toThrow()
  })
})

describe('the field', () => {
  const drawn = (second: boolean) => {
    const markup = renderToStaticMarkup(<StepUpField second={second} label="Password" error="Wrong." />)
    const { document } = parseHTML(`<html><body>${markup}</body></html>`)
    const names = [...document.querySelectorAll('input')].map((input) => `${input.type} ${input.name}`)
    return { document, names, purpose: document.querySelector('passkey-offer')?.getAttribute('data-purpose') }
  }

  it('of who is signed in', () => {
    const { names, purpose, document } = drawn(false)
    expect(names).toEqual(['password password', 'hidden passkey'])
    expect(purpose).toBe('sign')
    // The button that asks for a passkey sends nothing by itself.
    expect(document.querySelector('passkey-offer button')?.getAttribute('type')).toBe('button')
    expect(document.querySelector('#password')?.getAttribute('aria-invalid')).toBe('true')
  })

  it('of the second who signs', () => {
    const { names, purpose } = drawn(true)
    expect(names).toEqual(['password secondPassword', 'hidden secondPasskey'])
    expect(purpose).toBe('sign-second')
  })
})
