import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { day, legalDay } from '../src/base/day.ts'
import { ROOT } from '../src/base/root.ts'
import { loadWords } from '../src/words/words.ts'
import { openStage, type Stage } from './stage.ts'

/*
 * A story is a test and a page of the manual. It walks a procedure through the real doors; what it did, what was sent and what came of it
 * is written to `docs/stories/<file>.md` when it is run with MINGXIN_WRITE_STORIES=1, and compared with that page otherwise.
 */

/** What a step leaves in the manual. Say nothing that differs from run to run: no numbers given by the platform, no codes. */
export type Note = {
  /** What was sent or typed. */
  sent(sentence: string): void
  /** What came of it. */
  came(sentence: string): void
}

export type Story = Stage & {
  /** One step: who does what. A step that fails is named by its number and sentence. */
  step<T>(sentence: string, work: (note: Note) => Promise<T>): Promise<T>
  /** Noon of a day in the city. Whoever was signed in has been away for longer than a session lives. */
  onDay(text: string): void
}

type Told = { readonly sentence: string; readonly sent: string[]; readonly came: string[] }
type Chapter = { readonly day: string; readonly steps: Told[] }

/**
 * The body of a test that tells a story: `test('M065 · who does what', story(async s => …))`. The title begins with the requirements it stands
 * for. One story a file: the page has the file's name. Throws, as a test does, at the first step that does not come out as told.
 */
export function story(work: (s: Story) => Promise<void>): (t: TestContext) => Promise<void> {
  return async t => {
    const stage = await openStage()
    t.after(() => stage.close())
    const chapters: Chapter[] = [{ day: legalDay(stage.app.now(), stage.app.city.zone), steps: [] }]
    await work(onStage(stage, chapters))
    keepPage(basename(t.filePath ?? '').replace(/\.story\.ts$/, ''), pageOf(t.name, chapters))
  }
}

function onStage(stage: Stage, chapters: Chapter[]): Story {
  return {
    ...stage,
    onDay: text => {
      stage.moveTo(day(text))
      chapters.push({ day: text, steps: [] })
    },
    step: async (sentence, play) => {
      const told: Told = { sentence, sent: [], came: [] }
      chapters.at(-1)?.steps.push(told)
      const number = chapters.reduce((sum, chapter) => sum + chapter.steps.length, 0)
      return await named(`step ${number}: ${sentence}`, () =>
        play({ sent: one => told.sent.push(one), came: one => told.came.push(one) }),
      )
    },
  }
}

/** Names the step that failed: of a long walk one wants to know where it ended. */
async function named<T>(name: string, play: () => Promise<T>): Promise<T> {
  try {
    return await play()
  } catch (cause) {
    throw new Error(name, { cause })
  }
}

function pageOf(title: string, chapters: readonly Chapter[]): string {
  const [, rows = '', sentence = title] = /^((?:M\d{3}\s*·\s*)+)(.*)$/s.exec(title) ?? []
  const cited = rows
    .split('·')
    .map(row => row.trim())
    .filter(Boolean)
  const lines = [`# ${sentence}`, '']
  lines.push('由`MINGXIN_WRITE_STORIES=1 npm test -- stories`生成，请勿手改。每一步都经真实的网页或接口走过。')
  if (cited.length > 0) lines.push('', `对应要求：${cited.join('、')}（见[覆盖表](../coverage.md)）。`)
  let number = 0
  for (const { day: date, steps } of chapters) {
    if (steps.length === 0) continue
    lines.push('', `## ${date}`, '')
    for (const { sentence: deed, sent, came } of steps) {
      lines.push(`${++number}. **${deed}**`)
      for (const one of sent) lines.push(`   - 送出：${one}`)
      for (const one of came) lines.push(`   - 结果：${one}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function keepPage(name: string, text: string): void {
  assert.notEqual(name, '', 'a story stands in a file of its own')
  const file = join(ROOT, 'docs/stories', `${name}.md`)
  // biome-ignore lint/style/noProcessEnv: config.ts is the platform's; this is read by tests alone
  if (process.env['MINGXIN_WRITE_STORIES'] === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return
  }
  const held = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const [line, ours, theirs] = firstDifference(text, held)
  const sentence = `docs/stories/${name}.md:${line} is not what the story tells; run it with MINGXIN_WRITE_STORIES=1\ntold: ${ours}\nheld: ${theirs}`
  assert.ok(text === held, sentence)
}

function firstDifference(told: string, held: string): readonly [line: number, told: string, held: string] {
  const [a, b] = [told.split('\n'), held.split('\n')]
  const at = a.findIndex((line, i) => line !== b[i])
  return [at + 1, a[at] ?? '', b[at] ?? '']
}

const words = loadWords()

/** A sentence of the platform, as a person reads it. */
export function say(code: string, facts: Readonly<Record<string, string | number>> = {}): string {
  return words.say(code, facts)
}
