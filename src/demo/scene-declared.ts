import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { Filled } from '../cases/model.ts'
import { sql } from '../db/database.ts'
import { declarationRulesOn, statementsDigest } from '../law/declarations.ts'
import type { Chosen } from './scene-choice.ts'

/* What a scene of self-declaration fills in: a licence that the firm has, and the digest of the text of the day. */

/** Stands for the number of a licence of the firm. */
const OWN_LICENCE = 'own-licence'

type Column = { readonly code: string; readonly value: string }

/** A declaration with what it is sworn to; a licence by its number and name, no longer than it holds. A firm without one declares an unknown number. */
export async function withDeclared(then: App, { subjectId }: Chosen, fields: Filled): Promise<Filled> {
  if (fields['truth'] === undefined) return fields
  const today = legalDay(then.now(), then.city.zone)
  const rules = declarationRulesOn(then.law, today)
  const sworn = { ...fields, digest: rules ? statementsDigest(rules) : '' }
  if (fields['number'] !== OWN_LICENCE) return sworn
  const found = await then.db.rows<{
    columns: readonly Column[]
    until: Day | null
  }>(sql`select body -> 'fields' as columns, shown_until as until
    from pub.record where subject_id = ${subjectId} and item = 'licence-org' and (shown_until is null or shown_until > ${today}::date + 60)
    order by shown_until desc nulls first, record_id limit 1`)
  const valueIn = (code: string): string | undefined => found[0]?.columns.find(one => one.code === code)?.value
  const [number, title] = [valueIn('XK_WSH'), valueIn('XK_XKWS')]
  if (!number || !title) return { ...sworn, number: '示例许可〔2026〕1号' }
  const until = found[0]?.until
  return { ...sworn, number, title, ...(until && until < (fields['until'] ?? '') ? { until } : {}) }
}
