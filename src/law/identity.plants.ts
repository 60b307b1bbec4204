import { add, type Plant } from './plant.ts'
import type { FlawCode } from './rules.ts'
import { planted } from './testing.ts'

const FILE = 'city/small/identity-providers.yaml'
const SOUND = `providers:
  - id: province
    name: 某统一身份认证
    issuer: https://identity.invalid
    client: { id: credit, authentication: client-secret-basic, file: province.secret }
    scopes: [openid, profile]
    for: [staff, subjects]
    claims:
      name: name
      residentId: id_number
      organisation: { uscc: uscc, capacity: role, capacities: { '1': legal-representative, '2': agent } }
    realName: { claim: acr, values: [high] }
`
const wrong = (code: FlawCode, from: string, to: string, line: string): Plant => add(code, FILE, planted(SOUND, from, to), line)
const again = (id: string, issuer: string): string =>
  `${SOUND}${SOUND.replace('providers:\n', '').replace('province', id).replace('https://identity.invalid', issuer)}`

/** The file of identity providers, and everything that may be wrong with it. */
export const SOUND_IDENTITY = { [FILE]: SOUND }
export const IDENTITY_PLANTS: readonly Plant[] = [
  add('law.identity-duplicate', FILE, again('province', 'https://other.invalid'), 'id: province'),
  add('law.identity-issuer-duplicate', FILE, again('other', 'https://identity.invalid'), 'issuer: https://identity.invalid'),
  wrong('law.identity-without-tls', 'https://', 'http://', 'issuer:'),
  wrong('law.identity-scope-missing', '[openid, profile]', '[profile]', 'scopes:'),
  wrong('law.identity-door-twice', '[staff, subjects]', '[staff, subjects, staff]', 'for:'),
  wrong('law.identity-key-algorithm', 'client-secret-basic', 'private-key-jwt', 'client:'),
  wrong('law.identity-key-algorithm', 'file: province.secret', 'file: province.secret, signsWith: ES256', 'client:'),
  wrong(
    'law.identity-subject-unknown',
    "      residentId: id_number\n      organisation: { uscc: uscc, capacity: role, capacities: { '1': legal-representative, '2': agent } }\n",
    '',
    'claims:',
  ),
  wrong('law.identity-capacity-missing', "'1': legal-representative, ", '', 'claims:'),
  wrong('law.identity-level-missing', '    realName: { claim: acr, values: [high] }\n', '', 'for:'),
  wrong('law.value-malformed', 'https://identity.invalid', 'https://user@identity.invalid', 'issuer:'),
  wrong('law.value-malformed', 'https://identity.invalid', 'https://identity.invalid:99999', 'issuer:'),
  wrong('law.value-not-allowed', 'scopes:', 'algorithms: [HS256]\n    scopes:', 'algorithms:'),
  wrong('law.key-unknown', 'file: province.secret', 'secret: abc, file: province.secret', 'client:'),
]
