import type { App } from '../app.ts'

/** The city's credit office: the only one without a unit above it. */
export function creditOffice(app: Pick<App, 'law'>): string {
  for (const unit of app.law.units.values()) if (unit.kind === 'credit-office' && !unit.parent) return unit.id
  throw new Error('a city without a credit office')
}
