import type { ZodType, z } from 'zod'
import type { GatedFunction, RetentionLaw, RightsLaw } from './access-model.ts'
import type { AuthorisableClass, AuthorisationLimits, AuthorisationPurpose } from './authorisation-model.ts'
import type { CampaignTheme, campaignFile } from './campaign-model.ts'
import type { cityFile, cityGravityFile, Source, Unit } from './city-model.ts'
import type { CityClocks, ObjectionClocks } from './clock-model.ts'
import type { CommitmentMatters, CommitmentRegister, CommitmentTemplate } from './commitment-model.ts'
import type { DeclarationRules, DeclarationVerifiers } from './declaration-model.ts'
import type * as disclosureModel from './disclosure-model.ts'
import type { Flaw } from './flaw.ts'
import { makeFlaw } from './flaw.ts'
import type { IdentityProvider } from './identity-model.ts'
import type * as itemModel from './item-model.ts'
import type { ListRule } from './list-model.ts'
import type { maskingFile } from './masking-model.ts'
import type { Measure } from './measure-model.ts'
import type * as model from './model.ts'
import type { NoticeTemplate } from './notice-model.ts'
import type { OversightLaw } from './oversight-model.ts'
import { type LawFile, type Path, placeOf } from './place.ts'
import type { Procedure } from './procedure-model.ts'
import type { LookPurpose } from './purpose-model.ts'
import type { QuotaRule } from './quota-model.ts'
import { readYaml } from './read.ts'
import type { ReceiversLaw } from './receiver-model.ts'
import type { RepairRegime, RepairTransition } from './repair-model.ts'
import type * as reportModel from './report-model.ts'
import type { PermissionRule, RoleRule } from './role-model.ts'
import type { SenderLaw } from './sender-model.ts'

/** A value of the law with the place it was read at. */
export type Located<T> = { readonly value: T; readonly file: LawFile; readonly path: Path }

/** Everything that was read, by noun, in the order of the files; what the checks walk over. */
export type Reading = {
  readonly files: LawFile[]
  readonly contents: Located<unknown>[]
  readonly instruments: Located<model.Instrument>[]
  readonly classes: Located<model.CatalogueClass>[]
  readonly codeLists: Located<model.CodeList>[]
  readonly items: Located<itemModel.CatalogueItem>[]
  readonly authorisableClasses: Located<AuthorisableClass>[]
  readonly authorisationPurposes: Located<AuthorisationPurpose>[]
  readonly authorisationLimits: Located<AuthorisationLimits>[]
  readonly disclosures: Located<disclosureModel.RegimeFile>[]
  readonly repairs: Located<RepairRegime>[]
  readonly repairTransitions: Located<RepairTransition>[]
  readonly prohibited: Located<disclosureModel.ProhibitedContent>[]
  readonly calendar: Located<reportModel.CalendarYear>[]
  readonly objectionClocks: Located<ObjectionClocks>[]
  readonly cityClocks: Located<CityClocks>[]
  readonly domains: Located<reportModel.Domain>[]
  readonly layouts: Located<reportModel.ReportLayout>[]
  readonly lists: Located<ListRule>[]
  readonly measures: Located<Measure>[]
  readonly commitmentRegisters: Located<CommitmentRegister>[]
  readonly commitmentTemplates: Located<CommitmentTemplate>[]
  readonly commitmentMatters: Located<CommitmentMatters>[]
  readonly declarationRules: Located<DeclarationRules>[]
  readonly declarationVerifiers: Located<DeclarationVerifiers>[]
  readonly procedures: Located<Procedure>[]
  readonly permissions: Located<PermissionRule>[]
  readonly roles: Located<RoleRule>[]
  readonly quotas: Located<QuotaRule>[]
  readonly lookPurposes: Located<LookPurpose>[]
  readonly cities: Located<z.infer<typeof cityFile>>[]
  readonly units: Located<Unit>[]
  readonly sources: Located<Source>[]
  readonly identityProviders: Located<IdentityProvider>[]
  readonly rights: Located<RightsLaw>[]
  readonly retention: Located<{ retention: RetentionLaw }>[]
  readonly gated: Located<GatedFunction>[]
  readonly oversight: Located<OversightLaw>[]
  readonly receivers: Located<ReceiversLaw>[]
  readonly campaigns: Located<z.infer<typeof campaignFile>>[]
  readonly campaignThemes: Located<CampaignTheme>[]
  readonly masking: Located<z.infer<typeof maskingFile>>[]
  readonly notices: Located<NoticeTemplate>[]
  readonly senders: Located<SenderLaw>[]
  readonly cityGravity: Located<z.infer<typeof cityGravityFile>['gravity'][number]>[]
}

export function emptyReading(): Reading {
  return {
    files: [],
    contents: [],
    instruments: [],
    classes: [],
    codeLists: [],
    items: [],
    authorisableClasses: [],
    authorisationPurposes: [],
    authorisationLimits: [],
    disclosures: [],
    repairs: [],
    repairTransitions: [],
    prohibited: [],
    calendar: [],
    objectionClocks: [],
    cityClocks: [],
    domains: [],
    layouts: [],
    lists: [],
    measures: [],
    commitmentRegisters: [],
    commitmentTemplates: [],
    commitmentMatters: [],
    declarationRules: [],
    declarationVerifiers: [],
    procedures: [],
    permissions: [],
    roles: [],
    quotas: [],
    lookPurposes: [],
    cities: [],
    units: [],
    sources: [],
    identityProviders: [],
    rights: [],
    retention: [],
    gated: [],
    oversight: [],
    receivers: [],
    campaigns: [],
    campaignThemes: [],
    masking: [],
    notices: [],
    senders: [],
    cityGravity: [],
  }
}

/** A kind of file: which paths are of the kind, and what reading one adds. */
export type Shelf = {
  readonly pattern: RegExp
  readonly origin: 'national' | 'city' | 'both'
  /** A path that must exist. */
  readonly required: string | null
  readonly read: (file: LawFile, reading: Reading) => Flaw[]
}

/** What a shelf says about its files beyond their shape. */
export type ShelfRule<T> = {
  readonly pattern: RegExp
  readonly origin?: 'city' | 'both'
  readonly required?: string
  /** Adds the file's entries to the reading. */
  readonly add: (reading: Reading, located: Located<T>) => void
  /** The path that the content asks for, and the key that asks. */
  readonly named?: (value: T) => { readonly path: string; readonly key: string }
}

export function shelf<T>(shape: ZodType<T>, rule: ShelfRule<T>): Shelf {
  return {
    pattern: rule.pattern,
    origin: rule.origin ?? 'national',
    required: rule.required ?? null,
    read(file, reading) {
      const answer = readYaml(file, shape)
      if ('flaws' in answer) return answer.flaws
      const located: Located<T> = { value: freeze(answer.value), file, path: [] }
      reading.contents.push(located)
      rule.add(reading, located)
      const wanted = rule.named?.(answer.value)
      if (wanted === undefined || wanted.path === file.path) return []
      return [makeFlaw('law.file-name-differs', file.name, placeOf(file, [wanted.key]), { wanted: wanted.path })]
    },
  }
}

/** The located entries of a list inside a file. */
export function entries<T>(within: Located<unknown>, key: string, values: readonly T[]): Located<T>[] {
  return values.map((value, index) => ({ value, file: within.file, path: [...within.path, key, index] }))
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) freeze(inner)
  return Object.freeze(value)
}
