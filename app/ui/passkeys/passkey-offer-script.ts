import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { whatIsSigned } from '../../platform/what-is-signed.ts'

/**
 * What makes `<passkey-offer>` work. It is defined only where a passkey can be used, and hidden by the style sheet until it is; so a page
 * without script, in an old browser or at an address of numbers looks as if there were none.
 */
class PasskeyOffer extends HTMLElement {
  // A parser that finds the element defined calls this before it has read what is inside: nothing in it is touched here.
  connectedCallback() {
    this.addEventListener('click', this.#clicked)
    this.form?.addEventListener('input', this.#changed)
  }

  disconnectedCallback() {
    this.removeEventListener('click', this.#clicked)
    this.form?.removeEventListener('input', this.#changed)
  }

  get form() {
    return this.closest('form')
  }
  get button() {
    return this.querySelector('button')!
  }
  get answer() {
    return this.querySelector<HTMLInputElement>('input[type="hidden"]')!
  }

  say(words: string) {
    this.querySelector('[role="status"]')!.textContent = words
  }

  /** What was signed is not what stands here any more: the answer would be refused. */
  #changed = (event: Event) => {
    const { name } = event.target as HTMLInputElement
    if (this.answer.value === '' || /password|^secondEmail$/i.test(name)) return
    this.answer.value = ''
    this.say('The form was changed: use the passkey again.')
  }

  #clicked = async (event: Event) => {
    const { form, button } = this
    if (!button.contains(event.target as Node)) return
    if (!form) return
    button.disabled = true
    this.say('')
    try {
      this.answer.value = JSON.stringify(await this.#ask(form))
      this.#goOn(form)
    } catch (error) {
      this.say(wordsFor(error))
    } finally {
      button.disabled = false
    }
  }

  async #ask(form: HTMLFormElement) {
    const purpose = this.dataset.purpose!
    const email = form.querySelector<HTMLInputElement>('[name="secondEmail"]')
    if (purpose === 'sign-second' && email?.value.trim() === '')
      throw new Said('Enter their e-mail address first.')
    const asked = new FormData()
    asked.set('intent', purpose)
    asked.set('digest', await this.#digest(form))
    // A passkey is made only after the password: it goes along to be checked before the device is asked.
    const password = form.querySelector<HTMLInputElement>('[name="password"]')
    if (purpose === 'register' && password) asked.set('password', password.value)
    const response = await fetch('/passkeys/challenge', { method: 'POST', body: asked, redirect: 'manual' })
    if (response.type === 'opaqueredirect') throw new Said('You are not signed in any more. Reload the page.')
    const answer = await response.json().catch(() => undefined)
    if (!response.ok) throw new Said(answer?.problem ?? 'This did not work. Use the password instead.')
    return purpose === 'register'
      ? startRegistration({ optionsJSON: answer })
      : startAuthentication({ optionsJSON: answer })
  }

  async #digest(form: HTMLFormElement) {
    const path = new URL(form.getAttribute('action') ?? location.href, location.href).pathname
    const text = whatIsSigned(path, new FormData(form, this.#submitter(form)))
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  /** The first button after this one that sends the form. */
  #submitter(form: HTMLFormElement) {
    return [...form.querySelectorAll<HTMLButtonElement>('button[type="submit"]')].find(
      (button) => this.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING,
    )
  }

  /** Sends the form, or waits while somebody else who signs in it has given nothing yet. */
  #goOn(form: HTMLFormElement) {
    const waiting = [...form.querySelectorAll<PasskeyOffer>('passkey-offer')].some(
      (other) =>
        other !== this &&
        other.checkVisibility() &&
        other.answer.value === '' &&
        !other.parentElement?.querySelector<HTMLInputElement>('input[type="password"]')?.value,
    )
    const submitter = this.#submitter(form)
    if (waiting)
      this.say(`The passkey is ready. Fill in the rest, then press “${submitter?.textContent ?? 'Sign'}”.`)
    else form.requestSubmit(submitter)
  }
}

/** A sentence that is shown as it is. */
class Said extends Error {}

function wordsFor(error: unknown): string {
  if (error instanceof Said) return error.message
  if (error instanceof Error && error.name === 'InvalidStateError')
    return 'This device has a passkey here already.'
  return 'No passkey was used. Try again, or use the password.'
}

const numbers = /^[\d.]+$|^\[/
if (window.isSecureContext && browserSupportsWebAuthn() && !numbers.test(location.hostname)) {
  if (!customElements.get('passkey-offer')) customElements.define('passkey-offer', PasskeyOffer)
}
