import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import type { NoticeBlank, NoticeTemplate } from '../law/notice-model.ts'
import { actorFor } from '../testing-app.ts'
import type { NoticeFact, NoticeFacts } from './model.ts'
import { type NewLetter, type Served, serveNotice } from './serve.ts'

/* Letters for tests: facts that fit any template, and a letter served by a unit. */

const SAMPLE: Readonly<Record<NoticeBlank['type'], NoticeFact>> = {
  text: '示例事项',
  paragraph: '示例情况，用于测试。',
  lines: ['第一项', '第二项'],
  day: '2026-12-01',
  count: 3,
  bases: ['apl#45', 'gbf-2020-49#四'],
  unit: 'ecology-environment',
}

/** A fact for every blank of a template. */
export function sampleFacts(template: Pick<NoticeTemplate, 'blanks'>, more: NoticeFacts = {}): NoticeFacts {
  return { ...Object.fromEntries(template.blanks.map(one => [one.blank, SAMPLE[one.type]])), ...more }
}

export const regulator = actorFor('market-regulation', 'clerk')

/** Serves a letter with sample facts as an act of its own. */
export async function serveTestNotice(
  app: App,
  subjectId: SubjectId,
  template: string,
  { actor = regulator, ...more }: Partial<NewLetter> & { readonly actor?: Actor } = {},
): Promise<Served> {
  const edition = app.law.notices.get(template)?.at(-1)
  if (!edition) throw new RangeError(template)
  const facts = { ...sampleFacts(edition), ...more.facts }
  return await change(app, actor, { deed: 'test.serve', entity: `subject:${subjectId}` }, made =>
    serveNotice(app, made, {
      caseId: null,
      basis: null,
      to: edition.to === 'unit' ? { unit: 'ecology-environment' } : 'subject',
      ...more,
      subjectId,
      template,
      facts,
    }),
  )
}
