import { may } from '../../src/access/actor.ts'
import { type Draft, dropDraft, readDraft, saveDraft } from '../../src/cases/drafts.ts'
import { readFilled } from '../../src/cases/filled.ts'
import { keepPaper, LARGEST_PAPER } from '../../src/cases/papers.ts'
import { readOwnAddress } from '../../src/notices/address.ts'
import { type Html, html } from '../portal/html.ts'
import {
  type Asking,
  CHECK,
  isAnswered,
  nextPage,
  type PaperForm,
  pageOf,
  papersFor,
  type Question,
  questionsOf,
  refinedBy,
  sentOf,
} from './asking.ts'
import { drawCheck } from './asking-check.ts'
import { drawQuestion } from './asking-question.ts'
import { rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, Fault, Rejection, Site, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { park, unpark } from './parked.ts'
import { one, type Typed } from './typed.ts'

/* The pages and the form of an act that is asked for question by question. Every answer is kept as soon as it is given. */

/** Finds what is to be asked, or the page that says why nothing is. */
export type FindAsking = (visit: Visit) => Promise<Asking | Drawn>

type Bound = { readonly page: AccountPage; readonly form: AccountForm }

/** Binds the pages of what `find` finds to an address. */
export function bindAsking(path: string, label: string, find: FindAsking): Bound {
  const needs = 'case.lodge'
  return {
    page: { path, label, needs, draw: async visit => await drawAsking(visit, await find(visit), NOTHING_WRONG) },
    form: {
      path,
      needs,
      takesFiles: true,
      act: async (visit, typed) => {
        const asking = await find(visit)
        return 'act' in asking ? await answer(visit, asking, typed) : asking
      },
      redraw: async (visit, typed, rejection) => await drawAsking(visit, await find(visit), rejection, typed),
      draft: (typed, site, address) => backTo(site, typed, address),
    },
  }
}

/** Back to the question that was on the screen, what was typed travelling sealed. */
function backTo(site: Site, typed: Typed, address: string): string {
  const question = one(typed, 'q')
  const [said] = typed.get('answer') ?? []
  return question === '' ? address : pageOf({ address }, question, said ? { kept: park(site, said) } : {})
}

async function drawAsking(visit: Visit, found: Asking | Drawn, rejection: Rejection, typed?: Typed): Promise<Drawn> {
  if (!('act' in found)) return found
  const draft = await readDraft(visit.site.app, visit.actor, found.key)
  const asking = refinedBy(found, draft)
  const questions = questionsOf(asking.act)
  const asked = one(typed ?? visit.query, 'q')
  if (asking.start && asked === '' && draft.savedAt === null) return drawStart(visit, asking, asking.start, rejection)
  const open = questions.find(question => !isAnswered(draft, question))
  const question = questions.find(each => each.id === asked) ?? open
  if (!question) return drawCheck(visit, asking, draft, rejection)
  const said = typed
    ? (typed.get('answer')?.[0] ?? '')
    : (unpark(visit.site, one(visit.query, 'kept')) ?? (await knownTo(visit, question, draft)))
  const isChange = one(typed ?? visit.query, 'to') === CHECK
  return drawQuestion(
    visit,
    asking,
    { question, draft, typed: said, isChange, isResumed: asked === '' && draft.savedAt !== null },
    rejection,
  )
}

/** What the platform knows already is not asked for anew: where the subject wants to be reached. */
async function knownTo({ site, actor }: Visit, question: Question, draft: Draft): Promise<string | null> {
  if (question.kind !== 'field' || question.field.field !== 'contact' || draft.answers['contact'] !== undefined) return null
  if (!may(actor, 'notice.read-own')) return null
  return (await readOwnAddress(site.app, actor)).telephone || null
}

/** What has to be known before the first question; where something stands against it that an answer could change, that too. */
function drawStart({ site }: Visit, asking: Asking, start: Html, rejection: Rejection): Drawn {
  const { say } = site
  const first = pageOf(asking, questionsOf(asking.act)[0]?.id ?? CHECK)
  const { why } = asking.act
  const begin =
    why === null
      ? html`<p class="actions"><a class="button" href="${first}">${say('my.ask-begin')}</a></p>`
      : html`<section class="card not-now"><h2>${say('my.case-not-now')}</h2><p>${why}</p><p class="hint">${say('my.ask-anyway-text')}</p><p class="actions"><a class="button quiet-button" href="${first}">${say('my.ask-anyway')}</a></p></section>`
  return {
    heading: asking.heading,
    ...warningOf(site, rejection),
    main: html`<p class="back"><a href="${asking.from}">${say('my.ask-back')}</a></p>${rejectionBlock(site, rejection)}${asking.top}${why === null ? html`${start}${begin}` : html`${begin}${start}`}`,
  }
}

async function answer(visit: Visit, found: Asking, typed: Typed): Promise<string | readonly Fault[]> {
  const { app } = visit.site
  const draft = await readDraft(app, visit.actor, found.key)
  const asking = refinedBy(found, draft)
  if (one(typed, 'do') === 'clear') {
    await dropDraft(app, visit.actor, asking.key)
    return asking.address
  }
  const question = questionsOf(asking.act).find(each => each.id === one(typed, 'q'))
  if (!question) return one(typed, 'do') === 'send' ? await send(visit, asking, draft, typed) : nextPage(asking, draft)
  const outcome =
    question.kind === 'field'
      ? await say(visit, asking, question, typed, draft)
      : await hand(visit, asking, question.paper, typed, draft)
  if ('faults' in outcome) return outcome.faults
  if (outcome.stays) return pageOf(asking, question.id, one(typed, 'to') === CHECK ? { to: CHECK } : {})
  return nextAfter(refinedBy(found, outcome.draft), outcome.draft, question)
}

/** The question that follows, as long as there are any that were not asked; else what is still open, or the last page. */
function nextAfter(asking: Asking, draft: Draft, question: Question): string {
  const questions = questionsOf(asking.act)
  const later = questions.slice(questions.findIndex(each => each.id === question.id) + 1)
  const open = later.find(each => !isAnswered(draft, each))
  return open ? pageOf(asking, open.id) : nextPage(asking, draft)
}

type Outcome = { readonly draft: Draft; readonly stays: boolean } | { readonly faults: readonly Fault[] }

/** Keeps an answer where the table of the act takes it. */
async function say(
  { site, actor }: Visit,
  asking: Asking,
  { field }: Extract<Question, { kind: 'field' }>,
  typed: Typed,
  draft: Draft,
): Promise<Outcome> {
  const { app } = site
  const said = one(typed, 'answer')
  const asked = asking.rule.fields.filter(each => each.field === field.field)
  const read = readFilled(app.law, { ...asking.rule, fields: asked }, said === '' ? {} : { [field.field]: said })
  if (!read.ok) {
    const article = read.basis ? app.words.names.cite(read.basis) : ''
    return { faults: [{ field: field.field, sentence: app.words.say(read.code, { ...read.facts, article }) }] }
  }
  const changed = { ...draft, answers: { ...draft.answers, [field.field]: said } }
  await saveDraft(app, actor, asking.key, changed)
  return { draft: changed, stays: false }
}

/** Keeps papers that were sent, or drops one; goes on where it was asked for and what is required is there. */
async function hand(visit: Visit, asking: Asking, paper: PaperForm, typed: Typed, before: Draft): Promise<Outcome> {
  const { site, actor, files } = visit
  const { app } = site
  const field = `paper-${paper.paper}`
  const dropped = one(typed, 'drop')
  let draft: Draft = { ...before, papers: before.papers.filter(each => String(each.paperId) !== dropped) }
  for (const file of files) {
    if (!file.isWhole) return tooLarge(site, field, file.name)
    const { paperId, bytes } = await keepPaper(app, actor, file.bytes, file.name)
    draft = { ...draft, papers: [...draft.papers, { paper: paper.paper, paperId, name: file.name.slice(0, 120), bytes }] }
    await saveDraft(app, actor, asking.key, draft)
  }
  const goesOn = dropped === '' && one(typed, 'do') === 'answer'
  if (goesOn && paper.required && papersFor(draft, paper).length === 0)
    return { faults: [{ field, sentence: site.say('my.ask-paper-missing', { name: paper.name }) }] }
  if (goesOn) draft = { ...draft, passed: [...new Set([...draft.passed, paper.paper])] }
  await saveDraft(app, actor, asking.key, draft)
  return { draft, stays: !goesOn }
}

function tooLarge({ say }: Site, field: string, name: string): Outcome {
  return { faults: [{ field, sentence: say('my.ask-too-large', { name, most: LARGEST_PAPER / 1024 / 1024 }) }] }
}

/** Does the act with what the draft holds, which then goes; an answer that is missing is asked for instead. */
async function send(visit: Visit, asking: Asking, draft: Draft, typed: Typed): Promise<string> {
  const open = questionsOf(asking.act).find(question => !isAnswered(draft, question))
  if (open) return pageOf(asking, open.id)
  const { filled, papers } = sentOf(draft)
  const carried = Object.fromEntries(Object.keys(asking.carries ?? {}).map(name => [name, one(typed, name)]))
  const receipt = await asking.send(visit, filled, papers, carried)
  await dropDraft(visit.site.app, visit.actor, asking.key)
  return receipt
}
