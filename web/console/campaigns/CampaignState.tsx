import type { CampaignState as State } from '../../../src/campaigns/model.ts'
import { say } from '../../kit/words.ts'

const TONES: Readonly<Record<State, string>> = {
  proposed: 'mx-mark mx-tone-info mx-edge-dashed',
  returned: 'mx-mark mx-tone-ended mx-edge-dashed',
  coming: 'mx-mark mx-tone-info mx-edge-solid',
  running: 'mx-mark mx-tone-info mx-edge-solid',
  over: 'mx-mark mx-tone-ink mx-edge-solid',
  concluded: 'mx-mark mx-tone-ended mx-edge-solid',
}

/** Where a campaign stands: a word in a frame, the same on every page. */
export function CampaignState({ state }: { readonly state: State }) {
  return <span className={TONES[state]}>{say(`console.campaigns.state-${state}`)}</span>
}
