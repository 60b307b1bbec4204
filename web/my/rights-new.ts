import { findFoot } from '../../src/archive/archive-rows.ts'
import { type RightKind, rightKind } from '../../src/law/access-model.ts'
import { type AskedRecord, readAskedRecord } from '../../src/rights/asked-record.ts'
import { lodgeRequest, rightsLaw } from '../../src/rights/lodge.ts'
import { type Html, html } from '../portal/html.ts'
import { linkBases } from '../portal/law-links.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, Fault, Rejection, Site, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { textField } from './text-field.ts'
import { draftAddress, one, type Typed } from './typed.ts'

const PATH = '/my/rights/new'
const MOST = 1000
const NAMES = ['kind', 'text', 'field', 'shouldBe', 'recordId', 'lookReceipt'] as const

/** The rights that are asked for with a form; a copy of one's own file needs none. */
const FORMED: readonly RightKind[] = ['correction', 'deletion', 'restriction', 'portability', 'explanation', 'look-complaint']

/** What this subject may ask for: some rights are those of natural persons alone. */
export async function askable({ site: { app }, subjectId }: Visit): Promise<RightKind[]> {
  const foot = await findFoot(app.db, subjectId)
  const { rights } = rightsLaw(app.law)
  return FORMED.filter(kind => foot?.kind === 'natural-person' || rights[kind].organisations)
}

export const newRightPage: AccountPage = {
  path: PATH,
  label: 'my.rights-new',
  needs: 'rights.lodge',
  draw: visit => drawForm(visit, visit.query, NOTHING_WRONG),
}

export const newRightForm: AccountForm = {
  path: PATH,
  needs: 'rights.lodge',
  act: async (visit, typed) => {
    const { site, actor } = visit
    const kind = kindOf(typed)
    const faults = faultsOf(site, kind, typed)
    if (faults.length > 0 || kind === null) return faults
    const recordId = Number(one(typed, 'recordId'))
    const { requestId } = await lodgeRequest(site.app, actor, {
      kind,
      text: one(typed, 'text'),
      field: one(typed, 'field'),
      shouldBe: one(typed, 'shouldBe'),
      recordId: Number.isSafeInteger(recordId) && recordId > 0 ? recordId : undefined,
      lookReceipt: one(typed, 'lookReceipt') || undefined,
    })
    return `/my/rights/requests/${requestId}`
  },
  redraw: drawForm,
  draft: typed => draftAddress(PATH, typed, NAMES),
}

function kindOf(typed: Typed): RightKind | null {
  const read = rightKind.safeParse(one(typed, 'kind'))
  return read.success && FORMED.includes(read.data) ? read.data : null
}

function faultsOf({ say }: Site, kind: RightKind | null, typed: Typed): Fault[] {
  if (kind === null) return [{ field: 'kind', sentence: say('my.rights-kind-missing') }]
  const faults: Fault[] = []
  const missing = (field: string): void =>
    void faults.push({ field, sentence: say('my.rights-missing', { name: say(`my.field-${field}`) }) })
  for (const field of kind === 'correction' ? ['field', 'shouldBe'] : ['text']) if (one(typed, field) === '') missing(field)
  if (kind === 'look-complaint' && one(typed, 'lookReceipt') === '') missing('lookReceipt')
  for (const field of ['text', 'field', 'shouldBe'])
    if (one(typed, field).length > MOST)
      faults.push({ field, sentence: say('my.text-too-long', { name: say(`my.field-${field}`), most: MOST }) })
  return faults
}

async function drawForm(visit: Visit, typed: Typed, rejection: Rejection): Promise<Drawn> {
  const { site } = visit
  const { say, app } = site
  const { rights } = rightsLaw(app.law)
  const kind = kindOf(typed)
  if (kind === null) return await chooseKind(visit, rejection)
  const right = rights[kind]
  const record = kind === 'correction' ? await recordOf(visit, typed) : undefined
  return {
    heading: right.name,
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say(`my.rights-what-${kind}`)}</p><p class="hint">${say('my.rights-clock', { days: right.clock.workingDays })} ${say('portal.basis')}${say('portal.colon')}${linkBases(app.law, right.basis, say)}</p><form class="fill" method="post" action="${PATH}">${csrfField(visit)}<input type="hidden" name="kind" value="${kind}">${fieldsOf(site, kind, { typed, record }, rejection)}<p class="hint">${say('my.rights-no-numbers')}</p><p class="actions"><button class="button">${say('my.rights-send')}</button><a href="/my/rights">${say('my.rights-back')}</a></p></form>`,
  }
}

async function chooseKind(visit: Visit, rejection: Rejection): Promise<Drawn> {
  const { site } = visit
  const { rights } = rightsLaw(site.app.law)
  const kinds = await askable(visit)
  return {
    heading: site.say('my.rights-new'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<ul class="links" id="kind">${kinds.map(kind => html`<li><a href="${`${PATH}?kind=${kind}`}">${rights[kind].name}</a></li>`)}</ul>`,
  }
}

/** The record that the form is about, as its subject knows it; undefined where none was chosen, or none of its own. */
async function recordOf({ site, actor }: Visit, typed: Typed): Promise<AskedRecord | undefined> {
  const recordId = Number(one(typed, 'recordId'))
  return Number.isSafeInteger(recordId) && recordId > 0 ? await readAskedRecord(site.app, actor, recordId) : undefined
}

/** Which record: what it is, its document, who decided, and when. Its number here is nobody's to know. */
function aboutRecord({ say }: Site, record: AskedRecord): Html {
  const lines = [
    ['portal.matter', record.itemName],
    ['portal.document-no', record.documentNo],
    ['my.own-authority', record.authorityName],
    ['my.own-decided', record.decidedOn],
  ] as const
  return html`<section class="card"><h2>${say('my.rights-about-record')}</h2><dl class="facts">${lines.map(([label, value]) => (value === '' ? '' : html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`))}</dl></section><input type="hidden" name="recordId" value="${record.recordId}">`
}

type Filled = { readonly typed: Typed; readonly record: AskedRecord | undefined }

function fieldsOf(site: Site, kind: RightKind, { typed, record }: Filled, rejection: Rejection): Html {
  const { say } = site
  const field = (name: string, hint: string): Html =>
    textField(site, rejection, { name, value: one(typed, name), most: MOST, hint: say(hint) })
  const about =
    kind === 'correction'
      ? html`${record === undefined ? html`<p>${say('my.rights-choose-record')} <a href="/my/rights/file#records">${say('my.rights-file-open')}</a></p>` : aboutRecord(site, record)}${field('field', 'my.rights-field-hint')}${field('shouldBe', 'my.rights-should-hint')}`
      : ''
  const look = kind === 'look-complaint' ? field('lookReceipt', 'my.rights-look-hint') : ''
  return html`${about}${look}${textArea(site, rejection, one(typed, 'text'), kind === 'correction')}`
}

/** Several lines: what is asked for and why. */
function textArea({ say }: Site, { faults }: Rejection, value: string, isOptional: boolean): Html {
  const fault = faults.find(one => one.field === 'text')
  const label = say(isOptional ? 'my.field-text-optional' : 'my.field-text')
  return html`<div class="field"><label for="text">${label}</label>${fault ? html`<span class="field-error" id="text-error">${fault.sentence}</span>` : ''}<textarea id="text" name="text" rows="5" maxlength="${MOST}"${fault ? html` aria-invalid="true" aria-describedby="text-error"` : ''}>${value}</textarea></div>`
}
