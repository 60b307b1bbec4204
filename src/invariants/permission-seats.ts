/** Where the people of these tests sit: what each role's unit is. */
export const SEATS: Readonly<Record<string, string>> = {
  clerk: 'market-regulation',
  'credit-office': 'credit-office',
  'window-officer': 'approval',
  'case-officer': 'market-regulation',
  receiver: 'rural-bank',
  'privacy-officer': 'credit-office',
  investigator: 'market-regulation',
  'unit-administrator': 'market-regulation',
  'system-administrator': 'credit-office',
  'security-administrator': 'credit-office',
  auditor: 'audit-office',
  subject: 'subject',
  program: 'market-regulation',
  'receiver-program': 'rural-bank',
}
