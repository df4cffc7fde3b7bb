import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseLocalDate } from '../../../platform/time.ts'
import { ScanField } from './scan-field.tsx'

const TODAY = parseLocalDate('2026-11-24')
const CODE = ']d201003123456789061727033110B77\u001d21S7'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

const markup = renderToStaticMarkup(
  <form>
    <ScanField today={TODAY} id="receive-scanned" error="Scan again." defaultValue="HELLO" />
    <input name="lotNumber" />
    <input name="expiresOn" />
    <input name="gtin" />
  </form>,
)

/** Stops at a camera that shows `codes`, or refuses. */
function camera({ codes = [] as { rawValue: string; format: string }[], refused = '' }) {
  const stopped: string[] = []
  const stream = { getTracks: () => [{ stop: () => stopped.push('stopped') }] }
  const getUserMedia = () =>
    refused ? Promise.reject(Object.assign(new Error(), { name: refused })) : Promise.resolve(stream)
  class BarcodeDetector {
    static getSupportedFormats = () => Promise.resolve(['data_matrix', 'ean_13'])
    detect = () => Promise.resolve(codes)
  }
  return { stopped, globals: { BarcodeDetector, navigator: { mediaDevices: { getUserMedia } } } }
}

/** The form in a page whose browser has run the script. */
async function page(globals: Record<string, unknown> = { navigator: {} }) {
  const { window, document } = parseHTML('<html><body></body></html>')
  const { HTMLElement, customElements, Event } = window
  Object.assign(window.HTMLInputElement.prototype, { select() {} })
  const own = { HTMLElement, customElements, document, window, Event, ...globals }
  for (const [name, value] of Object.entries(own)) vi.stubGlobal(name, value)
  await import('./scan-field-script.ts')
  document.body.innerHTML = markup
  const host = document.querySelector('scan-field') as HTMLElement
  // What plays no picture here: a browser's video.
  const create = document.createElement.bind(document)
  document.createElement = ((name: string) =>
    Object.assign(
      create(name),
      name === 'video' ? { play: () => Promise.resolve() } : {},
    )) as typeof document.createElement
  const field = (name: string) => document.querySelector(`[name="${name}"]`) as HTMLInputElement
  const input = field('scanned')
  const press = (key: string, more: object = {}) => {
    const event = Object.assign(new Event('keydown', { bubbles: true, cancelable: true }), { key, ...more })
    input.dispatchEvent(event)
    return event.defaultPrevented
  }
  return {
    host,
    field,
    press,
    scan(text: string) {
      input.value = text
      return press('Enter')
    },
    click: (what: string) =>
      document.querySelector(`[data-camera="${what}"]`)!.dispatchEvent(new Event('click', { bubbles: true })),
    said: () => document.querySelector('[role="status"]')!.textContent,
    stops: () => document.querySelector('[role="status"]')!.classList.contains('scan-field-stop'),
  }
}

describe('without script', () => {
  const { document } = parseHTML(`<html><body>${markup}</body></html>`)

  it('is one named field with its words, and nothing in it sends the form', () => {
    const inputs = [...document.querySelectorAll('scan-field input')]
    expect(inputs.map((input) => [input.getAttribute('name'), input.getAttribute('value')])).toEqual([
      ['scanned', 'HELLO'],
    ])
    const described = inputs[0]!.getAttribute('aria-describedby')!.split(' ')
    expect(described.map((id) => document.getElementById(id)?.textContent).at(-1)).toBe('Error: Scan again.')
    for (const button of document.querySelectorAll('scan-field button'))
      expect(button.getAttribute('type')).toBe('button')
    expect(document.querySelector('scan-field')?.getAttribute('class')).toBe('scan-field')
  })
})

describe('a scanner that types', () => {
  it('fills the empty fields at its Enter, and the form is not sent', async () => {
    const { scan, field, said, stops } = await page()
    expect(scan(CODE)).toBe(true)
    expect(['lotNumber', 'expiresOn', 'gtin'].map((name) => field(name).value)).toEqual([
      'B77',
      '2027-03-31',
      '00312345678906',
    ])
    expect(said()).toMatch(/^Read: lot B77, usable through Wed 31 Mar 2027, serial S7/)
    expect(stops()).toBe(false)
    expect(field('scanned').value).toBe(CODE)
  })

  it('says what differs and leaves what somebody typed', async () => {
    const { scan, field, said, stops } = await page()
    field('lotNumber').value = 'A12'
    scan(CODE)
    expect(field('lotNumber').value).toBe('A12')
    expect(said()).toMatch(/^The code says lot B77, but A12 was typed/)
    expect(stops()).toBe(true)
    expect(field('expiresOn').value).toBe('2027-03-31')
  })

  it('may replace what the scan before filled, not what somebody changed since', async () => {
    const { scan, field, stops } = await page()
    scan(CODE)
    scan('(10)A12(17)270430')
    expect([field('lotNumber').value, field('expiresOn').value]).toEqual(['A12', '2027-04-30'])
    field('lotNumber').value = 'A13'
    scan(CODE)
    expect([field('lotNumber').value, stops()]).toEqual(['A13', true])
  })

  it('hears why nothing was read', async () => {
    const { scan, said, stops, field } = await page()
    expect(scan('')).toBe(true)
    expect(said()).toMatch(/^Nothing was scanned/)
    scan(']d20100312345678907')
    expect([said(), stops(), field('gtin').value]).toEqual([
      expect.stringMatching(/does not add up/),
      true,
      '',
    ])
  })

  it('writes the separator that arrives as Control and ]', async () => {
    const { press, field } = await page()
    const written: unknown[] = []
    Object.assign(field('scanned'), { setRangeText: (text: string) => written.push(text) })
    expect(press(']', { ctrlKey: true })).toBe(true)
    expect(press('\u001d')).toBe(true)
    expect(press(']')).toBe(false)
    expect(press('a', { ctrlKey: true })).toBe(false)
    expect(written).toEqual(['\u001d', '\u001d'])
  })

  it('that ends with Tab is read when the field is left, once', async () => {
    const { field, said } = await page()
    const input = field('scanned')
    input.value = '(10)A12'
    input.dispatchEvent(new Event('change', { bubbles: true }))
    expect(field('lotNumber').value).toBe('A12')
    field('lotNumber').value = ''
    input.dispatchEvent(new Event('change', { bubbles: true }))
    expect(field('lotNumber').value).toBe('')
    input.value = ''
    input.dispatchEvent(new Event('change', { bubbles: true }))
    expect(said()).toBe('')
  })
})

describe('the camera', () => {
  const CAN_FILM = 'scan-field-can-film'
  const CANNOT_FILM = 'scan-field-cannot-film'

  it('is offered only where the browser reads DataMatrix codes', async () => {
    const without = await page()
    await vi.waitFor(() => expect([...without.host.classList]).toEqual(['scan-field', CANNOT_FILM]))
    expect(without.host.querySelector('.scan-field-no-film')?.textContent).toContain('cannot read codes')
    vi.unstubAllGlobals()
    vi.resetModules()
    const { host } = await page(camera({}).globals)
    await vi.waitFor(() => expect([...host.classList]).toEqual(['scan-field', CAN_FILM]))
  })

  it.each([
    ['with separators', CODE.slice(3), 'B77', /^Read: lot B77,/],
    ['without', CODE.slice(3).replace('\u001d', ''), 'B7721S7', /check that lot and serial end/],
  ])('reads a DataMatrix %s and is off afterwards', async (_, rawValue, lot, words) => {
    const { stopped, globals } = camera({ codes: [{ rawValue, format: 'data_matrix' }] })
    const { click, field, said, stops, host } = await page(globals)
    click('start')
    await vi.waitFor(() => expect(field('lotNumber').value).toBe(lot))
    expect(said()).toMatch(words)
    expect(stops()).toBe(lot !== 'B77')
    await vi.waitFor(() => expect(host.classList.contains('scan-field-filming')).toBe(false))
    expect(stopped).toEqual(['stopped'])
  })

  it('takes the code that says more when two are in the picture', async () => {
    const codes = [
      { rawValue: '0312345678906', format: 'ean_13' },
      { rawValue: '(10)A12', format: 'data_matrix' },
    ]
    const { click, field } = await page(camera({ codes }).globals)
    click('start')
    await vi.waitFor(() => expect(field('scanned').value).toBe('(10)A12'))
  })

  it.each(['stop', 'leave'])('is off after %s', async (how) => {
    const { stopped, globals } = camera({})
    const { click, host, field } = await page(globals)
    click('start')
    await vi.waitFor(() => expect(host.querySelector('video')).not.toBeNull())
    if (how === 'stop') click('stop')
    else host.remove()
    await vi.waitFor(() => expect(stopped).toEqual(['stopped']))
    await vi.waitFor(() => expect(host.querySelector('video')).toBeNull())
    if (how === 'stop') expect(field('scanned').value).toBe('HELLO')
  })

  it.each([
    ['NotAllowedError', /not allowed here/],
    ['NotFoundError', /no camera/],
    ['NotReadableError', /did not start/],
  ])('says plainly that it cannot be used: %s', async (refused, words) => {
    const { click, said, stops } = await page(camera({ refused }).globals)
    click('start')
    await vi.waitFor(() => expect(said()).toMatch(words))
    expect(stops()).toBe(true)
  })
})
