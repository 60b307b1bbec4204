import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printable, readCoverage } from './glyphs.ts'
import { REPORT_FONTS } from './typesetter.ts'

const coverage = readCoverage(REPORT_FONTS)

function print(text: string): [string, string[]] {
  const warnings: string[] = []
  return [printable(text, coverage, warning => warnings.push(warning)), warnings]
}

test('M155 · the fonts together hold ASCII, all of the first two Chinese blocks in use, and rare characters of names', () => {
  for (let code = 0x20; code <= 0x7e; code++) assert.ok(coverage.has(code))
  for (let code = 0x4e00; code <= 0x9fa5; code++) assert.ok(coverage.has(code), `U+${code.toString(16)}`)
  for (let code = 0x3400; code <= 0x4db5; code++) assert.ok(coverage.has(code), `U+${code.toString(16)}`)
  for (let code = 0x3001; code <= 0x3011; code++) assert.ok(coverage.has(code))
  for (let code = 0xff01; code <= 0xff5e; code++) assert.ok(coverage.has(code))
  for (const character of '𠮷𬭎𪩘𫖮𬀩𤧛𠅤') assert.ok(coverage.has(character.codePointAt(0) ?? 0), character)
})

test('M155 · bold type lacks nothing that upright type has', () => {
  for (const family of ['NotoSansSC', 'NotoSansHK']) {
    const weightOf = (weight: string) => readCoverage(REPORT_FONTS.filter(path => path.includes(`${family}_${weight}`)))
    const [upright, bold] = [weightOf('400Regular'), weightOf('700Bold')]
    assert.ok(upright.has(0x4e00) && bold.has(0x4e00))
    for (let code = 0; code < 0x11_0000; code++)
      assert.equal(upright.has(code), bold.has(code), `${family} U+${code.toString(16)}`)
  }
})

const rows: [string, string, string[]][] = [
  ['示例市云麓食品有限公司', '示例市云麓食品有限公司', []],
  ['吉与𠮷是两个字', '吉与𠮷是两个字', []],
  ['\u{31350}某', '[U+31350]某', ['no glyph for U+31350']],
  ['\ue000', '[U+E000]', ['no glyph for U+E000']],
  ['😀', '[U+1F600]', ['no glyph for U+1F600']],
  ['公司\u202e司公', '公司司公', ['invisible U+202E left out']],
  ['葛\u{e0100}', '葛', ['invisible U+E0100 left out']],
  ['一\u0000二', '一二', ['invisible U+0000 left out']],
  ['一\ud842二', '一[U+FFFD]二', ['no glyph for U+FFFD']],
  ['一\t二', '一 二', []],
  ['一\r\n二\r三\u2028四', '一\n二\n三\n四', []],
]
for (const [text, expected, warnings] of rows) {
  test(`M155 · ${JSON.stringify(text)} prints as ${JSON.stringify(expected)}`, () => {
    const [shown, told] = print(text)
    assert.equal(shown, expected)
    assert.deepEqual(told, warnings)
  })
}
