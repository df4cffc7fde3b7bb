import { Button } from '../../../ui/index.ts'

/** Ends the reading of an act the other way: its witness signs on their own device. It stands after the button that records. */
export function AskElsewhereButton() {
  return (
    <Button name="intent" value="ask-witness" kind="quiet" size="bedside">
      Ask somebody on another device
    </Button>
  )
}
