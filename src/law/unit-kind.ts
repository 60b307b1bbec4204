/** Kinds of organisation: who reports, who decides, who receives, and the platforms above and beside this one. */
export const UNIT_KINDS = [
  'city',
  'county',
  'credit-office',
  'audit-office',
  'city-department',
  'county-department',
  'court',
  'utility',
  'service-institution',
  'bank',
  'credit-service-institution',
  'platform-above',
  'platform-beside',
] as const
export type UnitKind = (typeof UNIT_KINDS)[number]
