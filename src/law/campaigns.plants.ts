import { change, type Plant } from './plant.ts'

const FILE = 'law/campaigns.yaml'
const OWN = 'city/small/campaigns.yaml'
const URGING = 'procedure: urging, done: [mended]'
const GOAL = 'goal: urged, name: 督促的件数'

/** Campaigns: themes once, cases that urge and take nothing away, goals that count work. */
export const CAMPAIGN_PLANTS: readonly Plant[] = [
  change('law.campaign-theme-duplicate', [OWN, 'theme: own', 'theme: sector']),
  change('law.campaign-procedure-unknown', [FILE, 'procedure: urging', 'procedure: urgent']),
  change('law.campaign-procedure-not-official', [FILE, URGING, 'procedure: objecting, done: [withdrawn]']),
  change('law.campaign-end-unknown', [FILE, 'done: [mended]', 'done: [urged]']),
  change('law.campaign-goal-punishes', [FILE, 'name: 督促的件数', 'name: 罚款的件数']),
  change('law.campaign-letter-unknown', [FILE, 'letters: [dropping]', 'letters: [dripping]']),
  change(
    'law.campaign-goal-duplicate',
    [
      FILE,
      `  - { ${GOAL}`,
      `  - { goal: urged, name: 另一目标, counts: opened, basis: [act#1], confidence: primary }\n  - { ${GOAL}`,
    ],
    GOAL,
  ),
  {
    ...change('law.campaign-procedure-grave', [FILE, URGING, 'procedure: placing, done: [listed]']),
    // What lists somebody is not about conduct alone either.
    follows: ['law.campaign-procedure-not-official'],
  },
]
