import { type Actor, may } from '../access/actor.ts'
import { actorNameSql } from '../access/actor-name.ts'
import { type Looking, looking } from '../access/look.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { nameShownTo } from '../disclosure/mask-for.ts'
import { actsFrom } from '../law/procedure-flow.ts'
import type { Procedure } from '../law/procedure-model.ts'
import { actView } from './act-view.ts'
import { campaignOf, confirmationsOf, lettersOf } from './beside.ts'
import { caseLine, clockWithSum, firstDue, stateOf, unitName } from './case-line.ts'
import { saidChanges } from './corrected-values.ts'
import type { Compared } from './declared.ts'
import { guardFacts } from './facts.ts'
import { holderFor, ownKey } from './files-of.ts'
import { openFilled } from './filled-text.ts'
import { lawChoices } from './law-choices.ts'
import type { CaseEntry, CaseFile, CaseId, CaseKey, Filled, OpenedCase, RecordFacts } from './model.ts'
import { maySee, officesOf } from './offices.ts'
import { paperName } from './papers.ts'
import { recordView } from './record-view.ts'
import { runningEdition } from './running-edition.ts'
import type { CaseView } from './shapes.ts'
import { clocksOf, entriesOf, findCase } from './store.ts'

type TextRow = Row & { readonly entry_no: number; readonly sealed: Buffer }
type PaperRow = Row & {
  readonly paper_id: number
  readonly entry_no: number
  readonly paper: string
  readonly media: string
  readonly bytes: number
  readonly sealed_name: Buffer
}

/**
 * A case with what was written, what each side may do now and why not the rest: registered as a look whose reason is the number of the case.
 * Throws `case.unknown` for whoever may not see it.
 */
export async function readCase(app: App, actor: Actor, key: CaseKey): Promise<CaseView> {
  const file = await findCase(app.db, key)
  if (!file) throw new NotFound('case.unknown')
  const heldFor = await holderFor(app.db, actor, file.subjectId, legalDay(app.now(), app.city.zone))
  if (!maySee(actor, { ...file, subjectId: heldFor })) throw new NotFound('case.unknown')
  return await looking(app, at => readWithin(app, actor, { file, heldFor }, at))
}

/** The case of the subject that this actor speaks for, in whosever file it lies. Throws `case.unknown`. */
export async function readOwnCase(app: App, actor: Actor, caseId: CaseId): Promise<CaseView> {
  return await readCase(app, actor, await ownKey(app, actor, caseId))
}

type Held = { readonly file: CaseFile; readonly heldFor: SubjectId }

async function readWithin(app: App, actor: Actor, { file, heldFor }: Held, at: Looking): Promise<CaseView> {
  const isOwn = actor.subjectId !== null
  const today = legalDay(app.now(), app.city.zone)
  const { rows, receipt } = await at.look<Row & { name: string | null; kind: string | null }>(
    {
      actor,
      outlet: isOwn ? 'account' : 'case',
      purpose: app.words.say(isOwn ? 'look.purpose-own' : 'case.purpose'),
      businessNo: file.number,
      isMadeNumber: true,
      ...(isOwn ? { ground: { kind: 'own' as const } } : {}),
      shown: ['card', 'case'],
    },
    [file.subjectId],
    { name: 'case-card', text: 'select name, kind from subject_card where subject_id = $1', values: [file.subjectId] },
  )
  const { procedure } = runningEdition(app.law, file, today)
  const entries = await entriesOf(at, file)
  const texts = await textsOf(app, at, file)
  const filled: Filled = Object.assign({}, ...texts.values())
  const opened: OpenedCase = { file, procedure, entries, clocks: await clocksOf(at, file), filled }
  const facts = { ...(await guardFacts(app, { query: at, today }, file, opened, {})), actor: actor.id }
  const names = isOwn ? new Map<number, string>() : await officersOf(app, file)
  const [card] = rows
  return {
    ...caseLine(app, file, firstDue(opened.clocks), isOwn),
    subjectName: card?.name ? nameShownTo(app.law, isOwn ? 'subject' : 'case-officer', { kind: card.kind, name: card.name }) : '',
    edition: file.edition,
    purpose: procedure.purpose,
    record: facts.record && recordView(app, facts.record),
    compared: facts.compared ? comparedText(app, facts.compared) : null,
    entryNo: file.entryNo,
    entries: await entryViews(app, at, { opened, texts, names, isOwn, record: facts.record }),
    clocks: opened.clocks.map(clock => clockWithSum(app, procedure, file, clock, isOwn)),
    acts: actViews(app, actor, { opened, heldFor }, facts),
    letters: (await lettersOf(at, file, { forSubject: isOwn })).map(({ noticeId, number, notice, servedOn }) => ({
      noticeId,
      number,
      name: app.law.notices.get(notice)?.at(-1)?.name ?? notice,
      servedOn,
    })),
    confirmations: await confirmationsOf(at, file),
    within: await campaignOf(app.db, file),
    receipt,
  }
}

function comparedText({ words }: App, compared: Compared): string {
  if (compared.outcome !== 'differs') return words.say(`declaration.compared-${compared.outcome}`, { ...compared })
  return words.say(`declaration.compared-differs-${compared.why}`, { ...compared })
}

function actViews(
  app: App,
  actor: Actor,
  { opened, heldFor }: { readonly opened: OpenedCase; readonly heldFor: SubjectId },
  facts: Parameters<typeof actView>[3]['facts'],
): CaseView['acts'] {
  const { file, procedure, entries } = opened
  if (file.closedAt !== null) return []
  const side = actor.subjectId !== null ? 'subject' : 'officer'
  return actsFrom(procedure, file.state)
    .filter(act => !act.by.includes('clock') && (side === 'subject') === act.by.includes('subject'))
    .map(act => {
      const lastOfficer = entries.findLast(entry => entry.act === act.confirms)?.actor ?? null
      const unanswered = new Set(act.fields.map(one => one.field))
      const asked = {
        offices: officesOf(actor, { ...file, subjectId: heldFor, lastOfficer }),
        facts: { ...facts, unanswered },
        file,
      }
      return actView(app, act, { procedure, opened }, asked)
    })
}

async function textsOf(app: App, at: Looking, { subjectId, caseId }: CaseKey): Promise<Map<number, Filled>> {
  const rows = await at.rows<TextRow>({
    name: 'case-texts-shown',
    text: 'select entry_no, sealed from case_text where subject_id = $1 and case_id = $2 order by entry_no',
    values: [subjectId, caseId],
  })
  return new Map(rows.map(row => [row.entry_no, openFilled(app, caseId, row.entry_no, row.sealed)]))
}

/** Who did each act, for officers; the subject is told which unit did. */
async function officersOf(app: App, { subjectId, caseId }: CaseKey): Promise<Map<number, string>> {
  const rows = await app.db.rows<{ entryNo: number; name: string | null }>({
    name: 'case-officers',
    text: `select e.entry_no as "entryNo", ${actorNameSql('e.actor')} as name from case_entry e where e.subject_id = $1 and e.case_id = $2`,
    values: [subjectId, caseId],
  })
  return new Map(rows.flatMap(row => (row.name === null ? [] : [[row.entryNo, row.name] as const])))
}

type Told = {
  readonly opened: OpenedCase
  readonly texts: ReadonlyMap<number, Filled>
  readonly names: ReadonlyMap<number, string>
  readonly isOwn: boolean
  readonly record: RecordFacts | null
}

async function entryViews(app: App, at: Looking, { opened, texts, names, isOwn, record }: Told): Promise<CaseView['entries']> {
  const { file, procedure, entries } = opened
  const papers = await at.rows<PaperRow>({
    name: 'case-papers',
    text: `select paper_id, entry_no, paper, media, bytes, sealed_name from case_paper where subject_id = $1 and case_id = $2 order by paper_id`,
    values: [file.subjectId, file.caseId],
  })
  return entries.map(entry => {
    const act = procedure.acts.find(one => one.act === entry.act)
    const isSubjects = entry.office === 'subject'
    // What one side keeps to itself is not told to the other.
    const shown = (told: boolean): boolean => told || isSubjects === isOwn
    return {
      entryNo: entry.entryNo,
      act: entry.act,
      actName: act?.name ?? entry.act,
      stateName: stateOf(procedure, entry.to).name,
      at: entry.at.toISOString(),
      by: byWhom(app, entry, names),
      basis: act?.basis[0] ?? '',
      cite: act?.basis[0] ? app.words.names.cite(act.basis[0]) : '',
      fields: (act?.fields ?? []).flatMap(field => {
        const value = texts.get(entry.entryNo)?.[field.field]
        return value === undefined || !shown(field.told)
          ? []
          : [{ field: field.field, name: field.name, value: saidValue(app, field, value, record) }]
      }),
      papers: papers
        .filter(paper => paper.entry_no === entry.entryNo)
        .map(paper => ({
          paperId: paper.paper_id,
          name: act?.papers.find(one => one.paper === paper.paper)?.name ?? paper.paper,
          fileName: paperName(app, paper.paper_id, paper.sealed_name),
          media: paper.media,
          bytes: paper.bytes,
        })),
    }
  })
}

function byWhom(app: App, entry: CaseEntry, names: ReadonlyMap<number, string>): string {
  if (entry.office === 'subject') return app.words.say('case.by-subject')
  if (entry.unit === null) return app.words.say('case.by-platform')
  return [unitName(app, entry.unit), names.get(entry.entryNo)].filter(Boolean).join(' ')
}

type Field = Procedure['acts'][number]['fields'][number]

function saidValue(app: App, { kind, choices, choicesOf }: Field, value: string, record: RecordFacts | null): string {
  if (kind === 'record-values') return saidChanges(app, record, value).join('\n')
  if (choicesOf) return lawChoices(app.law, choicesOf).find(one => one.id === value)?.said ?? value
  if (kind === 'choice') return choices?.[value] ?? value
  if (kind === 'unit') return unitName(app, value)
  return kind === 'yes' ? app.words.say('case.yes') : value
}

/** Whether an actor watches the clocks of every unit. */
export const seesEveryCase = (actor: Actor): boolean => may(actor, 'case.coordinate')
