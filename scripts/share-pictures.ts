// Makes the pictures that stand beside shared links, one a public page, into the folder given. What is there already stays:
// a picture's name carries a digest of its drawing. Pictures of pages that are gone are taken away.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { siteContent } from '../app/find/content.server.ts'
import { publicPages } from '../app/find/meta/public-pages.ts'
import { cardFile } from '../app/find/meta/share-card.server.ts'
import { CARD_FONT, shareCard } from '../app/find/meta/share-card.ts'
import { introducePublicPages } from '../app/wiring.server.ts'

const folder = process.argv[2]
if (!folder) throw new Error('share-pictures.ts needs the folder to write to')
// The wiring brings what other slices show to strangers; without it their pages would have no picture.
introducePublicPages()
mkdirSync(folder, { recursive: true })
introducePublicPages()
const there = new Set(readdirSync(folder))
const wanted = new Map(publicPages(siteContent()).map((page) => [cardFile(page), page]))
for (const name of there) if (!wanted.has(name)) rmSync(join(folder, name))
const missing = [...wanted].filter(([name]) => !there.has(name))
if (missing.length > 0) {
  const { resolve } = createRequire(import.meta.url)
  await initWasm(readFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm')))
  const font = readFileSync(resolve('dejavu-fonts-ttf/ttf/DejaVuSerif.ttf'))
  for (const [name, page] of missing) {
    const drawing = new Resvg(shareCard(page), {
      font: { fontBuffers: [font], defaultFontFamily: CARD_FONT },
    })
    const picture = drawing.render()
    // Whole or not at all: a build that is interrupted leaves no half picture under a name that looks done.
    const half = join(folder, `${name}.half-${process.pid}`)
    writeFileSync(half, picture.asPng())
    renameSync(half, join(folder, name))
    picture.free()
    drawing.free()
  }
}
