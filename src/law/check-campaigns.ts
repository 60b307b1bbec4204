import type { z } from 'zod'
import type { CampaignTheme, campaignFile } from './campaign-model.ts'
import { type Check, type Ground, type Report, repeated, reportTwice } from './ground.ts'
import type { Procedure } from './procedure-model.ts'
import { EFFECTS } from './procedure-words.ts'
import type { Located } from './reading.ts'

type At = Located<z.infer<typeof campaignFile>>

/** Campaigns: every theme once, only cases that urge and take nothing away, goals that count work and no punishment. */
export const checkCampaigns: Check = (ground, report) => {
  const { reading } = ground
  reportTwice<CampaignTheme>(reading.campaignThemes, one => one.theme, 'theme', 'law.campaign-theme-duplicate', report)
  for (const at of reading.campaigns) {
    checkProcedures(ground, at, report)
    checkGoals(at, report)
    at.value.steps.forEach(({ letters }, step) => {
      letters.forEach((letter, index) => {
        if (!ground.law.notices.has(letter))
          report('law.campaign-letter-unknown', at, ['steps', step, 'letters', index], { letter })
      })
    })
  }
}

/** Many cases are opened at once: none of them may be of a kind by which somebody is listed or a breach is filed. */
function checkProcedures({ law }: Ground, at: At, report: Report): void {
  at.value.procedures.forEach(({ procedure, done }, index) => {
    const path = ['procedures', index, 'procedure']
    const editions = law.procedures.get(procedure)
    if (!editions) {
      report('law.campaign-procedure-unknown', at, path, { procedure })
      return
    }
    if (editions.some(takesAway)) report('law.campaign-procedure-grave', at, path, { procedure })
    if (!editions.some(isOpenedByOffice)) report('law.campaign-procedure-not-official', at, path, { procedure })
    done.forEach((state, position) => {
      if (!editions.some(({ states }) => states.some(one => one.state === state && one.end !== null)))
        report('law.campaign-end-unknown', at, ['procedures', index, 'done', position], { procedure, state })
    })
  })
}

const takesAway = ({ acts }: Procedure): boolean => acts.some(act => act.effects.some(effect => EFFECTS[effect].grave !== null))

const isOpenedByOffice = ({ acts, about }: Procedure): boolean =>
  about === 'conduct' && acts.some(act => act.from.length === 0 && act.by.includes('decider'))

function checkGoals(at: At, report: Report): void {
  const { goals, notGoals } = at.value
  for (const index of repeated(goals.map(one => one.goal)))
    report('law.campaign-goal-duplicate', at, ['goals', index, 'goal'], { goal: goals[index]?.goal })
  goals.forEach(({ name }, index) => {
    const word = notGoals.words.find(one => name.includes(one))
    if (word !== undefined) report('law.campaign-goal-punishes', at, ['goals', index, 'name'], { goal: name, word })
  })
}
