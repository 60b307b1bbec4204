import type { App } from '../app.ts'
import type { Verdict } from '../base/refusal.ts'
import type { ProcedureAct, ProcedureField } from '../law/procedure-model.ts'
import type { Office } from '../law/procedure-words.ts'
import { whose } from './case-line.ts'
import { correctableValues } from './corrected-values.ts'
import { type Decision, decide, type Standing } from './decide.ts'
import { LONGEST } from './filled.ts'
import { followsOf, isFinal } from './follows.ts'
import type { GuardFacts } from './guards.ts'
import { choicesFor } from './law-choices.ts'
import type { CaseFile } from './model.ts'
import type { ActView } from './shapes.ts'

/** What a refusal says, with its article; null where nothing is refused. */
export function whyNot(app: Pick<App, 'words'>, verdict: Verdict<Decision>): string | null {
  if (verdict.ok) return null
  const article = verdict.basis ? app.words.names.cite(verdict.basis) : ''
  return app.words.say(verdict.code, { ...verdict.facts, article })
}

type Asking = Pick<CaseFile, 'unit' | 'openedUnit'> & { readonly aboutRef?: string | null }

/** An act as a button with its form: whether this person may do it now, and why not. */
export function actView(
  app: Pick<App, 'law' | 'words'>,
  act: ProcedureAct,
  standing: Standing,
  { offices, facts, file }: { offices: ReadonlySet<Office>; facts: GuardFacts; file: Asking },
): ActView {
  const verdict = decide(standing, act.act, offices, facts)
  const from = standing.opened?.file.state ?? ''
  return {
    act: act.act,
    name: act.name,
    does: act.does,
    mayDo: verdict.ok,
    why: whyNot(app, verdict),
    by: act.by.map(office => whose(app, office, file)),
    fields: act.fields.map(field => fieldForm(app, field, file, facts.record)),
    papers: act.papers.map(({ paper, name, hint, required }) => ({ paper, name, hint: hint ?? null, required })),
    basis: act.basis,
    cites: act.basis.map(app.words.names.cite),
    follows: followsOf(app, standing.procedure, act, from),
    isFinal: isFinal(standing.procedure, act, from),
    isSecond: act.confirms !== undefined,
  }
}

function fieldForm(
  app: Pick<App, 'law'>,
  { field, name, kind, hint, required, choices = {}, choicesOf }: ProcedureField,
  file: Asking,
  record: GuardFacts['record'],
): ActView['fields'][number] {
  const chosen =
    kind === 'unit'
      ? [...app.law.units.values()].map(unit => ({ id: unit.id, name: unit.name }))
      : choicesOf
        ? choicesFor(app.law, choicesOf, file)
        : Object.entries(choices).map(([id, said]) => ({ id, name: said }))
  const values = kind === 'record-values' && record ? correctableValues(app.law, record) : []
  return { field, name, kind, hint: hint ?? null, required, longest: LONGEST[kind], choices: chosen, values }
}
