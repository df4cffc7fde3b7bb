import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Button,
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  SelectField,
  StateChip,
  TextField,
} from '../../../ui/index.ts'
import treatCss from '../../treat.css?url'
import {
  addMonitor,
  placeMonitor,
  readMonitors,
  renewMonitorKey,
  revokeMonitorKeys,
} from '../../treat-access.ts'
import monitorsCss from '../monitors.css?url'
import { add, loadMonitors, type MadeKey, place, renew, revoke } from '../monitors-page.server.ts'

export function links() {
  return [treatCss, monitorsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readMonitors, loadMonitors)

export const action = guardedAction<FormAnswer | MadeKey | Response>({
  add: [addMonitor, add],
  renew: [renewMonitorKey, renew],
  revoke: [revokeMonitorKeys, revoke],
  place: [placeMonitor, place],
})

export function meta() {
  return [{ title: 'Monitors' }]
}

type MonitorsPage = Awaited<ReturnType<typeof loadMonitors>>
type Device = MonitorsPage['devices'][number]

/** A monitor that has not been heard for this long is not sending. */
const SILENT_S = 30

export default function Monitors() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>() as FormAnswer | MadeKey | undefined
  const answer = answered && 'errors' in answered ? answered : undefined
  const made = answered && 'madeKey' in answered ? answered.madeKey : undefined
  return (
    <>
      <PageHead
        title="Monitors"
        lead="Devices that send what they measure. Values go to the session at the chair where the device stood when they were measured. The monitor’s own alarm is primary."
      />
      {made && <KeyNotice made={made} />}
      {answer && <ErrorSummary errors={fieldErrors(answer)} title="Not saved yet" />}
      <DataTable
        caption="Monitors and their chairs"
        rows={page.devices}
        rowKey={(device) => device.id}
        phone="stack"
        empty={
          <EmptyState title="No monitor yet">
            Readings are entered by hand until a monitor is added below.
          </EmptyState>
        }
        columns={[
          {
            key: 'name',
            head: 'Monitor',
            names: true,
            cell: (device) => (
              <>
                {device.name}
                <br />
                <code>{device.wireName}</code>
              </>
            ),
          },
          { key: 'heard', head: 'Last heard', cell: (device) => <Heard device={device} /> },
          {
            key: 'chair',
            head: 'Stands at',
            cell: (device) =>
              page.mayPlace ? <PlaceForm device={device} page={page} /> : (device.chair ?? 'no chair'),
          },
          {
            key: 'unassigned',
            head: 'Of no session, last 24 hours',
            cell: (device) => (device.unassigned.length === 0 ? 'nothing' : device.unassigned.join('; ')),
          },
          { key: 'key', head: 'Key', cell: (device) => <KeyCell device={device} mayChange={page.mayAdd} /> },
        ]}
      />
      <p>
        Values of no session are kept for 24 hours and then forgotten. They are shown to nobody but counted
        here, so that a monitor at the wrong chair is noticed.
      </p>
      {page.mayAdd && (
        <Section title="Add a monitor">
          <form method="post" noValidate>
            <input type="hidden" name="intent" value="add" />
            <input type="hidden" name="key" value={page.newKey} />
            <div className="bedside-pair">
              <TextField
                name="name"
                label="Name in this clinic"
                hint="Such as: Monitor, Harbor room"
                autoComplete="off"
                defaultValue={answer?.values.name}
                error={answer?.errors.name}
              />
              <TextField
                name="wireName"
                label="Name on the wire"
                hint="What the device or the bridge calls it, such as monitor-1"
                autoComplete="off"
                defaultValue={answer?.values.wireName}
                error={answer?.errors.wireName}
              />
            </div>
            <FormActions>
              <Button type="submit">Add and make its key</Button>
            </FormActions>
          </form>
        </Section>
      )}
    </>
  )
}

function KeyNotice({ made }: { made: MadeKey['madeKey'] }) {
  if (!made.secret) {
    return (
      <Notice state="due" announce="status" title="The key was made before and is not shown again">
        Make a new key if it was not written down.
      </Notice>
    )
  }
  return (
    <Notice state="due" announce="status" title={`Key of ${made.device}: shown this once`}>
      <p>
        Put it into the device’s or the bridge’s settings now. Only a fingerprint of it is kept here; a lost
        key is replaced by a new one.
      </p>
      <p className="monitor-key">
        <code>{made.secret}</code>
      </p>
    </Notice>
  )
}

function Heard({ device }: { device: Device }) {
  if (!device.heard) return <StateChip state="unknown" word="never" />
  const silent = (device.silentS ?? 0) > SILENT_S
  return (
    <>
      <StateChip state={silent ? 'unknown' : 'calm'} word={silent ? 'not sending' : 'sending'} />
      <br />
      {device.heard}
    </>
  )
}

function PlaceForm({ device, page }: { device: Device; page: MonitorsPage }) {
  return (
    <form method="post" className="monitor-place">
      <input type="hidden" name="intent" value="place" />
      <input type="hidden" name="deviceId" value={device.id} />
      <SelectField
        name="chairId"
        id={`chair-${device.id}`}
        label={`Chair of ${device.name}`}
        prompt="no chair"
        options={page.chairs.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={device.chairId}
      />
      <Button type="submit" kind="quiet">
        Set
      </Button>
    </form>
  )
}

function KeyCell({ device, mayChange }: { device: Device; mayChange: boolean }) {
  return (
    <>
      {device.key ? `made ${device.key.made} by ${device.key.by}` : 'none: it is not let in'}
      {mayChange && (
        <div className="monitor-keys">
          <form method="post">
            <input type="hidden" name="intent" value="renew" />
            <input type="hidden" name="deviceId" value={device.id} />
            <input type="hidden" name="name" value={device.name} />
            <input type="hidden" name="key" value={device.nextKey} />
            <Button type="submit" kind="quiet">
              Make a new key
            </Button>
          </form>
          {device.key && (
            <form method="post">
              <input type="hidden" name="intent" value="revoke" />
              <input type="hidden" name="deviceId" value={device.id} />
              <Button type="submit" kind="quiet">
                Revoke
              </Button>
            </form>
          )}
        </div>
      )}
    </>
  )
}
