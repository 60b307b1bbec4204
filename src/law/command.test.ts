import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCheckLaw } from './command.ts'
import { SOUND_IDENTITY } from './identity.plants.ts'
import { planted, withLaw } from './testing.ts'
import { type LawTexts, smallLaw } from './testing-law.ts'

async function run(texts: LawTexts, ...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = []
  const code = await withLaw(texts, places =>
    runCheckLaw([...args, '--law', places.lawDir, '--city', places.cityDir], line => lines.push(line)),
  )
  return { code, lines }
}

function unsound(): LawTexts {
  const texts = smallLaw()
  texts['law/measures.yaml'] = planted(texts['law/measures.yaml'] ?? '', 'body: 某机关', 'body: null')
  return texts
}

test('M050 · check-law on a sound law says so and exits with 0', async () => {
  const { code, lines } = await run(smallLaw())
  assert.equal(code, 0)
  assert.deepEqual(lines, [`读取${Object.keys(smallLaw()).length}个文件：错误0处，提示0处。`])
})

test('M050 · check-law prints file, line, code and sentence, and exits with 1', async () => {
  const { code, lines } = await run(unsound())
  assert.equal(code, 1)
  assert.equal(lines[0], 'law/measures.yaml:3  law.measure-without-body  “限制准入”没有实施机关，不能启用。')
})

test('M050 · a warning alone does not fail', async () => {
  const texts = smallLaw()
  texts['law/lists/firms.yaml'] = planted(texts['law/lists/firms.yaml'] ?? '', 'measures: [entry-ban]', 'measures: [x01]')
  assert.equal((await run(texts)).code, 0)
})

test('M050 · --json gives one object for programs', async () => {
  const { code, lines } = await run(unsound(), '--json')
  assert.equal(code, 1)
  const told = JSON.parse(lines.join(''))
  assert.deepEqual(
    [told.errors, told.warnings, told.flaws[0].file, told.flaws[0].line, told.flaws[0].code],
    [1, 0, 'law/measures.yaml', 3, 'law.measure-without-body'],
  )
})

for (const confidence of ['memory', 'proposal', 'unknown']) {
  test(`M050 · --production refuses a value whose confidence is ${confidence}`, async () => {
    const texts = smallLaw()
    const path = 'law/catalogue/items/penalty@2024-01-01.yaml'
    texts[path] = planted(
      texts[path] ?? '',
      'retention: { years: 5, basis: [act#1], confidence: primary',
      `retention: { years: 5, basis: [act#1], confidence: ${confidence}`,
    )
    assert.equal((await run(texts)).code, 0)
    const { code, lines } = await run(texts, '--production')
    assert.equal(code, 1)
    assert.ok(
      lines.includes(
        `${path}:15  law.unconfirmed  “retention”的可信程度是${confidence}。正式运行前请由人对照原文核实，注明出处。`,
      ),
      lines.join('\n'),
    )
  })
}

for (const confidence of ['secondary', 'computed']) {
  test(`M050 · --production takes a value whose confidence is ${confidence}`, async () => {
    const texts = smallLaw()
    for (const path of Object.keys(texts))
      texts[path] = (texts[path] ?? '').replaceAll('confidence: primary', `confidence: ${confidence}`)
    const { lines } = await run(texts, '--production')
    assert.deepEqual(lines.map(line => line.split('  ')[1]).filter(Boolean), ['law.invented-in-production'])
  })
}

test('M050 · an unknown option is an error of the caller', async () => {
  assert.equal((await run(smallLaw(), '--prod')).code, 2)
  assert.equal((await run(smallLaw(), 'law')).code, 2)
})

test('M458 · a provider without TLS serves a trial on this machine; --production refuses it', async () => {
  const [[path = '', sound = ''] = []] = Object.entries(SOUND_IDENTITY)
  const texts = { ...smallLaw(), [path]: planted(sound, 'https://identity.invalid', 'http://localhost:9000') }
  assert.equal((await run(texts)).code, 0)
  const { code, lines } = await run(texts, '--production')
  assert.equal(code, 1)
  assert.ok(
    lines.some(line => line.startsWith(`${path}:4  law.identity-trial-in-production`)),
    lines.join('\n'),
  )
})
