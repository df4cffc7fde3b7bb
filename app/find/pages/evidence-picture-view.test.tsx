import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { siteContent } from '../content.server.ts'
import { evidencePicture } from '../evidence-picture.ts'
import { pictureView } from '../evidence-picture-words.ts'
import { summarizeEvidence } from '../evidence-summary.ts'
import { chosenStudies } from '../study-rows.ts'
import { EvidencePictureView } from './evidence-picture-view.tsx'

function draw(topic: string) {
  const studies = chosenStudies(siteContent(), { topic })
  const view = pictureView(evidencePicture(studies), summarizeEvidence(studies))
  const html = renderToStaticMarkup(<EvidencePictureView picture={view} />)
  return parseHTML(`<html><body>${html}</body></html>`).document
}

describe('the picture of the evidence', () => {
  it('says in text what it draws: every row has its figures and how to read them', () => {
    const rows = [...draw('depression').querySelectorAll('.picture-rows > li')]
    expect(rows.length).toBeGreaterThan(5)
    for (const row of rows) {
      expect(row.querySelector('.picture-figures')!.textContent).toMatch(/\d \(.*\d to .*\d\) .*interval/)
      expect(row.querySelector('a')!.getAttribute('href')).toMatch(/^\/studies\//)
      expect(row.querySelector('svg')!.getAttribute('aria-hidden')).toBe('true')
    }
  })

  it('draws the dot inside its interval and one line of no difference in the middle', () => {
    for (const strip of draw('depression').querySelectorAll('.picture-strip')) {
      const span = strip.querySelector('line.picture-span')!
      const dot = Number.parseFloat(strip.querySelector('circle')!.getAttribute('cx')!)
      expect(dot).toBeGreaterThan(Number.parseFloat(span.getAttribute('x1')!))
      expect(dot).toBeLessThan(Number.parseFloat(span.getAttribute('x2')!))
      expect([...strip.querySelectorAll('.picture-none')].map((line) => line.getAttribute('x1'))).toEqual([
        '50%',
      ])
    }
  })

  it('hides no trial: what cannot be drawn is named, and what is unverified is said to be left out', () => {
    const ptsd = draw('ptsd')
    expect(ptsd.querySelectorAll('.picture-strip')).toHaveLength(0)
    expect([...ptsd.querySelectorAll('.picture-undrawn a')].map((link) => link.textContent)).toEqual([
      'Abdallah 2022',
      'Feder 2021',
      'Dadabayev 2020',
    ])
    expect(ptsd.body.textContent).toContain('1 study is unverified: kept out of the picture and of the sum')
    expect(ptsd.body.textContent).not.toContain('Feder 2014')
  })

  it('says how many of the counted trials are drawn', () => {
    // Counted for depression are 13; drawn are Jelovac, Lii, Anand, Popova and Daly.
    expect(draw('depression').body.textContent).toContain('Drawn: 5 of the 13 trials that count.')
    expect(draw('cocaine').body.textContent).toContain('Every trial that counts is drawn.')
  })

  it('is empty in words where nothing exists', () => {
    const gaming = draw('gaming')
    expect(gaming.querySelectorAll('svg, li')).toHaveLength(0)
    expect(gaming.body.textContent).toContain('Nothing can be drawn')
  })
})
