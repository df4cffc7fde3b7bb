import { SelectField, StateChip } from '../../ui/index.ts'
import type { Bedside } from './bedside.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'
import { TapForm } from './tap-form.tsx'
import { Unfolding } from './unfolding.tsx'

/** Who watches this room, and how the watch goes from one to the other: offered, then taken. Nobody is said in red. */
export function WatchPanel({ bedside }: { bedside: Bedside }) {
  const { page, state, name, clock, keyOf, answer } = bedside
  const { watch } = state.care
  if (state.phase === 'leave' || state.phase === 'arrive') return null
  const mine = watch?.by === page.me
  const offeredToMe = watch?.offer?.to === page.me ? watch.offer : undefined
  return (
    <div className="watch">
      {watch ? (
        <p>
          {mine ? 'You watch this room' : `${name(watch.by)} watches this room`} since {clock(watch.since)}
          {watch.offer && !offeredToMe && `; offered to ${name(watch.offer.to)}, not taken yet`}
        </p>
      ) : (
        <p>
          <StateChip state="red" word="Nobody watches this room" />
        </p>
      )}
      {page.mayRecord && offeredToMe && (
        <TapForm
          intent="take-offer"
          formKey={keyOf('take-offer')}
          fields={{ of: offeredToMe.eventId }}
          kind="primary"
        >
          Take over from {name(watch!.by)}
        </TapForm>
      )}
      {page.mayRecord && !mine && !offeredToMe && (
        <TapForm intent="take-watch" formKey={keyOf('take-watch')} fields={{ from: watch?.by ?? '' }}>
          I watch this room
        </TapForm>
      )}
      {page.mayRecord && mine && (
        <Unfolding title="Hand over" open={answer?.values.intent === 'offer'}>
          <BedsideForm
            intent="offer"
            formKey={keyOf('offer')}
            answer={answer}
            submit="Offer the watch"
            kind="quiet"
            time={false}
          >
            <SelectField
              name="to"
              id={fieldId('offer', 'to')}
              label="To whom"
              prompt="Choose a colleague"
              hint="The watch stays with you until they take it."
              options={page.watchers
                .filter(({ id }) => id !== page.me)
                .map(({ id, name: label }) => ({ value: id, label }))}
              defaultValue={returnedTo('offer', answer).value('to') ?? ''}
              error={returnedTo('offer', answer).error('to')}
            />
          </BedsideForm>
        </Unfolding>
      )}
    </div>
  )
}
