import { openCase } from '../../src/cases/act-on-case.ts'
import { type Pledge, pledgeOf, pledgesOn, templateDigest, templateText } from '../../src/law/pledge.ts'
import { type Html, html } from '../portal/html.ts'
import { linkBases } from '../portal/law-links.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, Rejection, Site, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { textField } from './text-field.ts'
import { one, type Typed } from './typed.ts'

/* A commitment is signed on the page that shows its whole text: the matter first, then the text in force with what is to be filled in (M116, M121). */

const PATH = '/my/commitments/new'
const OPENNESS = ['public', 'limited', 'closed'] as const

export const newCommitmentPage: AccountPage = {
  path: PATH,
  label: 'my.commitment-new',
  needs: 'case.lodge',
  draw: visit => draw(visit, visit.query, NOTHING_WRONG),
}

export const newCommitmentForm: AccountForm = {
  path: PATH,
  needs: 'case.lodge',
  act: async ({ site, actor, subjectId }, typed) => {
    const names = ['matter', 'project', 'promise', 'openness', 'digest']
    const said = names.flatMap(name => (one(typed, name) === '' ? [] : [[name, one(typed, name)]]))
    const fields = { ...Object.fromEntries(said), until: one(typed, 'valid-until') }
    const { caseId } = await openCase(site.app, actor, { procedure: 'commitment', act: 'sign', subjectId, fields })
    return `/my/cases/${caseId}?done=1`
  },
  redraw: (visit, typed, rejection) => draw(visit, typed, rejection),
  draft: typed => addressOf(one(typed, 'matter')),
}

const addressOf = (matter: string): string => (matter === '' ? PATH : `${PATH}?${new URLSearchParams({ matter }).toString()}`)

function draw(visit: Visit, typed: Typed, rejection: Rejection): Drawn {
  const { app, today } = visit.site
  const pledge = pledgeOf(app.law, one(typed, 'matter'), today())
  return pledge ? drawForm(visit, pledge, typed, rejection) : chooseMatter(visit, rejection)
}

function chooseMatter({ site }: Visit, rejection: Rejection): Drawn {
  const { say, app } = site
  const pledges = pledgesOn(app.law, site.today())
  const units = [...new Set(pledges.map(pledge => pledge.unit))]
  return {
    heading: say('my.commitment-new'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.commitment-choose')}</p>${units.map(
      unit =>
        html`<section><h2>${app.law.units.get(unit)?.name ?? unit}</h2><ul class="links">${pledges
          .filter(pledge => pledge.unit === unit)
          .map(pledge => html`<li><a href="${addressOf(pledge.id)}">${pledge.name}</a></li>`)}</ul></section>`,
    )}`,
  }
}

function drawForm(visit: Visit, pledge: Pledge, typed: Typed, rejection: Rejection): Drawn {
  const { site } = visit
  const { say, app } = site
  const { template } = pledge
  const text = templateText(template, blank => say(`portal.commitment-blank-${blank}`))
  const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`
  return {
    heading: template.name,
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.commitment-matter', { matter: pledge.name, unit: app.law.units.get(pledge.unit)?.name ?? pledge.unit })}</p><section class="card"><h2>${say(
      'portal.commitment-text',
    )}</h2><ol>${text.map(line => html`<li>${line}</li>`)}</ol><p class="hint">${say('portal.commitment-edition', { edition: template.inForceFrom })} <span class="code">${templateDigest(
      template,
    )}</span></p><p class="hint">${say('portal.basis')}${say('portal.colon')}${linkBases(app.law, pledge.basis, say)}</p></section><form class="fill" method="post" action="${PATH}">${csrfField(
      visit,
    )}${hidden('matter', pledge.id)}${hidden('digest', templateDigest(template))}${fieldsOf(site, pledge, typed, rejection)}<p class="hint">${say(
      'my.commitment-before-sign',
    )}</p><p class="actions"><button class="button">${say('my.commitment-sign')}</button><a href="${PATH}">${say('my.commitment-other')}</a></p></form>`,
  }
}

/** What is to be written: the project of a tender, what is promised, until when, who may read it. */
function fieldsOf(site: Site, { template, replaces }: Pledge, typed: Typed, rejection: Rejection): Html {
  const { say } = site
  const has = (wanted: (blank: Pledge['template']['blanks'][number]) => boolean): boolean => template.blanks.some(wanted)
  const project = has(blank => blank.blank === 'project')
    ? textField(site, rejection, { name: 'project', value: one(typed, 'project'), most: 100 })
    : ''
  const promise = has(blank => blank.type === 'lines') ? promiseField(site, replaces, one(typed, 'promise')) : ''
  const until = textField(site, rejection, {
    name: 'until',
    value: one(typed, 'until'),
    most: 10,
    more: html` type="date" required`,
  })
  const chosen = one(typed, 'openness') || 'public'
  return html`${project}${promise}${until}<fieldset class="field"><legend>${say('my.field-openness')}</legend>${OPENNESS.map(
    value =>
      html`<label class="choice"><input type="radio" name="openness" value="${value}"${value === chosen ? html` checked` : ''}><span>${say(`my.commitment-openness-${value}`)}</span></label>`,
  )}</fieldset>`
}

function promiseField({ say }: Site, replaces: readonly string[], value: string): Html {
  const hint =
    replaces.length > 0
      ? say('my.commitment-promise-given', { replaces: replaces.join('、') })
      : say('my.commitment-promise-hint')
  return html`<div class="field"><label for="promise">${say('my.field-promise')}</label><span class="hint" id="promise-hint">${hint}</span><textarea id="promise" name="promise" rows="4" maxlength="2000" aria-describedby="promise-hint">${value}</textarea></div>`
}
