import { createHash } from 'node:crypto'
import type { AuthorisationLimits } from './authorisation-model.ts'
import { makeCalendar } from './calendar.ts'
import type { CampaignLaw } from './campaign-model.ts'
import type { City } from './city-model.ts'
import { DEFAULT_SET } from './clock-model.ts'
import type { CommitmentLaw } from './commitment-model.ts'
import type { DeclarationLaw } from './declaration-model.ts'
import type { RegimeFile } from './disclosure-model.ts'
import type { CatalogueItem } from './item-model.ts'
import { headingKey, type ItemEdition, type ItemEditionId, type Law, unitNameKey } from './law.ts'
import { maskingLaw } from './masking-model.ts'
import type { LawFile } from './place.ts'
import type { Located, Reading } from './reading.ts'
import type { RepairTransition } from './repair-model.ts'

/** Stand-ins so that a law whose file is missing still has a shape; the missing file is an error, and a law with errors is never used. */
const NO_CITY: City = {
  city: 'none',
  name: '',
  platformName: '',
  notice: null,
  zone: 'Asia/Shanghai',
  division: '000000',
  counties: [],
  inventedPrefixes: [],
  nationalPortal: null,
  contact: { office: '', telephone: null, address: null },
  footer: [],
  criminalRecord: '',
  secondFactor: 'required',
}
const NO_LIMITS: AuthorisationLimits = { requestMinutes: 1, usualDays: 1, longestDays: 1, basis: [], confidence: 'unknown' }
const NO_TRANSITION: RegimeFile['transition'] = { rule: 'earliest-end', basis: [], confidence: 'unknown' }

const NO_REPAIR: RepairTransition = {
  transition: { procedure: 'law-at-application', minimum: 'shortest', maximum: 'earliest-end', basis: [], confidence: 'unknown' },
  overrides: [],
  listsOwnRule: { basis: [], confidence: 'unknown' },
  mirrors: [],
}

/** The one object of the law, with its indices, from what was read. */
export function assembleLaw(reading: Reading): Law {
  const editions = reading.items.map(itemEditionOf).sort(byStart)
  const disclosures = reading.disclosures.map(one => one.value)
  const units = reading.units.map(one => one.value)
  return Object.freeze({
    digest: digestOf(reading.files),
    files: Object.freeze([...reading.files]),
    instruments: indexed(reading.instruments, one => one.id),
    classes: indexed(reading.classes, one => one.id),
    codeLists: indexed(reading.codeLists, one => one.list),
    items: groupedBy(editions, one => one.item),
    itemEditions: new Map(editions.map(one => [one.edition, one])),
    regimes: disclosures.flatMap(one => one.regimes),
    transition: disclosures[0]?.transition ?? NO_TRANSITION,
    mirrors: disclosures.flatMap(one => one.mirrors),
    repair: { ...(reading.repairTransitions[0]?.value ?? NO_REPAIR), regimes: indexed(reading.repairs, one => one.regime) },
    gravity: disclosures.flatMap(one => one.gravity).sort(byStart),
    cityGravity: reading.cityGravity.map(one => one.value).sort(byStart),
    prohibited: reading.prohibited.map(one => one.value),
    calendar: makeCalendar(reading.calendar.map(one => one.value)),
    clocks: {
      objection: reading.objectionClocks.map(one => one.value),
      objectionSet: reading.cityClocks[0]?.value.objection.set ?? DEFAULT_SET,
    },
    calendarYears: reading.calendar.map(one => one.value),
    domains: indexed(
      [...reading.domains].sort((a, b) => a.value.order - b.value.order),
      one => one.id,
    ),
    layouts: reading.layouts.map(one => one.value),
    lists: indexed(reading.lists, one => one.list),
    measures: indexed(reading.measures, one => one.id),
    commitments: commitmentsOf(reading),
    declarations: declarationsOf(reading),
    senders: reading.senders[0]?.value ?? {},
    notices: groupedBy(
      reading.notices.map(one => one.value),
      one => one.notice,
    ),
    procedures: groupedBy(
      reading.procedures.map(one => one.value),
      one => one.procedure,
    ),
    ...accessOf(reading),
    city: reading.cities[0]?.value ?? NO_CITY,
    units: indexed(reading.units, one => one.id),
    unitByUscc: new Map(units.map(one => [one.uscc, one])),
    unitByName: new Map(
      units.flatMap(one => [one.name, one.shortName ?? one.name, ...one.aliases].map(name => [unitNameKey(name), one] as const)),
    ),
    sources: indexed(reading.sources, one => one.source),
    identityProviders: indexed(reading.identityProviders, one => one.id),
  })
}

function commitmentsOf(reading: Reading): CommitmentLaw {
  const register = reading.commitmentRegisters[0]?.value ?? null
  return {
    register,
    types: new Map((register?.types ?? []).map(one => [one.type, one])),
    templates: groupedBy(
      reading.commitmentTemplates.map(one => one.value),
      one => one.template,
    ),
    matters: indexed(reading.commitmentMatters, one => one.unit),
  }
}

function declarationsOf(reading: Reading): DeclarationLaw {
  const verifiers = reading.declarationVerifiers.flatMap(one => one.value.verifiers)
  return {
    rules: reading.declarationRules.map(one => one.value).sort(byStart),
    verifiers: new Map(verifiers.map(one => [one.family, one])),
  }
}

/** Who may do what, how often, what may be authorised, how long things are kept, who watches. */
function accessOf(reading: Reading) {
  const national = new Set(reading.roles.filter(one => one.file.origin === 'national').map(one => one.value.id))
  return {
    permissions: indexed(reading.permissions, one => one.id),
    roles: indexed(
      // A national role stands, whatever a city's file says of it.
      reading.roles.filter(one => one.file.origin === 'national' || !national.has(one.value.id)),
      one => one.id,
    ),
    quotas: indexed(
      // A city knows its machines: what it says stands over the national number of the same id.
      [...reading.quotas].sort((a, b) => Number(a.file.origin === 'city') - Number(b.file.origin === 'city')),
      one => one.id,
    ),
    lookPurposes: new Map(
      reading.lookPurposes.flatMap(({ value }) => [value.name, ...value.alsoCalled].map(name => [name, value] as const)),
    ),
    authorisableClasses: indexed(reading.authorisableClasses, one => one.id),
    authorisationPurposes: indexed(reading.authorisationPurposes, one => one.id),
    authorisationLimits: reading.authorisationLimits[0]?.value ?? NO_LIMITS,
    rights: reading.rights[0]?.value ?? null,
    retention: reading.retention[0]?.value.retention ?? null,
    gated: reading.gated.map(one => one.value),
    oversight: reading.oversight[0]?.value ?? null,
    receivers: reading.receivers[0]?.value ?? null,
    campaigns: campaignLaw(reading),
    masking: maskingLaw(reading.masking[0]?.value),
  }
}

function campaignLaw({ campaigns, campaignThemes }: Reading): CampaignLaw | null {
  const [file] = campaigns
  return file ? { ...file.value, themes: indexed(campaignThemes, one => one.theme) } : null
}

const byStart = (a: { inForceFrom: string }, b: { inForceFrom: string }): number => (a.inForceFrom < b.inForceFrom ? -1 : 1)

function indexed<T>(located: readonly Located<T>[], key: (value: T) => string): Map<string, T> {
  return new Map(located.map(one => [key(one.value), one.value]))
}

/** Editions by name, oldest first. */
function groupedBy<T extends { readonly inForceFrom: string }>(
  editions: readonly T[],
  nameOf: (one: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of [...editions].sort(byStart)) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one])
  return groups
}

export function itemEditionOf({ value, file }: Located<CatalogueItem>): ItemEdition {
  const columnByHeading = new Map<string, string>()
  for (const one of value.fields)
    for (const heading of [one.code, one.name, ...one.aliases]) columnByHeading.set(headingKey(heading), one.code)
  const legacy = Object.entries(value.legacy).map(([edition, columns]) => {
    const headings = Object.entries(columns).map(([heading, code]) => [headingKey(heading), code] as const)
    return [edition, new Map(headings)] as const
  })
  return Object.freeze({
    ...value,
    edition: `${value.item}@${value.inForceFrom}` as ItemEditionId,
    origin: file.origin,
    fieldByCode: new Map(value.fields.map(one => [one.code, one])),
    columnByHeading,
    legacyByHeading: new Map(legacy),
  })
}

/** Path, length and text of each file in the order of paths, line ends as LF: the same law has the same digest on every machine. */
function digestOf(files: readonly LawFile[]): string {
  const hash = createHash('sha256')
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const text = file.text.replaceAll('\r\n', '\n')
    hash.update(`${file.name}\n${Buffer.byteLength(text)}\n${text}`)
  }
  return hash.digest('hex')
}
