type Detected = { readonly rawValue: string; readonly format: string }
type Detector = { detect(source: HTMLVideoElement): Promise<readonly Detected[]> }
type DetectorClass = {
  new (options: { formats: readonly string[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

/** Codes on a package, the one that says most first. */
const FORMATS = ['data_matrix', 'code_128', 'qr_code', 'itf', 'ean_13', 'upc_a']
const LOOK_EVERY_MS = 150
/** How often a package is looked at for its DataMatrix after a linear code, which names the product alone, was seen. */
const LOOKS_FOR_MORE = 10

function detectorClass(): DetectorClass | undefined {
  return (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
}

/** Whether this browser reads DataMatrix codes by itself and may ask for a camera here. */
export async function canFilm(): Promise<boolean> {
  if (!detectorClass() || !navigator.mediaDevices?.getUserMedia) return false
  const formats = await detectorClass()!
    .getSupportedFormats()
    .catch((): string[] => [])
  return formats.includes('data_matrix')
}

/**
 * Shows the camera's picture until a code is seen. The camera is off again when this settles, whatever happened.
 *
 * @param video an element on the page, which shows the picture
 * @param signal stops the camera
 * @returns what the code says as the browser gives it (some leave out the separators), or undefined when stopped
 * @throws DOMException of `getUserMedia` when the camera is refused or there is none: see `cameraWords`
 */
export async function filmCode(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment' },
    audio: false,
  })
  try {
    if (signal.aborted) return undefined
    video.srcObject = stream
    video.muted = true
    await video.play()
    const known = await detectorClass()!.getSupportedFormats()
    const detector = new (detectorClass()!)({ formats: FORMATS.filter((format) => known.includes(format)) })
    return await firstCode(detector, video, signal)
  } finally {
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
}

async function firstCode(detector: Detector, video: HTMLVideoElement, signal: AbortSignal) {
  let best: Detected | undefined
  let looksLeft = LOOKS_FOR_MORE
  while (!signal.aborted) {
    // A picture that is not there yet is looked at again.
    const seen = await detector.detect(video).catch((): Detected[] => [])
    for (const code of seen) if (!best || rank(code) < rank(best)) best = code
    if (best && (rank(best) === 0 || looksLeft-- === 0)) return best.rawValue
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  return undefined
}

function rank({ format }: Detected): number {
  const place = FORMATS.indexOf(format)
  return place === -1 ? FORMATS.length : place
}

/** What to say of a camera that did not open. */
export function cameraWords(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError')
    return 'The camera is not allowed here. Allow it in the browser’s settings for this site, or use a scanner, or type what is printed.'
  if (name === 'NotFoundError' || name === 'OverconstrainedError')
    return 'This device has no camera. Use a scanner, or type what is printed.'
  return 'The camera did not start. Another program may be using it. Use a scanner, or type what is printed.'
}
