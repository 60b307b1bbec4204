import type { Report } from './ground.ts'
import type { Law } from './law.ts'
import { noticeOn } from './law.ts'
import { type NoticeTemplate, WITH_REMEDIES } from './notice-model.ts'
import type { Procedure, ProcedureAct } from './procedure-model.ts'
import { BLANKS_ABOUT, STANDARD_BLANKS } from './procedure-words.ts'
import type { Located } from './reading.ts'

type At = Located<Procedure>
type Path = readonly (string | number)[]

/** The letters of a procedure: that there are such, that a case can fill what they leave blank, that what ends badly names the remedies. */
export function checkProcedureLetters(law: Law, at: At, report: Report): void {
  at.value.acts.forEach((act, index) => {
    act.notices.forEach((_, place) => {
      checkLetter(law, at, { act, place, path: ['acts', index, 'notices', place] }, report)
    })
    checkRemedies(law, at, act, ['acts', index], report)
  })
}

type Letter = { readonly act: ProcedureAct; readonly place: number; readonly path: Path }

function checkLetter(law: Law, at: At, { act, place, path }: Letter, report: Report): void {
  const letter = act.notices[place]
  if (!letter) return
  const { template } = letter
  const facts = { act: act.name, template }
  const found = noticeOn(law, template, at.value.inForceFrom)
  if (!found) report('law.procedure-template-unknown', at, path, facts)
  else checkBlanks(at, found, { letter, facts, path }, report)
}

type Blanks = { readonly letter: ProcedureAct['notices'][number]; readonly facts: Record<string, string>; readonly path: Path }

function checkBlanks(at: At, found: NoticeTemplate, { letter: { fill, to }, facts, path }: Blanks, report: Report): void {
  if ((found.to === 'subject') !== (to === 'subject')) report('law.procedure-letter-to', at, path, facts)
  const known = new Set(found.blanks.map(one => one.blank))
  const own = [...STANDARD_BLANKS, ...(BLANKS_ABOUT[at.value.about] ?? [])]
  const fields = new Set(at.value.acts.flatMap(one => one.fields.map(field => field.field)))
  for (const [blank, field] of Object.entries(fill))
    if (!known.has(blank) || !fields.has(field)) report('law.procedure-letter-fill', at, path, { ...facts, blank, field })
  for (const { blank, name, required } of found.blanks)
    if (required && !own.includes(blank) && !(blank in fill))
      report('law.procedure-letter-blank', at, path, { ...facts, blank: name })
}

/** An officer's act that ends a case badly serves a letter that names the remedies (principle 6). */
function checkRemedies(law: Law, at: At, act: ProcedureAct, path: Path, report: Report): void {
  const isIll = at.value.states.some(state => state.state === act.to && state.end === 'ill')
  if (!isIll || act.by.includes('clock') || act.by.includes('subject')) return
  const letters = act.notices.flatMap(({ template }) => noticeOn(law, template, at.value.inForceFrom) ?? [])
  if (letters.length > 0 && !letters.some(one => WITH_REMEDIES.has(one.kind)))
    report('law.procedure-without-remedies', at, [...path, 'notices'], { act: act.name })
}
