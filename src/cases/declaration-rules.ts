import type { z } from 'zod'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { NotFound } from '../base/refusal.ts'
import { declarationRulesOn, statementsDigest, verifierOf } from '../law/declarations.ts'
import { creditOffice } from './credit-office.ts'
import type { readDeclarationRules } from './declaration-contract.ts'

/** What may be declared today, who verifies it by which ways, and the texts in force. Refuses `declaration.rules-missing`. */
export function declarationRulesView(app: App): z.input<(typeof readDeclarationRules)['output']> {
  const { law } = app
  const today = legalDay(app.now(), app.city.zone)
  const rules = declarationRulesOn(law, today)
  if (!rules) throw new NotFound('declaration.rules-missing')
  return {
    asOf: today,
    families: rules.families.map(({ family, name, hint, needs, compares }) => ({
      ...{ family, name, hint, needs },
      comparedWith: compares.map(({ item }) => law.items.get(item)?.at(-1)?.name ?? item),
      verifiedBy: law.units.get(verifierOf(law, family) ?? creditOffice(app))?.name ?? '',
    })),
    routes: rules.routes.map(({ route, name, means, by }) => ({ route, name, means, by })),
    openness: rules.openness.map(({ openness, means }) => ({ openness, means })),
    statements: rules.statements.map(({ title, paragraphs, basis }) => ({
      ...{ title, basis },
      paragraphs: paragraphs.map(({ text }) => text),
    })),
    digest: statementsDigest(rules),
  }
}
