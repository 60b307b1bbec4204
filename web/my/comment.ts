import type { FactId } from '../../src/base/id.ts'
import type { OwnRecord } from '../../src/rights/contract.ts'
import { readOwnFile } from '../../src/rights/own-file.ts'
import { commentLimit, withdrawComment, writeComment } from '../../src/standing/comments.ts'
import { type Html, html } from '../portal/html.ts'
import { csrfField, problemPage, rejectionBlock, warningOf } from './frame.ts'
import { type AccountForm, type AccountPage, type Drawn, type Fault, NOTHING_WRONG, type Rejection, type Visit } from './page.ts'
import { draftAddress, one, type Typed } from './typed.ts'

/* What a subject says beside one of its records (主体说明): one page, one question. */

const PATH = '/my/rights/comment'
const BACK = '/my/rights/file#records'

export const commentPage: AccountPage = {
  path: PATH,
  label: 'my.comment',
  needs: 'rights.lodge',
  draw: visit => drawForm(visit, visit.query, NOTHING_WRONG),
}

export const commentForm: AccountForm = {
  path: PATH,
  needs: 'rights.lodge',
  act: async ({ site, actor }, typed) => {
    const { app, say } = site
    const text = one(typed, 'text')
    const limit = commentLimit(app)
    const faults: Fault[] = []
    if (text.trim() === '') faults.push({ field: 'text', sentence: say('my.rights-missing', { name: say('my.comment') }) })
    if ([...text.trim()].length > limit) faults.push({ field: 'text', sentence: say('comment.too-long', { limit }) })
    if (faults.length > 0) return faults
    await writeComment(app, actor, recordIdOf(typed), text)
    return `/my/rights/file#record-${recordIdOf(typed)}`
  },
  redraw: drawForm,
  draft: typed => draftAddress(PATH, typed, ['recordId', 'text']),
}

export const withdrawCommentForm: AccountForm = {
  path: `${PATH}/withdraw`,
  needs: 'rights.lodge',
  act: async ({ site, actor }, typed) => {
    await withdrawComment(site.app, actor, recordIdOf(typed))
    return `/my/rights/file#record-${recordIdOf(typed)}`
  },
  redraw: ({ site }, _, { problem }): Drawn =>
    problem ? problemPage(site, problem) : { heading: site.say('my.comment'), main: html`` },
  draft: typed => draftAddress(PATH, typed, ['recordId']),
}

/** 0 where none is named: nobody's record has that number. */
function recordIdOf(typed: Typed): FactId {
  const id = Number(one(typed, 'recordId'))
  return (Number.isSafeInteger(id) && id > 0 ? id : 0) as FactId
}

async function drawForm(visit: Visit, typed: Typed, rejection: Rejection): Promise<Drawn> {
  const { site, actor } = visit
  const { say } = site
  const { records } = await readOwnFile(site.app, actor)
  const record = records.find(it => it.recordId === recordIdOf(typed))
  if (!record)
    return {
      heading: say('my.comment'),
      ...warningOf(site, rejection),
      main: html`${rejectionBlock(site, rejection)}<p>${say('my.comment-choose')} <a href="${BACK}">${say('my.rights-file-open')}</a></p>`,
    }
  const value = rejection === NOTHING_WRONG ? (record.comment?.text ?? '') : one(typed, 'text')
  return {
    heading: say('my.comment'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.comment-lead')}</p><form class="fill" method="post" action="${PATH}">${csrfField(visit)}${aboutRecord(visit, record)}<input type="hidden" name="recordId" value="${record.recordId}">${textArea(visit, rejection, value)}<p class="actions"><button class="button">${say('my.comment-send')}</button><a href="${BACK}">${say('my.comment-back')}</a></p></form>${record.comment ? withdrawal(visit, record) : ''}`,
  }
}

/** Which record: what it is, who decided, and when. Its number here is nobody's to know. */
function aboutRecord({ site: { say } }: Visit, { itemName, documentNo, authority, decidedOn }: OwnRecord): Html {
  const lines = [
    ['portal.matter', itemName],
    ['portal.document-no', documentNo],
    ['my.own-authority', authority],
    ['my.own-decided', decidedOn],
  ] as const
  return html`<section class="card"><h2>${say('my.comment-record')}</h2><dl class="facts">${lines.map(([label, value]) => (value === '' ? '' : html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`))}</dl></section>`
}

function textArea({ site }: Visit, { faults }: Rejection, value: string): Html {
  const { say, app } = site
  const fault = faults.find(it => it.field === 'text')
  const described = fault ? 'text-error text-hint' : 'text-hint'
  return html`<div class="field"><label for="text">${say('my.comment')}</label><span class="hint" id="text-hint">${say('my.comment-hint', { limit: commentLimit(app) })}</span>${fault ? html`<span class="field-error" id="text-error">${fault.sentence}</span>` : ''}<textarea id="text" name="text" rows="7" maxlength="${commentLimit(app)}" aria-describedby="${described}"${fault ? html` aria-invalid="true"` : ''}>${value}</textarea></div>`
}

function withdrawal(visit: Visit, { recordId }: OwnRecord): Html {
  const { say } = visit.site
  return html`<section><h2>${say('my.comment-withdraw')}</h2><p>${say('my.comment-withdraw-what')}</p><form method="post" action="${`${PATH}/withdraw`}">${csrfField(visit)}<input type="hidden" name="recordId" value="${recordId}"><p><button class="button quiet-button">${say('my.comment-withdraw')}</button></p></form></section>`
}
