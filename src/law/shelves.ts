import * as accessModel from './access-model.ts'
import { authorisableFile } from './authorisation-model.ts'
import { campaignFile, cityCampaignFile } from './campaign-model.ts'
import { cityFile, cityGravityFile, source, unitFile } from './city-model.ts'
import { cityClockFile, objectionClockFile } from './clock-model.ts'
import * as commitmentModel from './commitment-model.ts'
import { declarationRules, declarationVerifiers } from './declaration-model.ts'
import * as disclosureModel from './disclosure-model.ts'
import { identityProviderFile } from './identity-model.ts'
import * as itemModel from './item-model.ts'
import { listRule } from './list-model.ts'
import { maskingFile } from './masking-model.ts'
import { measureFile } from './measure-model.ts'
import * as model from './model.ts'
import { noticeTemplate } from './notice-model.ts'
import { oversightFile } from './oversight-model.ts'
import { procedureFile } from './procedure-model.ts'
import { purposeFile } from './purpose-model.ts'
import { quotaFile } from './quota-model.ts'
import { entries, type Shelf, shelf } from './reading.ts'
import { receiversFile } from './receiver-model.ts'
import { repairRegime, repairTransition } from './repair-model.ts'
import * as reportModel from './report-model.ts'
import { cityRoleFile, roleFile } from './role-model.ts'
import { senderFile } from './sender-model.ts'

/** Every kind of file there may be under `law/` and `city/<city>/`. A file that fits none of them is refused. */
export const SHELVES: readonly Shelf[] = [
  shelf(model.instrumentFile, {
    pattern: /^instruments(\/[^/]+)?\.yaml$/,
    origin: 'both',
    add: (reading, file) => reading.instruments.push(...entries(file, 'instruments', file.value.instruments)),
  }),
  shelf(model.classFile, {
    pattern: /^catalogue\/classes\.yaml$/,
    required: 'catalogue/classes.yaml',
    add: (reading, file) => reading.classes.push(...entries(file, 'classes', file.value.classes)),
  }),
  shelf(model.codeList, {
    pattern: /^catalogue\/code-lists\/[^/]+\.yaml$/,
    origin: 'both',
    add: (reading, file) => reading.codeLists.push(file),
    named: list => ({ path: `catalogue/code-lists/${list.list}.yaml`, key: 'list' }),
  }),
  shelf(itemModel.catalogueItem, {
    pattern: /^catalogue\/items\/[^/]+\.yaml$/,
    origin: 'both',
    add: (reading, file) => reading.items.push(file),
    named: item => ({ path: `catalogue/items/${item.item}@${item.inForceFrom}.yaml`, key: 'item' }),
  }),
  shelf(authorisableFile, {
    pattern: /^access\/authorisable\.yaml$/,
    required: 'access/authorisable.yaml',
    add: (reading, file) => {
      reading.authorisableClasses.push(...entries(file, 'classes', file.value.classes))
      reading.authorisationPurposes.push(...entries(file, 'purposes', file.value.purposes))
      reading.authorisationLimits.push({ ...file, value: file.value.limits, path: ['limits'] })
    },
  }),
  shelf(disclosureModel.regimeFile, {
    pattern: /^disclosure\/regimes\.yaml$/,
    required: 'disclosure/regimes.yaml',
    add: (reading, file) => reading.disclosures.push(file),
  }),
  shelf(repairTransition, {
    pattern: /^repair\/transition\.yaml$/,
    required: 'repair/transition.yaml',
    add: (reading, file) => reading.repairTransitions.push(file),
  }),
  shelf(repairRegime, {
    pattern: /^repair\/[^/]+\.yaml$/,
    add: (reading, file) => reading.repairs.push(file),
    named: one => ({ path: `repair/${one.regime.toLowerCase()}.yaml`, key: 'regime' }),
  }),
  shelf(disclosureModel.prohibitedFile, {
    pattern: /^prohibited\.yaml$/,
    required: 'prohibited.yaml',
    add: (reading, file) => reading.prohibited.push(...entries(file, 'prohibited', file.value.prohibited)),
  }),
  shelf(reportModel.calendarYear, {
    pattern: /^calendar\/[^/]+\.yaml$/,
    add: (reading, file) => reading.calendar.push(file),
    named: year => ({ path: `calendar/${year.year}.yaml`, key: 'year' }),
  }),
  shelf(objectionClockFile, {
    pattern: /^clocks\/objection\.yaml$/,
    required: 'clocks/objection.yaml',
    add: (reading, file) => reading.objectionClocks.push(...entries(file, 'sets', file.value.sets)),
  }),
  shelf(cityClockFile, {
    pattern: /^clocks\.yaml$/,
    origin: 'city',
    add: (reading, file) => {
      reading.objectionClocks.push(...entries(file, 'sets', file.value.sets))
      reading.cityClocks.push(file)
    },
  }),
  shelf(reportModel.domainFile, {
    pattern: /^reports\/domains\.yaml$/,
    required: 'reports/domains.yaml',
    add: (reading, file) => reading.domains.push(...entries(file, 'domains', file.value.domains)),
  }),
  shelf(reportModel.reportLayout, {
    pattern: /^reports\/(public|special)@[^/]+\.yaml$/,
    add: (reading, file) => reading.layouts.push(file),
    named: layout => ({ path: `reports/${layout.layout}@${layout.inForceFrom}.yaml`, key: 'layout' }),
  }),
  shelf(listRule, {
    pattern: /^lists\/[^/]+\.yaml$/,
    origin: 'both',
    add: (reading, file) => reading.lists.push(file),
    named: list => ({ path: `lists/${list.list}.yaml`, key: 'list' }),
  }),
  shelf(measureFile, {
    pattern: /^measures\.yaml$/,
    origin: 'both',
    required: 'measures.yaml',
    add: (reading, file) => reading.measures.push(...entries(file, 'measures', file.value.measures)),
  }),
  shelf(noticeTemplate, {
    pattern: /^notices\/[^/]+\.yaml$/,
    add: (reading, file) => reading.notices.push(file),
    named: one => ({ path: `notices/${one.notice}@${one.inForceFrom}.yaml`, key: 'notice' }),
  }),
  shelf(procedureFile, {
    pattern: /^procedures\/[a-z-]+@[^/]+\.yaml$/,
    add: (reading, file) => reading.procedures.push(file),
    named: one => ({ path: `procedures/${one.procedure}@${one.inForceFrom}.yaml`, key: 'procedure' }),
  }),
  shelf(commitmentModel.commitmentRegister, {
    pattern: /^commitments\/register\.yaml$/,
    required: 'commitments/register.yaml',
    add: (reading, file) => reading.commitmentRegisters.push(file),
  }),
  shelf(commitmentModel.commitmentTemplate, {
    pattern: /^commitments\/templates\/[^/]+\.yaml$/,
    add: (reading, file) => reading.commitmentTemplates.push(file),
    named: one => ({ path: `commitments/templates/${one.template}@${one.inForceFrom}.yaml`, key: 'template' }),
  }),
  shelf(commitmentModel.commitmentMatters, {
    pattern: /^commitments\/[^/]+\.yaml$/,
    origin: 'city',
    add: (reading, file) => reading.commitmentMatters.push(file),
    named: one => ({ path: `commitments/${one.unit}.yaml`, key: 'unit' }),
  }),
  shelf(declarationRules, {
    pattern: /^declarations\/rules@[^/]+\.yaml$/,
    add: (reading, file) => reading.declarationRules.push(file),
    named: one => ({ path: `declarations/rules@${one.inForceFrom}.yaml`, key: 'inForceFrom' }),
  }),
  shelf(declarationVerifiers, {
    pattern: /^declarations\.yaml$/,
    origin: 'city',
    add: (reading, file) => reading.declarationVerifiers.push(file),
  }),
  shelf(campaignFile, {
    pattern: /^campaigns\.yaml$/,
    required: 'campaigns.yaml',
    add: (reading, file) => {
      reading.campaigns.push(file)
      reading.campaignThemes.push(...entries(file, 'themes', file.value.themes))
    },
  }),
  shelf(cityCampaignFile, {
    pattern: /^campaigns\.yaml$/,
    origin: 'city',
    add: (reading, file) => reading.campaignThemes.push(...entries(file, 'themes', file.value.themes)),
  }),
  shelf(roleFile, {
    pattern: /^access\/roles\.yaml$/,
    required: 'access/roles.yaml',
    add: (reading, file) => {
      reading.permissions.push(...entries(file, 'permissions', file.value.permissions))
      reading.roles.push(...entries(file, 'roles', file.value.roles))
    },
  }),
  shelf(cityRoleFile, {
    pattern: /^roles\.yaml$/,
    origin: 'city',
    add: (reading, file) => reading.roles.push(...entries(file, 'roles', file.value.roles)),
  }),
  shelf(accessModel.rightsFile, {
    pattern: /^access\/rights-clocks\.yaml$/,
    required: 'access/rights-clocks.yaml',
    add: (reading, file) => reading.rights.push(file),
  }),
  shelf(accessModel.retentionFile, {
    pattern: /^access\/retention\.yaml$/,
    required: 'access/retention.yaml',
    add: (reading, file) => reading.retention.push(file),
  }),
  shelf(accessModel.gatedFile, {
    pattern: /^access\/gated-functions\.yaml$/,
    required: 'access/gated-functions.yaml',
    add: (reading, file) => reading.gated.push(...entries(file, 'functions', file.value.functions)),
  }),
  shelf(oversightFile, {
    pattern: /^access\/oversight\.yaml$/,
    required: 'access/oversight.yaml',
    add: (reading, file) => reading.oversight.push(file),
  }),
  shelf(purposeFile, {
    pattern: /^access\/purposes\.yaml$/,
    required: 'access/purposes.yaml',
    add: (reading, file) => reading.lookPurposes.push(...entries(file, 'purposes', file.value.purposes)),
  }),
  shelf(purposeFile, {
    pattern: /^purposes\.yaml$/,
    origin: 'city',
    add: (reading, file) => reading.lookPurposes.push(...entries(file, 'purposes', file.value.purposes)),
  }),
  shelf(receiversFile, {
    pattern: /^access\/receivers\.yaml$/,
    required: 'access/receivers.yaml',
    add: (reading, file) => reading.receivers.push(file),
  }),
  shelf(maskingFile, {
    pattern: /^access\/masking\.yaml$/,
    required: 'access/masking.yaml',
    add: (reading, file) => reading.masking.push(file),
  }),
  shelf(quotaFile, {
    pattern: /^access\/quotas\.yaml$/,
    required: 'access/quotas.yaml',
    add: (reading, file) => reading.quotas.push(...entries(file, 'quotas', file.value.quotas)),
  }),
  shelf(quotaFile, {
    pattern: /^quotas\.yaml$/,
    origin: 'city',
    add: (reading, file) => reading.quotas.push(...entries(file, 'quotas', file.value.quotas)),
  }),
  shelf(cityFile, {
    pattern: /^city\.yaml$/,
    origin: 'city',
    required: 'city.yaml',
    add: (reading, file) => reading.cities.push(file),
  }),
  shelf(unitFile, {
    pattern: /^units\.yaml$/,
    origin: 'city',
    required: 'units.yaml',
    add: (reading, file) => reading.units.push(...entries(file, 'units', file.value.units)),
  }),
  shelf(senderFile, {
    pattern: /^senders\.yaml$/,
    origin: 'city',
    add: (reading, file) => reading.senders.push(file),
  }),
  shelf(source, {
    pattern: /^sources\/[^/]+\.yaml$/,
    origin: 'city',
    add: (reading, file) => reading.sources.push(file),
    named: one => ({ path: `sources/${one.source}.yaml`, key: 'source' }),
  }),
  shelf(identityProviderFile, {
    pattern: /^identity-providers\.yaml$/,
    origin: 'city',
    add: (reading, file) => reading.identityProviders.push(...entries(file, 'providers', file.value.providers)),
  }),
  shelf(cityGravityFile, {
    pattern: /^local-rules\.yaml$/,
    origin: 'city',
    add: (reading, file) => reading.cityGravity.push(...entries(file, 'gravity', file.value.gravity)),
  }),
]
