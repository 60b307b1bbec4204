import { join } from 'node:path'
import { ROOT } from '../base/root.ts'
import type { Law } from '../law/law.ts'
import { loadLaw } from '../law/load.ts'

/** The law as files, for a door that has no App. */
export function openLaw(): Law {
  return loadLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') }).law
}
