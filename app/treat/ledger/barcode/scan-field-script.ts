import { parseLocalDate } from '../../../platform/time.ts'
import { cameraWords, canFilm, filmCode } from './camera-scan.ts'
import { parseScan } from './gs1.ts'
import { againstTyped, SCAN_PARTS } from './scan-form.ts'
import { scanInWords, scanRefusalWords } from './scan-words.ts'

/**
 * What makes `<scan-field>` work: it reads what a scanner types, fills the fields beside it that are empty, says what differs, and films
 * where the browser can. Without it the text is posted as it is and the server does the same by `withScan`.
 */
class ScanField extends HTMLElement {
  /** What an earlier scan put into a field: another scan may replace it as long as nobody changed it. */
  #filled = new Map<string, string>()
  #heard = ''
  #filming: AbortController | undefined

  // A parser that finds the element defined calls this before it has read what is inside: nothing in it is touched here.
  connectedCallback() {
    this.addEventListener('keydown', this.#key)
    this.addEventListener('change', this.#changed)
    this.addEventListener('focusin', this.#focused)
    this.addEventListener('click', this.#clicked)
    document.addEventListener('visibilitychange', this.#leave)
    window.addEventListener('pagehide', this.#stop)
    void canFilm().then((can) => this.classList.add(can ? 'scan-field-can-film' : 'scan-field-cannot-film'))
  }

  disconnectedCallback() {
    this.removeEventListener('keydown', this.#key)
    this.removeEventListener('change', this.#changed)
    this.removeEventListener('focusin', this.#focused)
    this.removeEventListener('click', this.#clicked)
    document.removeEventListener('visibilitychange', this.#leave)
    window.removeEventListener('pagehide', this.#stop)
    this.#stop()
  }

  get input() {
    return this.querySelector('input')!
  }

  say(words: string, stop = false) {
    const line = this.querySelector('[role="status"]')!
    line.textContent = words
    line.classList.toggle('scan-field-stop', stop)
  }

  /** Reads what stands in the field, as the Enter at the end of a scan asks. */
  read() {
    const today = parseLocalDate(this.dataset.today!)
    this.#heard = this.input.value
    const read = parseScan(this.input.value, today)
    if (!read.ok) return this.say(scanRefusalWords(read.reason), true)
    const typed = Object.fromEntries(SCAN_PARTS.map((part) => [part, this.#typed(part)]))
    const { fill, differs } = againstTyped(read.value, typed)
    for (const [part, value] of Object.entries(fill)) this.#fill(part, value)
    const contradictions = Object.values(differs)
    if (contradictions.length > 0) this.say(contradictions.join(' '), true)
    else this.say(scanInWords(read.value, today), read.value.mayRunOn)
  }

  #field(name: string) {
    return this.closest('form')?.querySelector<HTMLInputElement>(`[name="${name}"]`) ?? undefined
  }

  #typed(name: string): string {
    const value = this.#field(name)?.value ?? ''
    return value === this.#filled.get(name) ? '' : value
  }

  #fill(name: string, value: string) {
    const field = this.#field(name)
    if (!field) return
    field.value = value
    this.#filled.set(name, value)
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }))
  }

  #key = (event: KeyboardEvent) => {
    if (event.target !== this.input) return
    const { key } = event
    if (key === 'Enter') {
      // The scanner's own end of line: it must not send the form.
      event.preventDefault()
      this.read()
      this.input.select()
    } else if (key === '\u001d' || (event.ctrlKey && (key === ']' || event.code === 'BracketRight'))) {
      // A scanner types the separator as Control and ], which no browser writes into a field.
      event.preventDefault()
      const { selectionStart, selectionEnd, value } = this.input
      this.input.setRangeText('\u001d', selectionStart ?? value.length, selectionEnd ?? value.length, 'end')
    }
  }

  /** A scanner that ends with Tab, or somebody who typed and went on. */
  #changed = (event: Event) => {
    const { value } = this.input
    if (event.target !== this.input || value === this.#heard) return
    if (value.trim() !== '') return this.read()
    this.#heard = ''
    this.say('')
  }

  /** The next scan replaces the one that stands there. */
  #focused = (event: Event) => {
    if (event.target === this.input) this.input.select()
  }

  #clicked = (event: Event) => {
    const asked = (event.target as Element).closest('[data-camera]')?.getAttribute('data-camera')
    if (asked === 'start') void this.#film()
    else if (asked === 'stop') this.#stop()
  }

  async #film() {
    if (this.#filming) return
    const filming = new AbortController()
    this.#filming = filming
    const video = document.createElement('video')
    video.playsInline = true
    video.setAttribute('aria-label', 'What the camera sees')
    this.querySelector('.scan-field-view')!.prepend(video)
    this.classList.add('scan-field-filming')
    this.say('Hold the square code of the package before the camera.')
    try {
      const text = await filmCode(video, filming.signal)
      if (text === undefined) this.say('')
      else {
        this.input.value = text
        this.read()
      }
    } catch (error) {
      this.say(cameraWords(error), true)
    } finally {
      video.remove()
      this.classList.remove('scan-field-filming')
      this.#filming = undefined
    }
  }

  #leave = () => {
    if (document.visibilityState === 'hidden') this.#stop()
  }

  #stop = () => this.#filming?.abort()
}

if (!customElements.get('scan-field')) customElements.define('scan-field', ScanField)
