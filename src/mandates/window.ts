import type { Actor } from '../access/actor.ts'
import { type Organisation, organisationOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import { NotAllowed } from '../base/refusal.ts'

/** Whose windows make sure of a person for the whole platform: those of government. A company's or an institution's officers check and issue. */
const WINDOWS: readonly Organisation['kind'][] = ['credit-office', 'city-department', 'county-department']

/** Refuses `window.not-of-government` (403): who binds accounts to subjects, or resets them, vouches for the person before everybody. */
export async function requireWindow(app: App, { unit }: Pick<Actor, 'unit'>): Promise<void> {
  const organisation = unit === null ? undefined : await organisationOf(app, unit)
  if (!organisation?.isOpen || !WINDOWS.includes(organisation.kind)) throw new NotAllowed('window.not-of-government')
}
