import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { PERMISSIONS } from '../../src/access/actor.ts'
import { CHANNELS, OUTCOME_WORDS } from '../../src/intake/model.ts'
import { SUBJECT_KINDS } from '../../src/subject/kind.ts'
import { MARKS } from '../kit/state-mark.ts'
import { readConsoleWords, readShellWords } from './build/words-plugin.ts'
import { OUTCOMES } from './check/run-batch.ts'
import { ROUTES } from './routes.ts'
import { ROWS } from './waiting/compare-rows.ts'

const WEB = join(import.meta.dirname, '..')
const files = [...globSync('{console,kit}/**/*.{ts,tsx,css,html}', { cwd: WEB })].filter(
  file => !/(?:^|\/)(?:dist|node_modules)\/|\.test\.ts$|\/testing[\w-]*\.ts$/.test(file),
)
const words = readConsoleWords()
const sources = files.map(file => ({ file, text: readFileSync(join(WEB, file), 'utf8') }))

test('every sentence that a screen asks for exists', () => {
  for (const { file, text } of sources) {
    for (const [, key = ''] of text.matchAll(/['`%]((?:console|clock)\.[a-z0-9.+-]*[a-z0-9])['`%]/g)) {
      assert.ok(key in words, `${file} asks for ${key}`)
    }
  }
})

test('no sentence is written into a screen: Chinese stands in words/parts/console.yaml', () => {
  for (const { file, text } of sources) {
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=\s)\/\/.*$/gm, '')
    const found = /[\u4e00-\u9fff].{0,20}/.exec(code)
    assert.equal(found, null, `${file}: ${found?.[0]}`)
  }
})

test('every word that a screen builds from data has its sentence', () => {
  const built = [
    ...ROUTES.filter(route => route.needs !== null && route.needs.length > 0).map(route => `console.${route.name}.title`),
    ...ROUTES.filter(route => 'icon' in route).map(route => `console.${route.name}.menu`),
    ...PERMISSIONS.filter(it => ROUTES.some(route => (route.needs as readonly string[] | null)?.includes(it))).map(
      it => `console.may.${it}`,
    ),
    ...SUBJECT_KINDS.map(kind => `console.kind.${kind}`),
    ...Object.keys(MARKS).map(mark => `console.mark.${mark}`),
    ...OUTCOME_WORDS.map(outcome => `console.outcome.${outcome}`),
    ...CHANNELS.map(channel => `console.channel.${channel}`),
    ...OUTCOMES.map(outcome => `console.batch.outcome.${outcome}`),
    ...ROWS.map(row => `console.waiting.row.${row}`),
    ...Array.from({ length: 13 }, (_, at) => `console.class.${String(at + 1).padStart(2, '0')}`),
    ...['received', 'settling', 'settled', 'refused', 'same'].map(state => `console.delivery.state.${state}`),
    ...['same', 'new', 'returned', 'undone', 'gravity'].flatMap(it => [`console.decision.${it}`, `console.waiting.said-${it}`]),
    'console.decision.overtaken',
    ...['open', 'soon', 'today', 'overdue', 'suspended', 'done', 'done-late', 'unknown'].map(it => `console.clock.${it}`),
    ...['valid', 'expired', 'superseded', 'withdrawn'].map(state => `console.reports.state-${state}`),
  ]
  for (const key of built) assert.ok(key in words, key)
})

test('what the shell says of a page, in its menu and before it opens, is there without the page', () => {
  const said = readShellWords()
  const asked = ROUTES.filter(route => route.needs !== null).flatMap(route => [
    ...(route.needs.length > 0 ? [`console.${route.name}.title`] : []),
    ...('icon' in route ? [`console.${route.name}.menu`] : []),
    ...route.needs.map(need => `console.may.${need}`),
  ])
  for (const key of asked) assert.ok(key in said, key)
})

test('a button says a verb and its object, not 确定; no exclamation mark, no word that blames', () => {
  for (const [key, sentence] of Object.entries(words)) {
    assert.doesNotMatch(sentence, /[!！]|^确定$|失败|填写错误|黑名单|洗白|暂无数据/, key)
  }
})
