import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeKey } from '../crypto/key-file.ts'
import { openKeys } from '../crypto/keys.ts'
import { changedAt, KEY_DAY, temporaryFolder, temporaryKeys } from '../crypto/testing.ts'
import { formatVerifier, parseVerifier, signCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import { leafHash } from './merkle.ts'

const origin = 'credit.example/log'
const checkpoint = { origin, size: 20_852_163, root: leafHash(Buffer.from('root')) }
const codeOf = (note: string, ...[verifiers, name = origin]: [Parameters<typeof verifyCheckpoint>[2], string?]) => {
  const answer = verifyCheckpoint(note, name, verifiers)
  return answer.ok ? 'ok' : answer.code
}

for (const suite of ['intl', 'gm'] as const) {
  test(`C2SP tlog-checkpoint · ${suite} · what was signed is read back by one who trusts the key`, async t => {
    const keys = await temporaryKeys(t, suite)
    const trusted = keys.verifiers('log-signing')
    const note = signCheckpoint(checkpoint, keys.signers('log-signing'))
    const lines = note.split('\n')
    assert.deepEqual(lines.slice(0, 4), [origin, '20852163', checkpoint.root.toString('base64'), ''])
    assert.match(lines[4] ?? '', /^— credit\.example\/log [A-Za-z0-9+/]+=*$/)
    assert.deepEqual(verifyCheckpoint(note, origin, trusted), { ok: true, value: { ...checkpoint, verifiers: trusted } })
    for (const [size, root] of [
      [0, leafHash(Buffer.alloc(0))],
      [Number.MAX_SAFE_INTEGER, checkpoint.root],
    ] as const) {
      assert.equal(codeOf(signCheckpoint({ origin, size, root }, keys.signers('log-signing')), trusted), 'ok')
    }
  })

  test(`${suite} · one changed bit anywhere in a checkpoint refuses it`, async t => {
    const keys = await temporaryKeys(t, suite)
    const trusted = keys.verifiers('log-signing')
    const bytes = Buffer.from(signCheckpoint(checkpoint, keys.signers('log-signing')))
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of suite === 'intl' ? [0, 1, 2, 3, 4, 5, 6, 7] : [at % 8]) {
        assert.notEqual(codeOf(changedAt(bytes, at, bit).toString(), trusted), 'ok', `byte ${at} bit ${bit}`)
      }
    }
    for (let length = 0; length < bytes.length; length++) {
      assert.notEqual(codeOf(bytes.subarray(0, length).toString(), trusted), 'ok', `cut at ${length}`)
    }
  })

  test(`${suite} · public keys go to auditors as text and come back`, async t => {
    const [verifier] = (await temporaryKeys(t, suite)).verifiers('log-signing')
    assert.ok(verifier)
    const text = formatVerifier(origin, verifier)
    assert.deepEqual(parseVerifier(text), { ok: true, value: { origin, verifier } })
    for (let at = 0; at < text.length; at++) {
      assert.equal(parseVerifier(changedAt(Buffer.from(text), at).toString()).ok, false, `byte ${at}`)
    }
  })
}

test('C2SP signed-note · the key of the Go checksum database is read, so key ids are made as others make them', () => {
  const text = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
  const answer = parseVerifier(text)
  assert.equal(answer.ok && answer.value.origin, 'sum.golang.org')
  assert.equal(answer.ok && formatVerifier('sum.golang.org', answer.value.verifier), text)
})

test('key rotation: the old key reads the old checkpoints, both suites sign in transition, strangers are passed over', async t => {
  const dir = await temporaryFolder(t)
  let clock = KEY_DAY
  const options = { dir, mayCreate: true, production: false, now: () => clock }
  const before = await openKeys(options)
  const useFrom = new Date(KEY_DAY.getTime() + 1)
  await makeKey(dir, { purpose: 'log-signing', suite: 'intl', madeAt: KEY_DAY, madeBy: 'officer', useFrom })
  await makeKey(dir, { purpose: 'log-signing', suite: 'gm', madeAt: KEY_DAY, madeBy: 'officer', useFrom })
  const old = signCheckpoint(checkpoint, before.signers('log-signing'))
  clock = useFrom
  const after = await openKeys(options)
  const fresh = signCheckpoint(checkpoint, after.signers('log-signing'))
  const all = after.verifiers('log-signing')
  assert.equal(all.length, 3)
  assert.deepEqual([codeOf(old, all), codeOf(fresh, all)], ['ok', 'ok'])
  assert.equal(codeOf(fresh, before.verifiers('log-signing')), 'checkpoint.unsigned')
  for (const verifier of all.filter(each => !before.verifiers('log-signing').some(old => old.publicKey.equals(each.publicKey)))) {
    assert.equal(codeOf(fresh, [verifier]), 'ok', verifier.algorithm)
  }
  // One wrong signature of a trusted key refuses all, though the other one is right.
  const [first = '', second = ''] = fresh.split('\n').slice(4)
  const swapped = fresh.replace(second, `${second.slice(0, -6)}AAAA${second.slice(-2)}`)
  assert.ok(first && swapped !== fresh)
  assert.equal(codeOf(swapped, all), 'checkpoint.signature-wrong')
})

test('what is no checkpoint of this log is refused with its reason', async t => {
  const keys = await temporaryKeys(t)
  const [signers, trusted] = [keys.signers('log-signing'), keys.verifiers('log-signing')]
  const note = signCheckpoint(checkpoint, signers)
  const signedAs = (body: string) => {
    const [line] = signCheckpoint(
      { ...checkpoint, origin: body.split('\n')[0] ?? '' },
      signers.map(s => ({ ...s, sign: () => s.sign(body) })),
    )
      .split('\n')
      .slice(4)
    return `${body}\n${line}\n`
  }
  const root = checkpoint.root.toString('base64')
  assert.equal(codeOf(signedAs(`${origin}\n5\n${root}\n`), trusted), 'ok')
  const rows = [
    ['', 'checkpoint.malformed'],
    [signedAs(`${origin}\n05\n${root}\n`), 'checkpoint.malformed'],
    [signedAs(`${origin}\n5e1\n${root}\n`), 'checkpoint.malformed'],
    [signedAs(`${origin}\n9007199254740993\n${root}\n`), 'checkpoint.malformed'],
    [signedAs(`${origin}\n5\n${root}\nextension\n`), 'checkpoint.malformed'],
    [signedAs(`${origin}\n5\n${root.slice(4)}\n`), 'checkpoint.malformed'],
    [signedAs(`other.example/log\n5\n${root}\n`), 'checkpoint.origin-other'],
    [note.slice(0, note.indexOf('—')), 'checkpoint.unsigned'],
    [note.slice(0, -1), 'checkpoint.malformed'],
    [`${note}x`, 'checkpoint.malformed'],
    [note.replace(/— (\S+) /, '— other '), 'checkpoint.unsigned'],
    [note + 'x'.repeat(70_000), 'checkpoint.malformed'],
  ] as const
  for (const [text, code] of rows) assert.equal(codeOf(text, trusted), code, JSON.stringify(text.slice(0, 60)))
  assert.throws(() => signCheckpoint({ ...checkpoint, origin: 'a b' }, signers), { code: 'checkpoint.origin-malformed' })
  assert.throws(() => signCheckpoint({ ...checkpoint, size: -1 }, signers), RangeError)
})
