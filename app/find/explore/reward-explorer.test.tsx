import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { sourcesHash } from '../../../scripts/build.ts'
import { rewardChosenFrom } from './reward-chosen.ts'
import { RewardExplorer } from './reward-explorer.tsx'
import { lastTrial, rewardStages, rewardStory } from './reward-learning.ts'
import { startRewardExplorer } from './reward-script.ts'
import { stageWords, trialInWords } from './reward-words.ts'

function draw(query: string) {
  const page = renderToStaticMarkup(<RewardExplorer chosen={rewardChosenFrom(new URLSearchParams(query))} />)
  return parseHTML(`<html><body>${page}</body></html>`)
}

const said = (page: Document, what: string) => page.querySelector(`[data-say=${what}]`)?.textContent ?? ''
const drawn = (page: Document) => ({
  now: page.querySelector('.reward-now')!.getAttribute('x'),
  later: page.querySelectorAll('.reward-drawing .reward-later').length,
  current: page.querySelector('[aria-current]')!.getAttribute('data-stage'),
})

describe('words', () => {
  it('say the first, the hardest and the last time', () => {
    expect(trialInWords(rewardStory[0]!)).toEqual({
      when: 'Learn: the cue, then the drug (1 of 12)',
      pull: 'At the cue there is no pull.',
      outcome: 'The drug comes. That is 100 better than expected.',
      spoken: 'Time 1, learn: pull 0. The drug comes, 100 better than expected',
    })
    expect(trialInWords(rewardStory[12]!).outcome).toBe('No drug comes. That is 97 worse than expected.')
    expect(trialInWords(rewardStory.at(-1)!).when).toBe('Come back: the cue, and no drug (10 of 10)')
  })

  it('never say −0, NaN or a percent', () => {
    for (const trial of rewardStory)
      expect(Object.values(trialInWords(trial)).join(' ')).not.toMatch(/-0|−0|NaN|undefined|%/)
  })
})

describe('without script', () => {
  it.each(rewardStages)('the part “%s” is a link that shows its last time', (stage) => {
    const { document } = draw(`stage=${stage}`)
    expect(document.querySelector(`[data-stage=${stage}]`)!.getAttribute('href')).toBe(
      `/how-craving-is-learned?stage=${stage}`,
    )
    expect(drawn(document).current).toBe(stage)
    expect(said(document, 'stage')).toBe(stageWords[stage].text)
    expect(document.querySelector('svg.reward-drawing')!.getAttribute('aria-label')).toMatch(/rises .* fades/)
    expect(document.body.textContent).not.toMatch(/NaN|undefined/)
  })

  it('draws up to the chosen time and the rest faintly', () => {
    expect(drawn(draw('trial=14').document)).toEqual({ now: '130', later: lastTrial - 14, current: 'fade' })
  })

  it('says what it did not understand and shows something all the same', () => {
    const { document } = draw('stage=banana&trial=soon')
    expect(document.body.textContent).toContain('There is no such part')
    expect(document.querySelector('.field-error')!.textContent).toContain(`from 1 to ${lastTrial}`)
    expect(document.querySelector('input[name=trial]')!.getAttribute('value')).toBe('soon')
    expect(drawn(document).current).toBe('learn')
  })

  it.each(['0', '37', '-1', '1.5', '1e9', '９'])('does not take “%s” for a time', (typed) => {
    expect(rewardChosenFrom(new URLSearchParams({ trial: typed })).typedTrial).toBe(typed)
  })

  it('has no inline style or script, and says what it is not', () => {
    const { document } = draw('')
    expect(document.querySelectorAll('[style], script')).toHaveLength(0)
    expect(document.body.textContent).toContain('Not a measurement, not about you, and not about ketamine')
  })
})

describe('with script', () => {
  function start(query: string) {
    const { document, window } = draw(query)
    const addresses: string[] = []
    startRewardExplorer(document, (href) => addresses.push(href))
    const field = document.querySelector('input[name=trial]') as unknown as HTMLInputElement
    const slide = (trial: number) => {
      field.value = String(trial)
      for (const kind of ['input', 'change']) field.dispatchEvent(new window.Event(kind))
    }
    const click = (stage: string) =>
      document
        .querySelector(`[data-stage=${stage}]`)!
        .dispatchEvent(new window.Event('click', { bubbles: true, cancelable: true }))
    return { document, addresses, field, slide, click }
  }

  it('shows at every time what the server would draw and say', () => {
    const { document, field, slide } = start('')
    for (let trial = 1; trial <= lastTrial; trial++) {
      slide(trial)
      const server = draw(`trial=${trial}`).document
      expect(drawn(document)).toEqual(drawn(server))
      for (const what of ['when', 'pull', 'outcome', 'stage'])
        expect(said(document, what)).toBe(said(server, what))
      expect(field.getAttribute('aria-valuetext')).toBe(trialInWords(rewardStory[trial - 1]!).spoken)
    }
  })

  it('a part changes in place, is said, and stands in the address', () => {
    const { document, click, field, addresses } = start('stage=learn')
    click('crave')
    expect(field.value).toBe('13')
    expect(drawn(document).current).toBe('crave')
    expect(said(document, 'changed')).toMatch(/^Crave\. Time 13, crave: pull 97/)
    expect(addresses).toEqual(['?trial=13'])
  })

  it('leaves nonsense behind, and does nothing on another page', () => {
    expect(start('trial=soon').field.value).toBe('12')
    const { document } = parseHTML('<html><body><form></form></body></html>')
    expect(() => startRewardExplorer(document, () => {})).not.toThrow()
  })
})

describe('what a phone must load', () => {
  it('the script reaches the model and the words alone', () => {
    const reached = new Set<string>()
    const walk = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      for (const [, from] of readFileSync(file, 'utf8').matchAll(/^import [^'\n]*'([^']+)'/gm))
        walk(join(dirname(file), from!))
    }
    walk(join(import.meta.dirname, 'reward-script.ts'))
    expect([...reached].map((file) => relative(import.meta.dirname, file)).sort()).toEqual([
      'reward-chosen.ts',
      'reward-learning.ts',
      'reward-place.ts',
      'reward-script.ts',
      'reward-words.ts',
    ])
  })

  const root = join(import.meta.dirname, '../../..')
  const stamp = join(root, 'build/.sources')
  const built = existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash()
  const title = built ? '' : ' (skipped: the build is not of these sources; `npm test` builds first)'
  it.skipIf(!built)(`is one file of less than 3 kB${title}`, () => {
    const files = globSync('reward-script-*.js', { cwd: join(root, 'build/client/assets') })
    expect(files).toHaveLength(1)
    expect(gzipSync(readFileSync(join(root, 'build/client/assets', files[0]!))).length).toBeLessThan(3_000)
  })

  it('the figure is less than 6 kB on the wire', () => {
    const markup = renderToStaticMarkup(<RewardExplorer chosen={rewardChosenFrom(new URLSearchParams())} />)
    expect(gzipSync(markup).length).toBeLessThan(6_000)
  })
})
