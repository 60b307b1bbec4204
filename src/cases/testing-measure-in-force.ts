import type { Actor } from '../access/actor.ts'
import { drainTasks } from '../platform/worker.ts'
import type { TestApp } from '../testing-app.ts'
import type { CaseKey } from './model.ts'
import { runClocks } from './run-clocks.ts'
import { colleague, type Firm, type MeasureDesk, officer, PROPOSED } from './testing-measures.ts'

/** A measure in force for pages to show, begun late in the year that tests take place in: told on 20 November, confirmed on 1 December. */
export async function beginMeasure(
  t: TestApp,
  desk: MeasureDesk,
  one: Firm,
  by: readonly [Actor, Actor] = [officer, colleague],
): Promise<CaseKey> {
  desk.onDay('2026-11-20')
  const key = await desk.asked(one)
  await desk.step(by[0], key, 'propose', PROPOSED)
  await desk.opensLetter(one, key, 'measure-intention')
  desk.onDay('2026-12-01')
  await runClocks(t.worker)
  await desk.step(by[0], key, 'decide', { defence: '主体没有陈述申辩' })
  await desk.step(by[1], key, 'begin')
  await drainTasks(t.worker)
  return key
}
