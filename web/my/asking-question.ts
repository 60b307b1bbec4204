import { DRAFT_DAYS, type Draft } from '../../src/cases/drafts.ts'
import { LARGEST_PAPER } from '../../src/cases/papers.ts'
import { type Html, html } from '../portal/html.ts'
import { type Asking, CHECK, type FieldForm, type PaperForm, pageOf, papersFor, type Question, questionsOf } from './asking.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { Drawn, Rejection, Site, Visit } from './page.ts'

/* One question a page: what it is about on top, the way back, one thing to answer, one button. */

const MEGABYTE = 1024 * 1024

export type Shown = {
  readonly question: Question
  readonly draft: Draft
  /** What was typed just now and came back; null: what the draft holds. */
  readonly typed: string | null
  /** Answers are being changed on the way to the last page. */
  readonly isChange: boolean
  /** What was begun before goes on. */
  readonly isResumed: boolean
}

export function drawQuestion(visit: Visit, asking: Asking, shown: Shown, rejection: Rejection): Drawn {
  const { site } = visit
  const { say } = site
  const { question, isChange } = shown
  const all = questionsOf(asking.act)
  const at = all.findIndex(one => one.id === question.id)
  const before = isChange ? pageOf(asking, CHECK) : at === 0 ? asking.from : pageOf(asking, all[at - 1]?.id ?? '')
  const isPaper = question.kind === 'paper'
  return {
    heading: asking.heading,
    ...warningOf(site, rejection),
    main: html`<p class="back"><a href="${before}">${say('my.ask-back')}</a></p>${rejectionBlock(site, rejection)}${shown.isResumed ? resumed(visit, asking) : ''}${asking.top}${asking.beside?.(question.id) ?? ''}<form class="fill ask" method="post" action="${asking.address}"${isPaper ? html` enctype="multipart/form-data"` : ''}>${csrfField(visit)}<input type="hidden" name="q" value="${question.id}">${isChange ? html`<input type="hidden" name="to" value="${CHECK}">` : ''}<p class="hint step">${say('my.ask-step', { step: at + 1, steps: all.length + 1 })}</p>${isPaper ? paperField(site, question, shown, rejection) : answerField(site, question.field, shown, rejection)}${buttons(site, shown)}</form>`,
  }
}

/** What was begun is there still; who wants to begin anew may. */
function resumed(visit: Visit, asking: Asking): Html {
  const { say } = visit.site
  return html`<form class="banner resumed" method="post" action="${asking.address}">${csrfField(visit)}<span>${say('my.ask-resumed', { days: DRAFT_DAYS })}</span> <button class="button quiet-button" name="do" value="clear">${say('my.ask-anew')}</button></form>`
}

function buttons({ say }: Site, { question, draft }: Shown): Html {
  const go = html`<button class="button" name="do" value="answer">${say('my.ask-go-on')}</button>`
  if (question.kind === 'field') return html`<p class="actions">${go}</p>`
  const more = html`<button class="button quiet-button" name="do" value="more">${say('my.ask-upload')}</button>`
  const has = papersFor(draft, question.paper).length > 0
  const skip = !question.paper.required && !has ? html`<p class="hint">${say('my.ask-no-paper')}</p>` : ''
  return html`<p class="actions">${go}${more}</p>${skip}`
}

/** What stands around an input: its name, hint and, where it is to be mended, the sentence. */
type Around = { readonly id: string; readonly hint: string | null; readonly fault: string | undefined }

function described({ id, hint, fault }: Around): Html | '' {
  const ids = [fault ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ')
  const by = ids === '' ? '' : html` aria-describedby="${ids}"`
  return html`${by}${fault ? html` aria-invalid="true"` : ''}`
}

function notes({ id, hint, fault }: Around): Html {
  return html`${hint ? html`<span class="hint block" id="${`${id}-hint`}">${hint}</span>` : ''}${fault ? html`<span class="field-error" id="${`${id}-error`}">${fault}</span>` : ''}`
}

function nameOf({ say }: Site, { name, required }: { readonly name: string; readonly required: boolean }): string {
  return required ? name : say('my.ask-optional', { name })
}

function answerField(site: Site, field: FieldForm, { draft, typed }: Shown, { faults }: Rejection): Html {
  const value = typed ?? draft.answers[field.field] ?? ''
  const id = field.field
  const around = { id, hint: field.hint, fault: faults.find(one => one.field === id)?.sentence }
  if (field.kind === 'choice') return choices(site, field, value, around)
  if (field.kind === 'yes')
    return html`<fieldset class="options"${described(around)}><legend>${field.name}</legend>${notes(around)}<label class="choice"><input type="checkbox" id="${id}" name="answer" value="yes"${value === 'yes' ? html` checked` : ''}><span>${site.say('my.ask-declare')}</span></label></fieldset>`
  const head = html`<label class="question" for="${id}">${nameOf(site, field)}</label>${notes(around)}`
  return html`<div class="field">${head}${inputOf(site, field, value, around)}</div>`
}

function inputOf({ say }: Site, field: FieldForm, value: string, around: Around): Html {
  const id = field.field
  const more = described(around)
  switch (field.kind) {
    case 'long-text':
      return html`<textarea id="${id}" name="answer" rows="6" maxlength="${field.longest}"${more}>${value}</textarea><span class="hint block">${say('my.ask-longest', { most: field.longest })}</span>`
    case 'day':
      return html`<input id="${id}" name="answer" type="date" value="${value}"${more}>`
    case 'number':
      return html`<input id="${id}" name="answer" inputmode="decimal" autocomplete="off" value="${value}" maxlength="${field.longest}"${more}>`
    case 'unit':
      return html`<select id="${id}" name="answer"${more}><option value="">${say('my.ask-choose')}</option>${field.choices.map(
        one => html`<option value="${one.id}"${one.id === value ? html` selected` : ''}>${one.name}</option>`,
      )}</select>`
    default:
      return html`<input id="${id}" name="answer" value="${value}" maxlength="${field.longest}" autocomplete="off"${more}>`
  }
}

function choices(site: Site, field: FieldForm, value: string, around: Around): Html {
  return html`<fieldset class="options"${described(around)}><legend>${nameOf(site, field)}</legend>${notes(around)}${field.choices.map(
    (one, index) =>
      html`<label class="choice"><input type="radio" name="answer" value="${one.id}"${index === 0 ? html` id="${field.field}"` : ''}${one.id === value ? html` checked` : ''}><span>${one.name}</span></label>`,
  )}</fieldset>`
}

function paperField(
  site: Site,
  { id, paper }: { readonly id: string; readonly paper: PaperForm },
  { draft }: Shown,
  { faults }: Rejection,
): Html {
  const { say } = site
  const has = papersFor(draft, paper)
  const around = { id, hint: paper.hint, fault: faults.find(one => one.field === id)?.sentence }
  const kept =
    has.length === 0
      ? ''
      : html`<p>${say('my.ask-uploaded', { count: has.length })}</p><ul class="plain papers">${has.map(
          one =>
            html`<li><span>${one.name} <span class="quiet">${sizeText(one.bytes)}</span></span> <button class="button quiet-button" name="drop" value="${one.paperId}" aria-label="${say('my.ask-drop-of', { name: one.name })}">${say('my.ask-drop')}</button></li>`,
        )}</ul>`
  return html`${kept}<div class="field"><label class="question" for="${id}">${nameOf(site, paper)}</label>${notes(around)}<span class="hint block">${say('my.ask-media', { most: LARGEST_PAPER / MEGABYTE })}</span><input id="${id}" name="file" type="file" multiple accept="image/jpeg,image/png,application/pdf" data-shrink="${say('my.ask-shrunk', { name: '{name}', from: '{from}', to: '{to}' })}"${described(around)}></div><script src="${site.papersScript}" defer></script>`
}

/** 320KB, 1.2MB. */
export function sizeText(bytes: number): string {
  return bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))}KB` : `${(bytes / MEGABYTE).toFixed(1)}MB`
}
