import { endOfStage } from './reward-chosen.ts'
import { lastTrial, type RewardStage, rewardStory } from './reward-learning.ts'
import { trialLeft } from './reward-place.ts'
import { stageWords, trialInWords } from './reward-words.ts'

/**
 * The whole script of the page: the number becomes a slider through the trials, the parts change in place, and drawing, words
 * and address follow at once. The model is the same pure code as on the server. Nothing moves by itself.
 *
 * @param replaceAddress told the new query alone, so that the path stays as it is being read
 */
export function startRewardExplorer(page: Document, replaceAddress: (href: string) => void): void {
  const root = page.querySelector('[data-reward]')
  const form = root?.querySelector('form')
  const field = root?.querySelector<HTMLInputElement>('input[name=trial]')
  if (!root || !form || !field) return
  const links = [...root.querySelectorAll<HTMLAnchorElement>('[data-stage]')]
  const groups = [...root.querySelectorAll('[data-trial]')]
  const shown = root.querySelector('[data-now]')
  field.type = 'range'
  field.setAttribute('min', '1')
  field.setAttribute('max', String(lastTrial))
  field.setAttribute('step', '1')
  field.value = shown?.getAttribute('data-now') ?? '1'
  field.className = 'explorer-slider'
  root.setAttribute('data-live', '')

  const say = (what: string, words: string) => {
    const place = root.querySelector(`[data-say=${what}]`)
    if (place) place.textContent = words
  }
  const show = () => {
    const number = Number(field.value)
    const trial = rewardStory[number - 1]
    if (!trial) return
    const words = trialInWords(trial)
    field.setAttribute('aria-valuetext', words.spoken)
    say('when', words.when)
    say('pull', words.pull)
    say('outcome', words.outcome)
    say('stage', stageWords[trial.stage].text)
    for (const group of groups) {
      group.setAttribute('class', Number(group.getAttribute('data-trial')) > number ? 'reward-later' : '')
    }
    shown?.setAttribute('x', String(trialLeft(number)))
    for (const link of links) {
      if (link.dataset.stage === trial.stage) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }
  const remember = () => replaceAddress(`?trial=${field.value}`)

  field.addEventListener('input', show)
  field.addEventListener('change', remember)
  form.addEventListener('submit', (event) => event.preventDefault())
  for (const link of links) {
    link.addEventListener('click', (event) => {
      // A new tab or window stays a new tab or window.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      field.value = String(endOfStage(link.dataset.stage as RewardStage))
      show()
      remember()
      say('changed', `${link.textContent}. ${field.getAttribute('aria-valuetext')}`)
    })
  }
  show()
}

if (typeof document !== 'undefined') {
  startRewardExplorer(document, (href) => history.replaceState(null, '', href))
}
