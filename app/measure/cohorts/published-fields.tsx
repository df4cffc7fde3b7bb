import { Checkbox, TextField } from '../../ui/index.ts'

/** The tick that data are public, and where that can be checked. */
export function PublishedFields({
  ticked,
  reference,
  errors,
}: {
  ticked: boolean
  reference: string
  errors: Readonly<Record<string, string>>
}) {
  return (
    <>
      <Checkbox
        name="published"
        label="These data are published: anybody can get them"
        hint="Then figures of groups under ten people are shown to everybody who may read the results. Without it only those who treat people here see them."
        defaultChecked={ticked}
        error={errors.published}
      />
      <TextField
        name="publishedReference"
        label="Who published them, and where"
        hint="For instance the author, journal and year, or the address of the archive."
        maxLength={500}
        optional
        defaultValue={reference}
        error={errors.publishedReference}
      />
    </>
  )
}
