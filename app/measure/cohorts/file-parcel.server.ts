import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * What the page takes: reading a file holds the server up for some tenths of a second, and a session may be running. Larger
 * files come by the terminal. The server's limit for this form lies above it (`server/body-limit.ts`).
 */
export const LARGEST_PAGE_FILE_BYTES = 5_000_000

/** A file as it travels with the form between two pages, so that nothing is stored before it is brought in. */
export function packFile(text: string): string {
  return deflateRawSync(Buffer.from(text, 'utf8'), { level: 1 }).toString('base64url')
}

/** @returns the file, or undefined for what this page did not pack or what is larger than it takes */
export function unpackFile(parcel: string): string | undefined {
  try {
    // Three bytes a sign at most: a file that was refused by its length is refused here too.
    return inflateRawSync(Buffer.from(parcel, 'base64url'), {
      maxOutputLength: LARGEST_PAGE_FILE_BYTES * 3,
    }).toString('utf8')
  } catch {
    return undefined
  }
}
