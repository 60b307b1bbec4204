import type { Draft, DraftKey } from '../../src/cases/drafts.ts'
import type { Filled, HandedPaper } from '../../src/cases/model.ts'
import type { ActView } from '../../src/cases/shapes.ts'
import type { ProcedureAct } from '../../src/law/procedure-model.ts'
import type { Html } from '../portal/html.ts'
import type { Visit } from './page.ts'

/* An act as questions, one a page, whatever procedure it belongs to: its table says what is asked. */

export type FieldForm = ActView['fields'][number]
export type PaperForm = ActView['papers'][number]

export type Question =
  | { readonly id: string; readonly kind: 'field'; readonly field: FieldForm }
  | { readonly id: string; readonly kind: 'paper'; readonly paper: PaperForm }

/** An act that is being filled in. */
export type Asking = {
  /** The address of its pages and of its form. */
  readonly address: string
  readonly key: DraftKey
  readonly act: ActView
  readonly rule: ProcedureAct
  readonly heading: string
  /** What it is about, on top of every page. */
  readonly top: Html
  /** Shown before the first question, where something has to be known first. */
  readonly start: Html | null
  /** Said before the answers are sent. */
  readonly before: Html
  /** Where one comes from, and goes if one does not want to. */
  readonly from: string
  /** Shown above a question: what has to be read to answer it. */
  readonly beside?: (question: string) => Html | ''
  /** The same with what the answers so far ask for beyond the table: a question that may be passed over no longer. */
  readonly refine?: (asking: Asking, draft: Draft) => Asking
  /** Goes with the last page and comes back with it, unseen: which texts were on it. */
  readonly carries?: Filled
  /** Does the act: the address of its receipt. */
  readonly send: (visit: Visit, filled: Filled, papers: readonly HandedPaper[], carried: Filled) => Promise<string>
}

/** The name under which the last page stands: every answer once more before it is sent. */
export const CHECK = 'check'

const RANK = { must: 0, paper: 1, may: 2, sworn: 3 } as const

/** What has to be told first, then the papers, then what may be left out; what is declared is declared last, when the rest is said. */
function rankOf(question: Question): number {
  if (question.kind === 'paper') return RANK.paper
  if (question.field.kind === 'yes') return RANK.sworn
  return question.field.required ? RANK.must : RANK.may
}

/** The questions of an act, in the order in which they are asked. */
export function questionsOf({ fields, papers }: Pick<ActView, 'fields' | 'papers'>): Question[] {
  const all: Question[] = [
    ...fields.map(field => ({ id: field.field, kind: 'field', field }) as const),
    ...papers.map(paper => ({ id: `paper-${paper.paper}`, kind: 'paper', paper }) as const),
  ]
  return all
    .map((question, index) => ({ question, index }))
    .sort((a, b) => rankOf(a.question) - rankOf(b.question) || a.index - b.index)
    .map(({ question }) => question)
}

/** Whether a question has been put and answered, or passed over where it may be. */
export function isAnswered(draft: Draft, question: Question): boolean {
  if (question.kind === 'field') {
    const answer = draft.answers[question.field.field]
    return answer !== undefined && (answer !== '' || !question.field.required)
  }
  const has = papersFor(draft, question.paper).length > 0
  return draft.passed.includes(question.paper.paper) && (has || !question.paper.required)
}

export function papersFor(draft: Draft, { paper }: Pick<PaperForm, 'paper'>): Draft['papers'] {
  return draft.papers.filter(one => one.paper === paper)
}

/** The address of one of the pages. */
export function pageOf({ address }: Pick<Asking, 'address'>, page: string, more: Readonly<Record<string, string>> = {}): string {
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams({ q: page, ...more }).toString()}`
}

/** Where to go on: the question after this one, or the next that is open, or the last page. */
export function nextPage(asking: Asking, draft: Draft): string {
  const open = questionsOf(asking.act).find(question => !isAnswered(draft, question))
  return pageOf(asking, open?.id ?? CHECK)
}

/** What is sent: answers that were given, papers with their ids. */
export function sentOf(draft: Draft): { readonly filled: Filled; readonly papers: readonly HandedPaper[] } {
  return {
    filled: Object.fromEntries(Object.entries(draft.answers).filter(([, value]) => value !== '')),
    papers: draft.papers.map(({ paper, paperId }) => ({ paper, paperId })),
  }
}

/** What is asked for by the answers so far. */
export function refinedBy(asking: Asking, draft: Draft): Asking {
  return asking.refine?.(asking, draft) ?? asking
}
