import { cityInstant } from '../../src/reports/issue.ts'
import type { OwnFile, OwnRecord } from '../../src/rights/contract.ts'
import { readOwnFile } from '../../src/rights/own-file.ts'
import { type Html, html } from '../portal/html.ts'
import { stateMark } from '../portal/kit/marks.ts'
import type { Say } from '../portal/page.ts'
import type { AccountPage, Site } from './page.ts'
import { instantText } from './reports.ts'

/** Everything that is kept about oneself, to be read and printed; the same as JSON is one link away. */
export const ownFilePage: AccountPage = {
  path: '/my/rights/file',
  label: 'my.rights-file',
  needs: 'rights.lodge',
  draw: async ({ site, actor }) => {
    const { say, app } = site
    const file = await readOwnFile(app, actor)
    const made = instantText(site, cityInstant(new Date(file.madeAt), app.city.zone))
    return {
      heading: say('my.rights-file'),
      main: html`<p class="lead">${say('my.own-made', { at: made, receipt: file.receipt })}</p><p>${file.notes.join('')}</p><p class="actions"><a class="button" href="/api/v1/rights/own-file" download="own-file.json">${say('my.rights-file-json')}</a><a href="/my/rights">${say('my.rights')}</a></p>${cardOf(site, file)}<section id="records"><h2>${say('my.own-records', { count: file.records.length })}</h2>${file.records.length === 0 ? html`<p class="empty-answer">${say('my.own-no-records')}</p>` : file.records.map(record => recordOf(site, record))}</section>${looksOf(site, file)}${restOf(site, file)}`,
    }
  },
}

function lineOf(label: string, value: Html | string): Html {
  return html`<div><dt>${label}</dt><dd>${value}</dd></div>`
}

function cardOf({ say }: Site, { subject, documents }: OwnFile): Html {
  const lines: (readonly [string, string | null])[] = [
    [say('my.own-name'), subject.name],
    [say('portal.uscc'), subject.uscc],
    [say('portal.subject-kind'), say(`portal.kind-${subject.kind}`)],
    [say('portal.status'), subject.status],
    [say('portal.legal-representative'), subject.legalRepresentative],
    [say('portal.registered-address'), subject.address],
    [say('my.own-former'), subject.formerNames.map(former => former.name).join(say('portal.comma')) || null],
    ...documents.map(one => [one.kindName, one.number] as const),
    [say('my.own-codes'), subject.oldCodes.join(say('portal.comma')) || null],
  ]
  return html`<section><h2>${say('my.own-card')}</h2><dl class="facts">${lines.map(([label, value]) => (value === null ? '' : lineOf(label, value)))}</dl></section>`
}

function recordOf({ say }: Site, record: OwnRecord): Html {
  const versions = record.versions.map(version => version.knownOn).join(say('portal.comma'))
  return html`<section class="card" id="${`record-${record.recordId}`}"><h3>${record.itemName}</h3>${besideOf(say, record)}<dl class="facts stacked">${lineOf(say('my.own-authority'), record.authority)}${lineOf(say('my.own-decided'), record.decidedOn)}${lineOf(say('portal.state'), record.state)}${record.fields.map(field => lineOf(field.name, field.value))}${lineOf(say('my.own-received'), record.receivedOn)}${lineOf(say('my.own-versions'), versions)}</dl>${commentOf(say, record)}<ul class="links"><li><a href="${`/my/rights/new?kind=correction&recordId=${record.recordId}`}">${say('my.own-correct')}</a></li><li><a href="${`/my/rights/comment?recordId=${record.recordId}`}">${say(record.comment ? 'my.comment-change' : 'my.comment-write')}</a></li></ul></section>`
}

/** What stands beside it, and what cases have made of it and why. */
function besideOf(say: Say, { marks, standings }: OwnRecord): Html {
  const shown = marks.filter(mark => mark === 'contested' || mark === 'commented')
  const why = standings.map(one => html`<li>${one.sentence}</li>`)
  return html`${shown.length === 0 ? '' : html`<p class="marks">${shown.map(mark => stateMark(mark, say(`portal.mark-${mark}`)))}</p>`}${why.length === 0 ? '' : html`<ul class="plain bullets">${why}</ul>`}`
}

function commentOf(say: Say, { comment }: OwnRecord): Html | string {
  if (comment === null) return ''
  return html`<div class="comment"><p class="why-head">${say('portal.comment', { on: comment.on })}</p><p class="said">${comment.text}</p></div>`
}

function looksOf(site: Site, { looks }: OwnFile): Html {
  const { say, app } = site
  return html`<section><h2>${say('my.looks')}</h2>${
    looks.length === 0
      ? html`<p class="empty-answer">${say('my.looks-none')}</p>`
      : html`<ul class="plain bullets">${looks.map(
          look =>
            html`<li><span class="day">${instantText(site, cityInstant(new Date(look.at), app.city.zone))}</span> ${look.by === 'unit' ? look.unitName : say(`my.by-${look.by}`)} ${look.purpose} <span class="quiet">${look.businessNo} ${look.receipt}</span></li>`,
        )}</ul>`
  }</section>`
}

function restOf({ say }: Site, { reports, requests }: OwnFile): Html {
  const none = html`<li>${say('my.own-none')}</li>`
  return html`<section><h2>${say('my.issued')}</h2><ul class="plain bullets">${reports.length === 0 ? none : reports.map(report => html`<li>${say(`portal.report-${report.kind}`)} <span class="code">${report.number}</span> <span class="day">${report.issuedAt.slice(0, 10)}</span></li>`)}</ul></section><section><h2>${say('my.rights-asked')}</h2><ul class="plain bullets">${requests.length === 0 ? none : requests.map(request => html`<li>${request.kindName} <span class="code">${request.number}</span> ${request.stateName}</li>`)}</ul></section>`
}
