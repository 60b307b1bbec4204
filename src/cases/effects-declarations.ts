import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { NotFound } from '../base/refusal.ts'
import { fileDecided } from '../intake/file-decided.ts'
import type { DeclarationColumn, DeclarationRules } from '../law/declaration-model.ts'
import { declarationRulesOn, familyOf, routeBy } from '../law/declarations.ts'
import { itemOn } from '../law/law.ts'
import { insertCaseRecord } from './case-records.ts'
import { creditOffice } from './credit-office.ts'
import type { Effect, EffectGround } from './effects.ts'
import { takesBack } from './effects-list.ts'
import { declaredOn } from './store.ts'

/*
 * A declaration lives in its case, where nobody but its subject and the officers of the case see it, until it is verified; then it becomes a record
 * that says who declared it, who verified it, when and how. What is taken back or struck stops at every outlet in the same transaction.
 */

const fileDeclaration: Effect = async (app, made, ground) => {
  const rules = declarationRulesOn(app.law, made.today)
  const item = rules && itemOn(app.law, rules.item, made.today)
  if (!rules || !item) throw new NotFound('declaration.rules-missing')
  const office = app.law.units.get(creditOffice(app))
  const card = await made.tx.row<{ name: string | null; uscc: string | null }>({
    name: 'declared-card',
    text: 'select name, uscc from subject_card where subject_id = $1',
    values: [ground.key.subjectId],
  })
  const { subjectName, uscc, providerName, providerCode } = item.roles
  const whose: readonly (readonly [string | undefined, string | null | undefined])[] = [
    [subjectName, card?.name],
    [uscc, card?.uscc],
    [providerName, office?.name],
    [providerCode, office?.uscc],
  ]
  const recordId = await fileDecided(app, made, {
    subjectId: ground.key.subjectId,
    // What is declared comes by way of the credit office, whoever verified it.
    unit: creditOffice(app),
    item: rules.item,
    fileName: app.words.say('declaration.case-file', { number: ground.number }),
    values: {
      ...Object.fromEntries(whose.flatMap(([code, value]) => (code && value ? [[code, value]] : []))),
      ...byColumn(rules, await valuesOf(app, made, ground, rules)),
    },
  })
  await insertCaseRecord(made, ground.key, { recordId, entryNo: ground.entryNo })
}

type Values = Readonly<Partial<Record<DeclarationColumn, string | undefined>>>

const byColumn = ({ columns }: DeclarationRules, values: Values): Record<string, string | undefined> =>
  Object.fromEntries((Object.keys(columns) as DeclarationColumn[]).map(key => [columns[key], values[key]]))

async function valuesOf(
  app: App,
  made: Change,
  { key, act, filled, unit, number }: EffectGround,
  rules: DeclarationRules,
): Promise<Values> {
  const byMachine = act.by.includes('clock')
  const route = routeBy(rules, byMachine ? 'machine' : 'person')
  const verifier = app.law.units.get(act.by.includes('credit-office') ? creditOffice(app) : unit)
  const documentNumber = filled['number'] ? app.words.say('declaration.number-line', { number: filled['number'] }) : ''
  return {
    number,
    family: familyOf(rules, filled['family'])?.kind,
    title: filled['title'],
    content: [documentNumber, filled['content']].filter(Boolean).join('\n'),
    'declared-on': await declaredOn(made.tx, key),
    'valid-until': filled['until'],
    state: rules.verified,
    'verified-by': verifier?.name,
    'verified-on': made.today,
    manner: route && app.words.say('declaration.manner', { route: route.name, means: route.means }),
    openness: rules.openness.find(one => one.openness === filled['openness'])?.text,
    remarks: app.words.say('declaration.remark', { number }),
  }
}

export const DECLARATION_EFFECTS = {
  'file-declaration': fileDeclaration,
  'withdraw-declaration': takesBack('removed'),
  'strike-declaration': takesBack('annulled'),
} as const satisfies Record<string, Effect>
