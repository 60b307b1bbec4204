import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findAccount } from '../access/accounts.ts'
import { type Actor, ANYONE, SYSTEM } from '../access/actor.ts'
import type { App } from '../app.ts'
import { addDays, legalDay } from '../base/day.ts'
import { confirmProgram, proposeProgram } from '../programs/commands.ts'
import { addKey } from '../programs/key-commands.ts'
import { viewPrograms } from '../programs/views.ts'

/** The example city's program, with its private key in a file that is made at first start and nowhere else. */
export type ExampleProgram = { readonly client: string; readonly key: string; readonly file: string }

const UNIT = 'approval'
const YEAR = 365

/**
 * Makes the example program of the approval bureau, proposed and confirmed by the two example administrators, or finds the one made before.
 * Undefined in a city without them, and where the key's file is gone: it cannot be made again.
 */
export async function makeExampleProgram(app: App, dataDir: string): Promise<ExampleProgram | undefined> {
  const folder = join(dataDir, 'example-program')
  const file = join(folder, 'key.pem')
  const made = (await viewPrograms(app, SYSTEM)).find(program => program.unit === UNIT && program.name === NAME)
  if (made) {
    const [key] = made.keys
    const isThere = existsSync(file)
    return key && isThere ? { client: made.clientId, key: key.keyId, file } : undefined
  }
  const [proposer, confirmer] = [await administrator(app, 'admin.system'), await administrator(app, 'admin.security')]
  if (!proposer || !confirmer || !app.law.units.has(UNIT)) return undefined
  const { programId, clientId } = await proposeProgram(app, proposer, {
    ...{ name: NAME, unit: UNIT, purpose: '办理许可前核查申请单位', quota: 'program-standard', networks: [] },
    scopes: ['check.make', 'delivery.send', 'delivery.read', 'template.read', 'law.read'],
    endsOn: addDays(legalDay(app.now(), app.city.zone), YEAR),
  })
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  const pem = String(publicKey.export({ format: 'pem', type: 'spki' }))
  const { keyId } = await addKey(app, proposer, programId, { algorithm: 'ed25519', publicKey: pem })
  await confirmProgram(app, confirmer, programId, [keyId])
  return { client: clientId, key: keyId, file }
}

const NAME = '示例审批系统'

async function administrator(app: App, login: string): Promise<Actor | undefined> {
  const account = await findAccount(app.db, login)
  return account && { ...ANYONE, id: `account:${account.accountId}`, name: account.name, unit: 'credit-office' }
}
