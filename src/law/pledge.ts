import { createHash } from 'node:crypto'
import type { Day } from '../base/day.ts'
import type { CommitmentExclusion, CommitmentTemplate, CommitmentType } from './commitment-model.ts'
import { commitmentMattersOf, commitmentTemplateOn } from './commitments.ts'
import type { Law } from './law.ts'
import type { DayCount } from './list-model.ts'

/* What is promised where: a matter of a unit's list, or a template that anybody may sign of its own accord; and the text that is signed. */

type Known = Pick<Law, 'commitments' | 'units'>

/** What was filled in when it was signed: project, promise, until. */
type Filled = Readonly<Record<string, string>>

/** A matter in which a commitment is taken, with the template in force on the day that it is signed. */
export type Pledge = {
  /** What a field holds: `unit:matter`. */
  readonly id: string
  readonly unit: string
  readonly kind: 'approval' | 'tender' | 'open'
  readonly name: string
  readonly type: CommitmentType
  readonly template: CommitmentTemplate
  /** Materials or proofs that it stands for. */
  readonly replaces: readonly string[]
  /** The bond that it stands for. */
  readonly inPlaceOf: string | null
  readonly ifBroken: string | null
  readonly supplyWithin: DayCount | null
  readonly verifyWithin: DayCount | null
  readonly greenChannel: boolean
  readonly closedTo: readonly CommitmentExclusion[]
  readonly basis: readonly string[]
}

/** Signed of one's own accord, with the credit office: no unit's matter asks for them (M112, M120, M131). */
const OPEN_TYPES: ReadonlySet<string> = new Set(['voluntary', 'self-discipline'])

/** Every matter that takes a commitment on a day (null: whatever the day, by the latest templates), in the order of the units; what anybody may promise stands last. */
export function pledgesOn(law: Known, day: Day | null): Pledge[] {
  const asked = commitmentMattersOf(law).flatMap(({ kind, unit, matter }): Pledge[] => {
    const template = templateOf(law, matter.template, day)
    const type = law.commitments.types.get(matter.type)
    if (!template || !type) return []
    const approval = kind === 'approval' ? matter : null
    const tender = kind === 'tender' ? matter : null
    return [
      {
        ...{ id: `${unit}:${matter.id}`, unit, kind, name: matter.name, type, template },
        ...{ replaces: approval?.replaces ?? [], inPlaceOf: tender?.inPlaceOf ?? null, ifBroken: tender?.ifBroken ?? null },
        ...{ supplyWithin: approval?.supplyWithin ?? null, verifyWithin: approval?.verifyWithin ?? null },
        ...{ greenChannel: approval?.greenChannel ?? false, closedTo: matter.closedTo, basis: matter.basis },
      },
    ]
  })
  return [...asked, ...openPledges(law, day)]
}

const templateOf = (law: Known, id: string, day: Day | null): CommitmentTemplate | undefined =>
  day === null ? law.commitments.templates.get(id)?.at(-1) : commitmentTemplateOn(law, id, day)

function openPledges(law: Known, day: Day | null): Pledge[] {
  const office = [...law.units.values()].find(unit => unit.kind === 'credit-office' && !unit.parent)
  if (!office) return []
  return [...law.commitments.templates.keys()].flatMap((id): Pledge[] => {
    const template = templateOf(law, id, day)
    const type = law.commitments.types.get(template?.type ?? '')
    if (!template || !type || !OPEN_TYPES.has(type.type)) return []
    return [
      {
        ...{ id: `${office.id}:${id}`, unit: office.id, kind: 'open', name: template.name, type, template },
        ...{ replaces: [], inPlaceOf: null, ifBroken: null, supplyWithin: null, verifyWithin: null, greenChannel: false },
        ...{ closedTo: [], basis: template.basis },
      },
    ]
  })
}

/** The matter that a field names, on the day of signing; undefined where no unit takes a commitment in it. */
export function pledgeOf(law: Known, id: string | undefined, day: Day): Pledge | undefined {
  return pledgesOn(law, day).find(one => one.id === id)
}

/** The digest of an edition of a template: what one signs is what one was shown, to the letter. */
export function templateDigest({ template, inForceFrom, name, paragraphs }: CommitmentTemplate): string {
  const text = [`${template}@${inForceFrom}`, name, ...paragraphs.map(one => one.text)].join('\n')
  return createHash('sha256').update(text).digest('hex')
}

/** What the platform fills in: nobody types it. */
export type CommitmentFacts = {
  readonly subject: string
  readonly code: string
  readonly unit: string
  readonly number: string
  readonly day: Day
}

type Says = CommitmentTemplate['paragraphs'][number]['says'][number]

/** The paragraphs of a commitment that say one of these things, every blank filled. */
export function commitmentText(pledge: Pledge, filled: Filled, facts: CommitmentFacts, says?: readonly Says[]): string[] {
  const blanks = blanksOf(pledge, filled, facts)
  return pledge.template.paragraphs
    .filter(one => says === undefined || one.says.some(it => says.includes(it)))
    .map(one => one.text.replaceAll(/\{([^{}]*)\}/g, (_, mark: string) => blanks[mark] ?? ''))
}

function blanksOf(pledge: Pledge, filled: Filled, facts: CommitmentFacts): Record<string, string> {
  const typed = pledge.template.blanks.map(({ blank, type }): [string, string] => {
    if (type === 'day') return [blank, filled['until'] ?? '']
    if (type === 'lines') return [blank, filled['promise'] ?? pledge.replaces.map(one => `${one}；`).join('\n')]
    if (blank === 'project') return [blank, filled['project'] ?? '']
    return [blank, blank === 'bond' ? (pledge.inPlaceOf ?? '') : pledge.name]
  })
  return { ...Object.fromEntries(typed), ...facts, 'valid-until': filled['until'] ?? '' }
}

/** The text of a template as it is shown before it is signed: every blank by its name. */
export function templateText({ blanks, paragraphs }: CommitmentTemplate, nameOf: (blank: string) => string): string[] {
  const names = new Map(blanks.map(one => [one.blank, one.name]))
  return paragraphs.map(one =>
    one.text.replaceAll(/\{([^{}]*)\}/g, (_, mark: string) => `〔${names.get(mark) ?? nameOf(mark)}〕`),
  )
}

/** What a signer must write itself: the project of a tender, the promise where the matter does not say what is promised. */
export function missingOf(pledge: Pledge, filled: Filled): 'project' | 'promise' | null {
  const { blanks } = pledge.template
  if (blanks.some(one => one.blank === 'project') && !filled['project']) return 'project'
  const isAsked = blanks.some(one => one.type === 'lines' && (pledge.replaces.length === 0 || one.blank === 'conditions'))
  return isAsked && !filled['promise'] ? 'promise' : null
}
