import { Button, DataTable, Figure, Notice, NumberField } from '../../ui/index.ts'
import { endOfStage, type RewardChosen } from './reward-chosen.ts'
import { lastTrial, rewardStages, rewardStory, type StoryTrial } from './reward-learning.ts'
import { cameY, drawingHeight, middleY, trialLeft, trialWidth, valueY } from './reward-place.ts'
import { onScale, stageWords, trialInWords } from './reward-words.ts'

const width = lastTrial * trialWidth

/**
 * The explorable figure of how craving is learned: four parts as links, a trial by a form, drawn up to that trial.
 *
 * It works without script; the page's script (`reward-script.ts`) finds its parts by their `data-` attributes.
 *
 * @param chosen what the address asked for
 */
export function RewardExplorer({ chosen }: { chosen: RewardChosen }) {
  const trial = rewardStory[chosen.trial - 1]!
  const words = trialInWords(trial)
  return (
    <div className="explorer" data-reward="">
      {chosen.stageProblem !== undefined && <Notice title={chosen.stageProblem} />}
      <nav aria-label="Parts of the story">
        <ul className="explorer-ways">
          {rewardStages.map((stage) => (
            <li key={stage}>
              <a
                href={`/how-craving-is-learned?stage=${stage}`}
                aria-current={stage === trial.stage ? 'true' : undefined}
                data-stage={stage}
              >
                {stageWords[stage].name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p className="measure reward-stage" data-say="stage">
        {stageWords[trial.stage].text}
      </p>
      <form method="get" action="/how-craving-is-learned" className="explorer-minute">
        <NumberField
          name="trial"
          label="Times the cue has come"
          hint={`1 to ${lastTrial}`}
          whole
          defaultValue={chosen.typedTrial ?? chosen.trial}
          error={chosen.trialProblem}
        />
        <Button kind="quiet">Show this time</Button>
      </form>
      <p className="hidden" role="status" data-say="changed" />
      <Figure
        title="A model of a cue, a drug, and what is expected"
        definition="Each step to the right is one time that the cue comes. The scale is the model’s own. It is not dopamine, not a strength of craving that anybody measured, and not a number of days."
        note="A teaching picture. Not a measurement, not about you, and not about ketamine."
        table={<Numbers />}
      >
        <Drawing now={trial} />
        <ul className="reward-key">
          <li>
            <Key kind="pull" /> the pull at the cue
          </li>
          <li>
            <Key kind="better" /> better than expected
          </li>
          <li>
            <Key kind="worse" /> worse than expected
          </li>
          <li>
            <Key kind="drug" /> the drug came
          </li>
          <li>
            <Key kind="none" /> no drug came
          </li>
        </ul>
        <div className="explorer-reading">
          <p className="explorer-when" data-say="when">
            {words.when}
          </p>
          <p data-say="pull">{words.pull}</p>
          <p data-say="outcome">{words.outcome}</p>
        </div>
      </Figure>
    </div>
  )
}

/** All trials; those after the shown one only faintly. Words stand around it, so that they keep their size on a phone. */
function Drawing({ now }: { now: StoryTrial }) {
  const crave = rewardStory[endOfStage('crave') - 1]!
  return (
    <svg
      className="reward-drawing"
      viewBox={`0 0 ${width} ${drawingHeight}`}
      role="img"
      aria-label={`The pull at the cue rises in ${endOfStage('learn')} times with the drug from 0 to ${onScale(crave.pull)}, while the surprise at the drug falls from 100 to about ${onScale(rewardStory[endOfStage('learn') - 1]!.surprise)}. The first time without the drug is ${-onScale(crave.surprise)} worse than expected. Without the drug the pull fades to ${onScale(rewardStory[endOfStage('fade') - 1]!.pullAfter)}. One more drug brings it back to ${onScale(rewardStory[endOfStage('fade')]!.pullAfter)}, and it fades again.`}
    >
      <rect
        className="reward-now"
        data-now={now.number}
        x={trialLeft(now.number)}
        y="0"
        width={trialWidth}
        height={drawingHeight}
      />
      <path className="reward-axis" d={`M0 ${middleY} H${width}`} />
      {rewardStory.map((trial, index) => (
        <TrialMarks
          key={trial.number}
          trial={trial}
          before={rewardStory[index - 1]}
          later={trial.number > now.number}
        />
      ))}
    </svg>
  )
}

function TrialMarks({
  trial,
  before,
  later,
}: {
  trial: StoryTrial
  before: StoryTrial | undefined
  later: boolean
}) {
  const left = trialLeft(trial.number)
  const middle = left + trialWidth / 2
  const [top, bottom] = [valueY(Math.max(0, trial.surprise)), valueY(Math.min(0, trial.surprise))]
  return (
    <g data-trial={trial.number} className={later ? 'reward-later' : ''}>
      <rect
        className={trial.surprise < 0 ? 'reward-worse' : 'reward-better'}
        x={left + 2}
        y={top}
        width={trialWidth - 4}
        height={Math.round((bottom - top) * 10) / 10}
      />
      {before && (
        <path
          className="reward-line"
          d={`M${middle - trialWidth} ${valueY(before.pull)} L${middle} ${valueY(trial.pull)}`}
        />
      )}
      <circle className="reward-pull" cx={middle} cy={valueY(trial.pull)} r="2.6" />
      <circle className={trial.drug ? 'reward-drug' : 'reward-none'} cx={middle} cy={cameY} r="3" />
    </g>
  )
}

function Key({ kind }: { kind: 'pull' | 'better' | 'worse' | 'drug' | 'none' }) {
  return (
    <svg className="reward-key-mark" viewBox="0 0 20 12" aria-hidden="true">
      {kind === 'pull' && <path className="reward-line" d="M0 6 H20" />}
      {kind === 'pull' && <circle className="reward-pull" cx="10" cy="6" r="3" />}
      {kind === 'better' && <rect className="reward-better" x="6" y="1" width="8" height="10" />}
      {kind === 'worse' && <rect className="reward-worse" x="6" y="1" width="8" height="10" />}
      {(kind === 'drug' || kind === 'none') && <circle className={`reward-${kind}`} cx="10" cy="6" r="4" />}
    </svg>
  )
}

function Numbers() {
  return (
    <DataTable<StoryTrial>
      caption="The model, time by time, on its own scale of 0 to 100"
      rows={rewardStory}
      rowKey={({ number }) => String(number)}
      empty={null}
      columns={[
        { key: 'number', head: 'Time', names: true, align: 'figure', cell: ({ number }) => number },
        { key: 'stage', head: 'Part', cell: ({ stage }) => stageWords[stage].name },
        { key: 'drug', head: 'Drug', cell: ({ drug }) => (drug ? 'yes' : 'no') },
        { key: 'pull', head: 'Pull at the cue', align: 'figure', cell: ({ pull }) => onScale(pull) },
        {
          key: 'surprise',
          head: 'Better or worse than expected',
          align: 'figure',
          cell: ({ surprise }) => signed(onScale(surprise)),
        },
      ]}
    />
  )
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value).replace('-', '−')
}
