import { pdfDocument, pdfDownload } from '../../platform/pdf-document.server.ts'
import { HASH_COVERS } from './consent-document.ts'
import { copyContent } from './copy-pdf.ts'
import { DRAWING_BOX } from './signature-drawing.ts'
import type { SignedCopy } from './signed-copy.server.ts'

/**
 * A signed copy as one file to keep: plain HTML that opens everywhere without network or script and prints as it stands.
 */
function copyFile(copy: SignedCopy): string {
  const { document } = copy
  const facts = (list: readonly { readonly term: string; readonly value: string }[]) =>
    list.length === 0
      ? ''
      : `<dl>${list.map((f) => `<dt>${asHtml(f.term)}</dt><dd>${asHtml(f.value)}</dd>`).join('')}</dl>`
  const list = (points: readonly string[]) =>
    `<ul>${points.map((p) => `<li>${asHtml(p)}</li>`).join('')}</ul>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asHtml(document.title)}, signed copy</title>
<style>
body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 Georgia, serif; }
dt { font-weight: 600; margin-top: .6rem } dd { margin: 0 }
svg { width: 18rem; max-width: 100% } svg path { fill: none; stroke: #000; stroke-width: 3; stroke-linecap: round }
code { overflow-wrap: anywhere; font-size: .8rem }
h2 { break-after: avoid } dl, svg { break-inside: avoid }
</style>
</head>
<body>
<p>${asHtml(copy.clinic)}</p>
<h1>${asHtml(document.title)}</h1>
<p>Version ${asHtml(document.version)}.${document.reviewPending ? ' Draft: have counsel review before use.' : ''}</p>
${copy.withdrawn ? `<p><strong>Taken back ${asHtml(copy.withdrawn.at)}.</strong></p>` : ''}
<p>${asHtml(document.summary)}</p>
${document.sections
  .map(
    (s) =>
      `<h2>${asHtml(s.heading)}</h2>${s.blocks
        .map((b) => (typeof b === 'string' ? `<p>${asHtml(b)}</p>` : list(b)))
        .join('')}`,
  )
  .join('\n')}
<h2>Taking this back</h2>
<p>It needs no reason. This happens at once:</p>
${list(document.withdrawal.stops)}
<p>This stays as it is:</p>
${list(document.withdrawal.leaves)}
${copy.elements.length > 0 ? `<h2>What was allowed</h2>${facts(copy.elements)}` : ''}
<h2>Answers and statements</h2>
${facts(copy.answers)}
${copy.acknowledged.length > 0 ? list(copy.acknowledged) : ''}
<h2>Signature</h2>
${facts([{ term: 'Name', value: copy.typedName }, { term: 'Signed', value: copy.signedAt }, ...copy.helpers])}
${copy.drawing ? `<svg viewBox="0 0 ${DRAWING_BOX.width} ${DRAWING_BOX.height}" role="img" aria-label="Drawn signature"><path d="${asHtml(copy.drawing)}"/></svg>` : ''}
<h2>How to check it</h2>
<p>${asHtml(copy.intactWords)}</p>
<p>Hash of the text: <code>${asHtml(copy.textHash)}</code></p>
<p>Hash of everything signed: <code>${asHtml(copy.signatureHash ?? 'none')}</code></p>
<p>${HASH_COVERS}</p>
<p>Copy made ${asHtml(copy.printed)}. What counts is the record: it may have been taken back since.</p>
</body>
</html>
`
}

function asHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** The copy as PDF, under the same neutral name as the file. */
export async function copyPdf(copy: SignedCopy): Promise<Response> {
  return pdfDownload(downloadName(copy), await pdfDocument(copyContent(copy)))
}

/** Says neither what nor for what: it may lie in a folder that others open. */
const downloadName = (copy: SignedCopy) => `signed-copy-${copy.signatureId.slice(-8)}`

/** The file as a download. */
export function copyDownload(copy: SignedCopy): Response {
  return new Response(copyFile(copy), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Disposition': `attachment; filename="${downloadName(copy)}.html"`,
      'Cache-Control': 'private, no-store',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  })
}
