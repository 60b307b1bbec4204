import type { Day } from '../base/day.ts'
import { type Law, procedureOn } from '../law/law.ts'
import { limitOf, type Procedure } from '../law/procedure-model.ts'
import type { LimitName } from '../law/procedure-words.ts'

type Ground = {
  readonly law: Pick<Law, 'procedures'>
  readonly today: Day
  readonly opened?: { readonly procedure: Procedure } | null
}

/** A number of a procedure's table: of the edition by which the case runs, of the one in force before there is a case. */
export function limitIn({ law, today, opened }: Ground, name: string, limit: LimitName): number {
  const procedure = opened?.procedure ?? procedureOn(law, name, today)
  if (!procedure) throw new Error(`no procedure is called ${name}`)
  return limitOf(procedure, limit)
}
