import type { Day } from '../base/day.ts'
import type { GatedFunction, RetentionLaw, RightsLaw } from './access-model.ts'
import type { AuthorisableClass, AuthorisationLimits, AuthorisationPurpose } from './authorisation-model.ts'
import type { Calendar } from './calendar.ts'
import type { CampaignLaw } from './campaign-model.ts'
import type { City, Source, Unit } from './city-model.ts'
import type { ClockLaw } from './clock-model.ts'
import type { CommitmentLaw } from './commitment-model.ts'
import type { DeclarationLaw } from './declaration-model.ts'
import type { GravityTable, ProhibitedContent, Regime, RegimeFile } from './disclosure-model.ts'
import type { IdentityProvider } from './identity-model.ts'
import type { CatalogueItem } from './item-model.ts'
import type { ListRule } from './list-model.ts'
import type { MaskingLaw } from './masking-model.ts'
import type { Measure } from './measure-model.ts'
import type { CatalogueClass, CodeList, Field, Instrument } from './model.ts'
import type { NoticeTemplate } from './notice-model.ts'
import type { OversightLaw } from './oversight-model.ts'
import type { LawFile } from './place.ts'
import type { Procedure } from './procedure-model.ts'
import type { LookPurpose } from './purpose-model.ts'
import type { QuotaRule } from './quota-model.ts'
import type { ReceiversLaw } from './receiver-model.ts'
import type { RepairLaw } from './repair-model.ts'
import type { CalendarYear, Domain, ReportLayout } from './report-model.ts'
import type { PermissionRule, RoleRule } from './role-model.ts'
import type { SenderLaw } from './sender-model.ts'

/** `item@2026-04-01`: what a fact keeps of the catalogue it was checked against. */
export type ItemEditionId = string & { readonly __itemEdition: never }

/** One item in one edition, with what the line looks up in it for every row. */
export type ItemEdition = Readonly<CatalogueItem> & {
  readonly edition: ItemEditionId
  readonly origin: 'national' | 'city'
  readonly fieldByCode: ReadonlyMap<string, Field>
  /** Normalised heading (`headingKey`) → column code: names, aliases and codes of today's table. */
  readonly columnByHeading: ReadonlyMap<string, string>
  /** Legacy edition → normalised heading → column code. */
  readonly legacyByHeading: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** Thresholds a city adds to the national gravity table, from a day on. */
export type CityGravity = { readonly edition: string; readonly inForceFrom: Day; readonly thresholds: GravityTable['thresholds'] }

/** The whole law in use: national tables and one city's overlay. Immutable; a new edition makes a new object. */
export type Law = {
  /** SHA-256 (hex) over every file and edition read, in the order of their paths. */
  readonly digest: string
  readonly files: readonly LawFile[]
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly classes: ReadonlyMap<string, CatalogueClass>
  readonly codeLists: ReadonlyMap<string, CodeList>
  /** Item id → its editions, oldest first. */
  readonly items: ReadonlyMap<string, readonly ItemEdition[]>
  readonly itemEditions: ReadonlyMap<string, ItemEdition>
  /** What a subject may let a receiver see, in the order in which it is told. */
  readonly authorisableClasses: ReadonlyMap<string, AuthorisableClass>
  readonly authorisationPurposes: ReadonlyMap<string, AuthorisationPurpose>
  readonly authorisationLimits: AuthorisationLimits
  readonly regimes: readonly Regime[]
  readonly transition: RegimeFile['transition']
  /** Repair by regime, and what holds between and beside the regimes. */
  readonly repair: RepairLaw
  readonly mirrors: RegimeFile['mirrors']
  /** Oldest first. */
  readonly gravity: readonly GravityTable[]
  readonly cityGravity: readonly CityGravity[]
  readonly prohibited: readonly ProhibitedContent[]
  /** Rights of people over what is kept of them; null only in a law whose file is missing, which is never used. */
  readonly rights: RightsLaw | null
  readonly retention: RetentionLaw | null
  /** What is only registered and stays off without basis, assessment and a published sign-off. */
  readonly gated: readonly GatedFunction[]
  /** What counts as unusual looking, and how long a subject may be told later; null only in a law whose file is missing. */
  readonly oversight: OversightLaw | null
  readonly receivers: ReceiversLaw | null
  /** Campaigns; null only in a law whose file is missing. */
  readonly campaigns: CampaignLaw | null
  /** What of a person's data is shown to whom. */
  readonly masking: MaskingLaw
  readonly calendar: Calendar
  /** Terms that differ from place to place, and which of them hold here. */
  readonly clocks: ClockLaw
  readonly calendarYears: readonly CalendarYear[]
  /** In the order of the special report. */
  readonly domains: ReadonlyMap<string, Domain>
  readonly layouts: readonly ReportLayout[]
  readonly lists: ReadonlyMap<string, ListRule>
  readonly measures: ReadonlyMap<string, Measure>
  readonly commitments: CommitmentLaw
  /** What may be declared of one's own accord, how it is verified, which unit does it here. */
  readonly declarations: DeclarationLaw
  /** Letters by id, each with its editions, oldest first. */
  readonly notices: ReadonlyMap<string, readonly NoticeTemplate[]>
  /** By what the city tells people that a letter waits; what it does not have is left out. */
  readonly senders: SenderLaw
  /** Procedure → its editions, oldest first. */
  readonly procedures: ReadonlyMap<string, readonly Procedure[]>
  /** Every permission that a door asks for, in the order in which the table of permissions prints them. */
  readonly permissions: ReadonlyMap<string, PermissionRule>
  /** National roles and the city's own. */
  readonly roles: ReadonlyMap<string, RoleRule>
  /** For what one looks at what is not public, by every name that people write. */
  readonly lookPurposes: ReadonlyMap<string, LookPurpose>
  /** How often who may ask, by id. */
  readonly quotas: ReadonlyMap<string, QuotaRule>
  readonly city: City
  readonly units: ReadonlyMap<string, Unit>
  readonly unitByUscc: ReadonlyMap<string, Unit>
  /** Normalised name, short name or alias (`unitNameKey`) → unit. */
  readonly unitByName: ReadonlyMap<string, Unit>
  readonly sources: ReadonlyMap<string, Source>
  /** By which unified identity people may sign in, in the order of the buttons. */
  readonly identityProviders: ReadonlyMap<string, IdentityProvider>
}

type InForce = { readonly inForceFrom: Day; readonly inForceUntil: Day | null }

const holdsOn = (one: InForce, day: Day): boolean =>
  one.inForceFrom <= day && (one.inForceUntil === null || day <= one.inForceUntil)

/** The edition of an item in force on a day; undefined when the item is unknown or not in force then. */
export function itemOn(law: Law, item: string, day: Day): ItemEdition | undefined {
  return law.items.get(item)?.find(edition => holdsOn(edition, day))
}

/** An edition by its id, `item@2026-04-01`, in force or not. */
export function itemEdition(law: Law, edition: string): ItemEdition | undefined {
  return law.itemEditions.get(edition)
}

/** Every item in force on a day, by class and report order. */
export function itemsOn(law: Law, day: Day): ItemEdition[] {
  const found = [...law.items.values()].flatMap(editions => editions.find(edition => holdsOn(edition, day)) ?? [])
  return found.sort(
    (a, b) => a.class.localeCompare(b.class, 'en') || a.report.order - b.report.order || a.item.localeCompare(b.item, 'en'),
  )
}

/** The edition of a procedure in force on a day; undefined when it is unknown or not in force then. */
export function procedureOn(law: Pick<Law, 'procedures'>, procedure: string, day: Day): Procedure | undefined {
  return law.procedures.get(procedure)?.find(edition => holdsOn(edition, day))
}

/** The layout of a report in force on a day. */
export function layoutOn(law: Law, layout: ReportLayout['layout'], day: Day): ReportLayout | undefined {
  return law.layouts.find(one => one.layout === layout && holdsOn(one, day))
}

/** The edition of a letter in force on a day; undefined when the letter is unknown or not in force then. */
export function noticeOn(law: Pick<Law, 'notices'>, notice: string, day: Day): NoticeTemplate | undefined {
  return law.notices.get(notice)?.find(edition => holdsOn(edition, day))
}

/** The publication regime of an act's day; undefined before the first. */
export function regimeOn(law: Law, day: Day): Regime | undefined {
  return law.regimes.find(one => one.appliesFrom <= day && (one.appliesUntil === null || day <= one.appliesUntil))
}

/** The gravity table of a day with the city's thresholds of that day; a national threshold for the same domain is never displaced. */
export function gravityOn(law: Law, day: Day): GravityTable | undefined {
  const national = law.gravity.findLast(one => one.inForceFrom <= day)
  const local = law.cityGravity.findLast(one => one.inForceFrom <= day)
  if (national === undefined || local === undefined) return national
  const settled = new Set(national.thresholds.map(one => one.domain))
  return { ...national, thresholds: [...national.thresholds, ...local.thresholds.filter(one => !settled.has(one.domain))] }
}

/** True when the act is in force on the day; an act whose first day is not known is taken to be in force. */
export function instrumentInForce(instrument: Instrument, day: Day): boolean {
  return (
    (instrument.inForceFrom === null || instrument.inForceFrom <= day) &&
    (instrument.inForceUntil === null || day <= instrument.inForceUntil)
  )
}

export type ReadBasis = {
  readonly instrument: Instrument
  readonly article: string | null
  readonly text: string | null
  readonly textSource: string | null
}

/** What a basis `instrument#article` cites; text is null where it is not held (条文原文待录入). Undefined for an unknown instrument. */
export function basisOf(law: Law, basis: string): ReadBasis | undefined {
  const [id = '', article] = basis.split('#')
  const instrument = law.instruments.get(id)
  if (instrument === undefined) return undefined
  const held = instrument.articles.find(one => one.article === article)
  return { instrument, article: article ?? null, text: held?.text ?? null, textSource: held?.textSource ?? null }
}

/** Headings compare without width, case and blanks. */
export function headingKey(heading: string): string {
  return heading.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}

/** Names of units compare without width and blanks. */
export function unitNameKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, '')
}

/** The unit of a name, short name or alias as a file writes it. */
export function findUnitByName(law: Law, name: string): Unit | undefined {
  return law.unitByName.get(name) ?? law.unitByName.get(unitNameKey(name))
}

/** The column a heading stands for: under the legacy edition if one is named, else under today's table, else under any older one. */
export function columnOf(item: ItemEdition, heading: string, legacy?: string): string | undefined {
  const key = headingKey(heading)
  const named = legacy === undefined ? undefined : item.legacyByHeading.get(legacy)?.get(key)
  if (named !== undefined) return named
  const today = item.columnByHeading.get(key)
  if (today !== undefined) return today
  for (const older of item.legacyByHeading.values()) {
    const column = older.get(key)
    if (column !== undefined) return column
  }
  return undefined
}

/** True when the unit is assigned to report the item; nothing else is taken from it (principle 1). */
export function isAssigned(law: Law, unit: string, item: string): boolean {
  return law.units.get(unit)?.items.includes(item) ?? false
}
