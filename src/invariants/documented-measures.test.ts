import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { TRIES_FROM_ADDRESS, TRIES_OF_LOGIN } from '../access/brake.ts'
import { FRESH_MINUTES } from '../access/fresh.ts'
import { LEAST_PASSWORD, LEAST_STAFF_PASSWORD, LONGEST_PASSWORD } from '../access/password.ts'
import { ROOT } from '../base/root.ts'
import { LINES_AT_MOST } from '../checks/list.ts'
import { PATIENCE } from '../http/patience.ts'
import { FACTOR_MINUTES, IDLE_MINUTES, SESSION_HOURS } from '../http/session.ts'
import { ACTIVATION_DAYS } from '../mandates/activation.ts'

// docs/security/measures.md is what an assessor reads; here it is held against what the program does.

const page = readFileSync(join(ROOT, 'docs/security/measures.md'), 'utf8')

for (const [what, sentence] of [
  ['passwords', `${LEAST_STAFF_PASSWORD} characters of staff, ${LEAST_PASSWORD} of subjects, at most ${LONGEST_PASSWORD}`],
  ['the brake', `${TRIES_OF_LOGIN} wrong tries of a login, ${TRIES_FROM_ADDRESS} from an address`],
  ['an unused session', `| ends without a request | ${IDLE_MINUTES} minutes |`],
  ['a session', `| ends whatever is asked | ${SESSION_HOURS} hours |`],
  ['a session before its second factor', `| before the second factor, and for nothing else | ${FACTOR_MINUTES} minutes |`],
  ['a fresh session', `within ${FRESH_MINUTES} minutes`],
  ['activations', `once, one and ${ACTIVATION_DAYS} days`],
  ['batches', `${LINES_AT_MOST.toLocaleString('en')} lines`],
  [
    'slow senders',
    `${PATIENCE.http.headersTimeout / 1000} seconds for heads, ${PATIENCE.requestTimeout / 60_000} minutes for a request, ${PATIENCE.http.maxHeaderSize / 1024} KB of heads`,
  ],
] as const)
  test(`ASVS 6.1.1 · 7.1.1 · 2.1.3 · measures.md says of ${what} what the program does`, () => {
    assert.ok(page.includes(sentence), sentence)
  })
