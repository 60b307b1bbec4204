import { checkAuthorisable } from './check-authorisable.ts'
import { checkCalendar } from './check-calendar.ts'
import { checkCampaigns } from './check-campaigns.ts'
import { checkChanges } from './check-changes.ts'
import { checkCity } from './check-city.ts'
import { checkClocks } from './check-clocks.ts'
import { checkCommitments } from './check-commitments.ts'
import { checkDeclarations } from './check-declarations.ts'
import { checkDisclosure } from './check-disclosure.ts'
import { checkFields } from './check-fields.ts'
import { checkIdentity } from './check-identity.ts'
import { checkInstruments } from './check-instruments.ts'
import { checkItems } from './check-items.ts'
import { checkLists } from './check-lists.ts'
import { checkMasking } from './check-masking.ts'
import { checkMeasures } from './check-measures.ts'
import { checkNotices } from './check-notices.ts'
import { checkOverlay } from './check-overlay.ts'
import { checkProcedures } from './check-procedures.ts'
import { checkPurposes } from './check-purposes.ts'
import { checkQuotas } from './check-quotas.ts'
import { checkReceivers } from './check-receivers.ts'
import { checkRegimes } from './check-regimes.ts'
import { checkRepair } from './check-repair.ts'
import { checkReports } from './check-reports.ts'
import { checkRoles } from './check-roles.ts'
import { checkSenders } from './check-senders.ts'
import { checkSources } from './check-sources.ts'
import { type Flaw, makeFlaw } from './flaw.ts'
import type { Check } from './ground.ts'
import type { Law } from './law.ts'
import { placeOf } from './place.ts'
import type { Reading } from './reading.ts'

const CHECKS: readonly Check[] = [
  checkInstruments,
  checkItems,
  checkFields,
  checkChanges,
  checkDisclosure,
  checkLists,
  checkCommitments,
  checkDeclarations,
  checkAuthorisable,
  checkReceivers,
  checkRegimes,
  checkRepair,
  checkMasking,
  checkMeasures,
  checkProcedures,
  checkCampaigns,
  checkPurposes,
  checkQuotas,
  checkCalendar,
  checkClocks,
  checkReports,
  checkCity,
  checkSources,
  checkIdentity,
  checkOverlay,
  checkRoles,
  checkNotices,
  checkSenders,
]

/** What the shapes cannot say: references that lead nowhere, gaps, limits passed. Each flaw with the line it stands on. */
export function checkLaw(law: Law, reading: Reading): Flaw[] {
  const flaws: Flaw[] = []
  for (const check of CHECKS) {
    check({ law, reading }, (code, at, path, facts = {}) => {
      flaws.push(makeFlaw(code, at.file.name, placeOf(at.file, [...at.path, ...path]), facts))
    })
  }
  return flaws
}
