import type { App } from '../app.ts'
import { pledgeOf } from '../law/pledge.ts'
import type { KeptCommitment } from './commitment-store.ts'
import type { Filled } from './model.ts'

/* What letters about a commitment say out of the register of commitments: which, of when, how far it was kept, what follows, the way out. */

/** The facts of a letter by blank. */
export function commitmentLetterFacts(
  app: Pick<App, 'law' | 'words'>,
  kept: KeptCommitment,
  filled: Filled,
): Record<string, string | readonly string[] | undefined> {
  const pledge = pledgeOf(app.law, kept.matter, kept.madeOn)
  if (!pledge) return {}
  const { template, type, name, ifBroken } = pledge
  const fulfilment = app.law.commitments.register?.fulfilment.find(one => one.state === filled['degree'])
  return {
    commitment: app.words.say('commitment.named', { template: template.name, matter: name, number: kept.number }),
    signed: kept.madeOn,
    degree: fulfilment?.text,
    measures: [...type.consequences.map(one => one.text), ...(ifBroken ? [ifBroken] : []), app.words.say('commitment.on-record')],
    exit: app.words.say('commitment.exit'),
  }
}
