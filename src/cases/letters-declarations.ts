import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import { declarationRulesOn, familyOf, routeBy } from '../law/declarations.ts'
import type { ProcedureAct } from '../law/procedure-model.ts'
import type { Filled } from './model.ts'

/* What letters about a declaration say out of its rules and its case: what was declared, when, how it was verified. */

type Ground = { readonly filled: Filled; readonly act: ProcedureAct; readonly declaredOn: Day; readonly today: Day }

/** The facts of a letter by blank. */
export function declarationLetterFacts(
  { law, words }: Pick<App, 'law' | 'words'>,
  { filled, act, declaredOn, today }: Ground,
): Record<string, string | undefined> {
  const rules = declarationRulesOn(law, today)
  const route = rules && routeBy(rules, act.by.includes('clock') ? 'machine' : 'person')
  const family = familyOf(rules, filled['family'])?.name ?? ''
  const title = filled['title'] ?? ''
  return {
    item: words.say(filled['number'] ? 'declaration.named-number' : 'declaration.named', {
      family,
      title,
      number: filled['number'],
    }),
    declared: declaredOn,
    manner: route && words.say('declaration.manner', { route: route.name, means: route.means }),
  }
}
