import { addMonths } from '../base/day.ts'
import { granted, refused } from '../base/refusal.ts'
import type { CommitmentExclusion } from '../law/commitment-model.ts'
import { itemOn } from '../law/law.ts'
import { missingOf, type Pledge, pledgeOf, templateDigest } from '../law/pledge.ts'
import { dueOf } from '../legal-clock/due.ts'
import type { Guard, GuardFacts } from './guards.ts'
import { limitIn } from './limits.ts'

/*
 * Conditions of a commitment: in a matter of a unit's list, the text in force as it was shown, every blank filled, a day that the matter allows,
 * nobody to whom the matter is closed (M114, M115, M121, M127).
 */

const MET = granted(true as const)

const ofPledge =
  (judge: (pledge: Pledge, facts: GuardFacts, basis: string | null) => ReturnType<Guard>): Guard =>
  (facts, basis) => {
    const pledge = pledgeOf(facts.law, facts.filled['matter'], facts.opened?.file.openedOn ?? facts.today)
    return pledge ? judge(pledge, facts, basis) : refused('commitment.matter-unknown', basis)
  }

/** The unit takes commitments in this matter, from whoever the register knows. */
const matterKnown = ofPledge((pledge, { law, today, subjectKind }, basis) => {
  const item = itemOn(law, law.commitments.register?.item ?? '', today)
  if (!item) return refused('commitment.matter-unknown', basis)
  const isMeant = subjectKind === null || item.subjects.includes(subjectKind)
  return isMeant ? MET : refused('commitment.subject-not-meant', basis, { matter: pledge.name })
})

/** M115 · what is signed is the edition in force, as it was shown. */
const textSeen = ofPledge(({ template }, { filled }, basis) =>
  filled['digest'] === templateDigest(template) ? MET : refused('commitment.text-changed', basis, { template: template.name }),
)

const blanksFilled = ofPledge((pledge, { filled }, basis) => {
  const missing = missingOf(pledge, filled)
  return missing === null ? MET : refused(`commitment.${missing}-missing`, basis, { matter: pledge.name })
})

/** Not in the past; not after the last day on which the material may come; not for longer than the template holds. */
const dayRight = ofPledge((pledge, facts, basis) => {
  const { filled, today, law } = facts
  const until = filled['until'] ?? ''
  if (until < today) return refused('commitment.day-past', basis, { today })
  const { supplyWithin } = pledge
  const found = supplyWithin ? dueOf(law.calendar, { from: today, ...supplyWithin }) : null
  const supplied = found && 'due' in found ? found.due : null
  const latest = supplied ?? addMonths(today, pledge.template.validMonths ?? limitIn(facts, 'commitment', 'most-months'))
  return until <= latest ? MET : refused('commitment.day-too-late', basis, { latest, matter: pledge.name })
})

/** SG14 · what was put right before the decision is no breach; whoever says nothing has put nothing right. */
const corrected: Guard = ({ filled }, basis) => (filled['mended'] ? MET : refused('commitment.not-corrected', basis))

/** Who is on a list of serious dishonesty, or has broken a commitment and not repaired it, where the matter is closed to them. */
const notBarred = ofPledge((pledge, { commitmentBars = [] }, basis) => {
  const bar = barOf(pledge, commitmentBars)
  return bar === null ? MET : refused(`commitment.barred-${bar}`, pledge.basis[0] ?? basis, { matter: pledge.name })
})

/** What closes a matter to somebody; null: it is open. */
export function barOf({ closedTo }: Pick<Pledge, 'closedTo'>, bars: readonly CommitmentExclusion[]): CommitmentExclusion | null {
  return closedTo.find(one => bars.includes(one)) ?? null
}

export const COMMITMENT_GUARDS = {
  'commitment-matter-known': matterKnown,
  'commitment-text-seen': textSeen,
  'commitment-blanks-filled': blanksFilled,
  'commitment-day-right': dayRight,
  'commitment-not-barred': notBarred,
  'commitment-corrected': corrected,
} as const satisfies Record<string, Guard>
