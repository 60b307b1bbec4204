import type { Day } from '../base/day.ts'
import type { Facts } from '../base/refusal.ts'
import type { Field } from '../law/model.ts'
import { kindFromName, kindOf, type SubjectKind } from '../subject/kind.ts'
import { nameKey, personNameKey } from '../subject/name.ts'
import { PERSON_DOCUMENTS, parsePersonDocument, personDocumentKind } from '../subject/person-document.ts'
import { birthOf, isMinorOn, type ResidentId } from '../subject/resident-id.ts'
import { maskResidentNumbers, mayHoldNumber } from '../subject/resident-numbers.ts'
import type { Uscc } from '../subject/uscc.ts'
import type { CheckContext } from './check.ts'
import type { Counterpart, KeptContent } from './model.ts'
import type { Plan } from './plan.ts'

type Say = (code: string | null, said: string, facts?: Facts, isWarning?: boolean) => void

/** Whose row it is, as the row says: read once at the door, then trusted. Says what is wrong; undefined then. */
export function readCounterpart(context: CheckContext, content: Record<string, string>, say: Say): Counterpart | undefined {
  const { roles, subjects } = context.plan.item
  const name = content[roles.subjectName]
  if (!name) return undefined
  const category = roles.category ? content[roles.category] : undefined
  const onlyPersons = subjects.every(kind => kind === 'natural-person')
  if (onlyPersons || category === '自然人') return readPerson(context, content, name, say)
  return readOrganisation(context.plan, content, name, category, say)
}

function readOrganisation(
  plan: Plan,
  content: Readonly<Record<string, string>>,
  name: string,
  category: string | undefined,
  say: Say,
): Counterpart | undefined {
  const { roles, subjects } = plan.item
  const uscc = roles.uscc ? content[roles.uscc] : undefined
  const kind = organisationKind(uscc, name, category)
  if (!subjects.includes(kind)) {
    say(roles.uscc ?? roles.subjectName, 'subject.kind-not-of-item', { item: plan.item.name })
    return undefined
  }
  const organisationCode = roles.organisationCode ? content[roles.organisationCode] : undefined
  const registrationNumber = roles.registrationNumber ? content[roles.registrationNumber] : undefined
  const taxNumber = roles.taxNumber ? content[roles.taxNumber] : undefined
  const institutionNumber = roles.institutionNumber ? content[roles.institutionNumber] : undefined
  // A row without any number is not refused here: where the item needs one its rules say so, else it waits for a person or files by name.
  return { name, nameKey: nameKey(name), kind, uscc, organisationCode, registrationNumber, taxNumber, institutionNumber }
}

function organisationKind(uscc: string | undefined, name: string, category: string | undefined): SubjectKind {
  if (uscc) return kindOf(uscc as Uscc, name)
  if (category?.includes('个体')) return 'sole-trader'
  return kindFromName(name) ?? 'enterprise'
}

/**
 * A person: the number decides, is checked, sealed and indexed, and leaves the content. Minors are not subjects (M057): where the number does not
 * carry the day of birth the row says it, and without it nobody's file is opened.
 */
function readPerson(context: CheckContext, content: Record<string, string>, name: string, say: Say): Counterpart | undefined {
  const { plan, keys } = context
  const { roles } = plan.item
  const number = roles.idNumber ? content[roles.idNumber] : undefined
  const key = { name, nameKey: personNameKey(name), kind: 'natural-person' as const }
  if (!number || !roles.idNumber) return key
  const kind = personDocumentKind((roles.idType ? content[roles.idType] : undefined) ?? '身份证') ?? 'resident-id'
  const read = parsePersonDocument(kind, number, {
    on: plan.receivedOn,
    inventedPrefixes: plan.law.city.inventedPrefixes as never,
  })
  if (!read.ok) {
    say(roles.idNumber, read.code, { personal: true })
    return undefined
  }
  for (const warning of read.value.warnings) say(roles.idNumber, warning.code, { personal: true }, true)
  const day = content[roles.decidedOn] ?? plan.receivedOn
  const stated = roles.birth ? content[roles.birth] : undefined
  const birth = kind === 'resident-id' ? birthOf(read.value.number as unknown as ResidentId) : stated
  if (birth === undefined || (kind !== 'resident-id' && birth > day)) {
    say(roles.birth ?? roles.idNumber, 'subject.birth-missing', { document: PERSON_DOCUMENTS[kind].name })
    return undefined
  }
  if (isMinorOn(birth as Day, day as Day)) {
    say(roles.idNumber, 'subject.minor', { personal: true })
    return undefined
  }
  const plain = Buffer.from(read.value.number)
  return {
    ...key,
    document: {
      kind,
      blind: keys.blindIndex(kind, plain).toString('hex'),
      sealed: keys.seal('data', plain, `person_secret:${kind}`),
    },
  }
}

/** Columns whose value is never repeated in a message. */
export function isPersonalField(field: Field): boolean {
  return field.type === 'id-number' || field.type === 'person-name' || field.type === 'telephone' || field.mask === 'id-number'
}

/**
 * ID numbers leave the content, and the day of birth that was only asked for: the subject's own number lies in person_secret, others are sealed in place, those inside texts are masked. A sealed
 * value differs each time it is sealed, so versions are compared by its blind index; masked texts by what was sent. Keys stand in canonical order and values are well-formed texts, so that JSON.stringify
 * writes the canonical text (RFC 8785).
 */
export function keepContent(context: CheckContext, plan: Plan, content: Readonly<Record<string, string>>): KeptContent {
  const masked = maskNumbers(plan, content)
  if (
    masked === null &&
    [...plan.sealed, plan.item.roles.birth].every(code => code === undefined || content[code] === undefined)
  ) {
    const contentText = JSON.stringify(content)
    return { contentText, comparedText: contentText, masked: NONE }
  }
  const { idNumber, birth } = plan.item.roles
  const kept: Record<string, string> = {}
  let compared: Record<string, string> | null = null
  for (const code of plan.codes) {
    const value = content[code]
    if (value === undefined || code === idNumber || code === birth) continue
    if (plan.sealed.includes(code)) {
      compared ??= { ...kept }
      kept[code] = `sealed:${context.keys.seal('data', Buffer.from(value), 'content').toString('base64url')}`
      compared[code] = `blind:${context.keys.blindIndex('content', value).toString('hex')}`
    } else {
      const shown = masked?.get(code) ?? value
      if (shown !== value) compared ??= { ...kept }
      kept[code] = shown
      if (compared) compared[code] = value
    }
  }
  const contentText = JSON.stringify(kept)
  return {
    contentText,
    comparedText: compared ? JSON.stringify(compared) : contentText,
    masked: masked ? [...masked.keys()] : NONE,
  }
}

const NONE: readonly string[] = []

/** The texts that hold an ID number, masked; null where none does. */
function maskNumbers({ masked: columns }: Plan, content: Readonly<Record<string, string>>): Map<string, string> | null {
  let masked: Map<string, string> | null = null
  for (const { code, where } of columns) {
    const value = content[code]
    if (value === undefined || !mayHoldNumber(value)) continue
    const shown = maskResidentNumbers(value, where)
    if (shown !== value) masked = (masked ?? new Map<string, string>()).set(code, shown)
  }
  return masked
}
