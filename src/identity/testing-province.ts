import { openActivated } from '../access/testing.ts'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { TEST_NOW } from '../testing-app.ts'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type FederatedPlatform,
  findFreePort,
  openFederatedPlatform,
  type Provided,
} from './testing.ts'
import { openTestBrowser, type Seen, type TestBrowser } from './testing-browser.ts'
import { startChild, type TestChild } from './testing-child.ts'
import { PROVIDER_PASSWORD, type ProviderOrder, type ProviderSettings, type TestPerson } from './testing-provider.ts'

/* An invented province: its provider of unified identity in a process of its own, its people, and the platform as its relying party. */

export const FIRM = '澜川云麓食品有限公司'
export const USCC = inventedUscc('enterprise', 8)
export const ADULT = inventedResidentId(3, day('1990-03-07'))
const MINOR = inventedResidentId(4, day('2010-05-01'))
const PERSONS: readonly TestPerson[] = [
  { login: 'person', acr: 'high', claims: { name: '某甲', id_number: ADULT } },
  { login: 'strong', acr: 'two-factor', claims: { name: '某甲', id_number: ADULT } },
  { login: 'low', acr: 'low', claims: { name: '某乙', id_number: inventedResidentId(5, day('1985-01-09')) } },
  { login: 'minor', acr: 'high', claims: { name: '某丙', id_number: MINOR } },
  { login: 'renamed', acr: 'high', claims: { name: '某丁', id_number: ADULT } },
  { login: 'torn', acr: 'high', claims: { name: '某戊', id_number: '860101199003070000' } },
  { login: 'nobody', acr: 'high', claims: { name: '某己' } },
  { login: 'head', acr: 'high', claims: { name: '某甲', id_number: ADULT, uscc: USCC, corp_role: '1' } },
  { login: 'agent', acr: 'high', claims: { name: '某庚', uscc: USCC, corp_role: '2' } },
  { login: 'unsaid', acr: 'high', claims: { name: '某庚', uscc: USCC, corp_role: '9' } },
  { login: 'newfirm', acr: 'high', claims: { name: '某辛', uscc: inventedUscc('enterprise', 99), corp_role: '1' } },
  { login: 'officer', acr: 'two-factor', claims: { name: '窗口人员', employee_no: 'window.one' } },
  { login: 'usurper', acr: 'two-factor', claims: { name: '某癸', employee_no: 'WINDOW.ONE' } },
  { login: 'invited', acr: 'two-factor', claims: { name: '审计人员' } },
  { login: 'firm-login', acr: 'two-factor', claims: { name: '某壬', employee_no: 'firm.own' } },
]

export type Province = {
  readonly platform: FederatedPlatform
  readonly provider: TestChild<ProviderOrder>
  readonly firm: SubjectId
  /** Goes from a door to the provider and through its login page; the page that comes then. */
  signIn(login: string, door?: 'subjects' | 'staff', browser?: TestBrowser): Promise<Seen>
  /** What the API says of whoever is signed in; a problem where nobody is. */
  me(browser: TestBrowser): Promise<Record<string, unknown>>
  countOf(table: 'subject' | 'account' | 'session' | 'federated_person' | 'identity_request'): Promise<number>
  /** Moves both clocks on, and sets the provider's `ahead` of the platform's. */
  pass(seconds: number, ahead?: number): Promise<void>
  close(): Promise<void>
}

export type ProvinceSettings = {
  readonly hasFront?: boolean
  /** What the platform's city says of the provider otherwise than `PROVINCE`. */
  readonly configured?: Omit<Provided, 'issuer'>
  /** What stands in the client's file. */
  readonly secret?: string
  /** How the provider is set otherwise. */
  readonly provided?: Partial<ProviderSettings>
}

export async function openProvince({ configured, provided, ...more }: ProvinceSettings = {}): Promise<Province> {
  const now = TEST_NOW.getTime()
  const [port, providerPort, deadPort] = [await findFreePort(), await findFreePort(), await findFreePort()]
  const provider = startChild<ProviderOrder>('testing-provider.ts')
  const known = { clientId: CLIENT_ID, authentication: 'client_secret_basic', secret: CLIENT_SECRET, clientKeys: [] } as const
  const usual = { alg: 'RS256', pushed: true, takesForms: false, namesInToken: false, persons: PERSONS } as const
  const settings = { ...known, ...usual, platform: `http://127.0.0.1:${port}`, port: providerPort, now, ...provided }
  const dead = { id: 'dead', name: '某停用认证', issuer: `http://localhost:${deadPort}`, for: ['subjects'] } as const
  const opened = async (): Promise<FederatedPlatform> => {
    const { issuer } = await provider.ask<{ issuer: string }>({ do: 'open', settings })
    return await openFederatedPlatform(
      port,
      [
        { ...configured, issuer },
        { ...dead, for: ['subjects'] },
      ],
      more,
    )
  }
  // A test that cannot begin must end: the other process would keep it waiting for ever.
  const platform = await opened().catch(async (error: unknown) => {
    await provider.stop()
    throw error
  })
  const firm = await fillIn(platform)
  let elapsed = 0
  return {
    platform,
    provider,
    firm,
    signIn: async (login, door = 'subjects', browser = openTestBrowser()) => {
      await browser.open(`${platform.address}/signin/oidc/province?door=${door}`)
      return await browser.send('/interaction/', { login, password: PROVIDER_PASSWORD })
    },
    me: async browser => JSON.parse(await browser.read(`${platform.address}/api/v1/sessions/me`)) as Record<string, unknown>,
    countOf: async table =>
      (await platform.app.changes.row<{ count: number }>({ text: `select count(*) as count from ${table}` }))?.count ?? 0,
    pass: async (seconds, ahead = 0) => {
      elapsed += seconds
      platform.t.setNow(new Date(now + elapsed * 1000))
      await provider.ask({ do: 'clock', now: now + (elapsed + ahead) * 1000 })
    },
    close: async () => {
      await platform.close()
      await provider.stop()
    },
  }
}

async function fillIn({ app }: FederatedPlatform): Promise<SubjectId> {
  const [firm] = await openTestSubjects(app, [{ name: FIRM, uscc: USCC }])
  const password = 'wo-de-xin-yong-1'
  await openActivated(app, { login: 'window.one', name: '窗口人员', unit: 'approval', roles: ['window-officer'], password })
  await openActivated(app, { login: 'audit.one', name: '审计人员', unit: 'audit-office', roles: ['auditor'], password })
  await openActivated(app, {
    login: 'firm.own',
    name: FIRM,
    unit: null,
    roles: ['subject'],
    password,
    subjectId: firm as SubjectId,
  })
  return firm as SubjectId
}
