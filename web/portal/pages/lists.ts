import type { ListRule } from '../../../src/law/list-model.ts'
import { listsOfKind, openableList, termMonthsOf } from '../../../src/law/lists.ts'
import { type Html, html } from '../html.ts'
import { codeText } from '../kit/code-text.ts'
import { besideMarks, stateMark } from '../kit/marks.ts'
import { pager } from '../kit/pager.ts'
import { recordData } from '../kit/record-card.ts'
import { recordLink } from '../kit/row-list.ts'
import { table } from '../kit/table.ts'
import { unverified } from '../kit/unverified.ts'
import { linkBases } from '../law-links.ts'
import type { Page, Portal } from '../page.ts'
import { listRecords, type PublicRow, printPageKey, readPageKey } from '../records.ts'
import { recordsCsv } from '../records-csv.ts'
import { listRules } from './list-rules.ts'
import { gone } from './not-found.ts'

const A_PAGE = 20

export const listsPage: Page = {
  path: '/lists',
  label: 'portal.lists',
  mayBeIndexed: false,
  open: portal => () => {
    const { say, law } = portal
    const all = listsOfKind(law, 'serious')
    const closed = all.filter(one => !one.enabled)
    return {
      kind: 'page',
      heading: say('portal.lists'),
      main: html`<p class="lead">${say('portal.lists-lead')}</p><ul class="cards">${all
        .filter(one => one.enabled)
        .map(one => listCard(portal, one))}</ul>${
        closed.length > 0
          ? html`<details><summary>${say('portal.lists-closed', { count: closed.length })}</summary><ul class="plain">${closed.map(
              one => html`<li><b>${one.name}</b>${say('portal.colon')}${one.note ?? ''}${missingText(portal, one)}</li>`,
            )}</ul></details>`
          : ''
      }`,
      data: {
        lists: all.map(({ list, name, authority, enabled, basis, publisher }) => ({
          list,
          name,
          authority,
          enabled,
          basis,
          publisher,
        })),
      },
    }
  },
}

/** Which parts of a list nobody has written down, so that nobody can be put on it here (M202); null where none is missing. */
function missingOf({ say, law, today }: Portal, { list }: ListRule): string | null {
  const answer = openableList(law, list, today())
  const parts = answer.open ? [] : answer.missing.filter(part => part !== 'enabled' && part !== 'list')
  return parts.length === 0 ? null : parts.map(part => say(`portal.list-part-${part}`)).join('、')
}

function missingText(portal: Portal, one: ListRule): Html {
  const parts = missingOf(portal, one)
  return parts === null ? html`` : html`<span class="quiet">${portal.say('portal.list-missing', { parts })}</span>`
}

function listCard(portal: Portal, one: ListRule): Html {
  const { say, law } = portal
  return html`<li class="card"><h2><a href="${`/lists/${one.list}`}">${one.name}</a></h2><dl class="facts"><div><dt>${say('portal.list-authority')}</dt><dd>${one.authority}</dd></div><div><dt>${say(
    'portal.basis',
  )}</dt><dd>${linkBases(law, one.basis, say)}</dd></div></dl></li>`
}

export const listPage: Page = {
  path: '/lists/:list',
  mayBeIndexed: false,
  open:
    portal =>
    async ({ params, query }) => {
      const { say } = portal
      const rule = portal.law.lists.get(params['list'] ?? '')
      if (!rule?.enabled || rule.kind !== 'serious') return gone(portal, 'page.not-found')
      const today = portal.today()
      const filter = { list: rule.list }
      if (query['format'] === 'csv') return recordsCsv(portal, filter, rule.list, today)
      const page = await listRecords(portal.db, filter, today, {
        size: A_PAGE,
        older: readPageKey(query['older']),
        newer: readPageKey(query['newer']),
      })
      const base = `/lists/${rule.list}`
      return {
        kind: 'page',
        heading: rule.name,
        main: html`${aboutList(portal, rule)}${listRows(portal, rule, page.rows)}${pager(
          say,
          page.newer && `${base}?newer=${printPageKey(page.newer)}`,
          page.older && `${base}?older=${printPageKey(page.older)}`,
        )}<p class="links-line"><a class="button quiet-button" href="${`${base}?format=csv`}">${portal.icon('download')}${say('portal.csv-list')}</a></p>`,
        data: {
          list: rule.list,
          name: rule.name,
          records: page.rows.map(row => recordData(portal.law, say, row)),
          next: page.older ? printPageKey(page.older) : null,
          asOf: today,
        },
      }
    },
}

function aboutList(portal: Portal, rule: ListRule): Html {
  const { say, law } = portal
  const court = rule.publisher === 'court'
  const months = termMonthsOf(rule)
  const parts = missingOf(portal, rule)
  return html`${court ? html`<p class="marks">${stateMark('court', say('portal.mark-court'))}</p>` : ''}<dl class="facts stacked"><div><dt>${say(
    'portal.list-authority',
  )}</dt><dd>${rule.authority}</dd></div><div><dt>${say('portal.basis')}</dt><dd>${linkBases(law, rule.basis, say)}${unverified(
    say,
    rule.confidence,
  )}</dd></div><div><dt>${say('portal.term')}</dt><dd>${
    court ? say('portal.term-court') : months === null ? say('portal.term-open') : say('portal.term-months', { months })
  }</dd></div>${
    parts === null ? '' : html`<div><dt>${say('portal.list-lacks')}</dt><dd>${parts}${say('portal.list-lacks-means')}</dd></div>`
  }</dl><section class="way-out"><h2>${say('portal.way-out')}</h2><p>${rule.exit.text}${unverified(say, rule.exit.confidence)}</p><p><a href="/help#repair">${say(
    'portal.repair',
  )}</a></p></section>${listRules(portal, rule)}`
}

function listRows(portal: Portal, rule: ListRule, rows: readonly PublicRow[]): Html {
  const { say } = portal
  if (rows.length === 0) return html`<p class="empty-answer">${say('portal.list-empty')}</p>`
  return table(
    say('portal.list-caption', { name: rule.name }),
    [
      {
        head: say('portal.subject-name'),
        cell: row => html`<a href="${`/subjects/${row.subjectId}#${row.section}`}">${row.subjectName}</a>`,
      },
      { head: say('portal.uscc'), cell: row => (row.uscc ? codeText(row.uscc) : '') },
      { head: say('portal.decision-no'), cell: recordLink },
      { head: say('portal.list-authority'), cell: row => row.authorityName },
      { head: say('portal.listed-on'), cell: row => html`<span class="day">${row.decidedOn}</span>` },
      {
        head: say('portal.ends-on'),
        cell: row => html`<span class="day">${row.shownUntil ?? say('portal.until-removed')}</span>`,
      },
      {
        head: say('portal.state'),
        cell: row => html`<span class="marks">${stateMark('in-force', say('portal.mark-listed'))}${besideMarks(say, row)}</span>`,
      },
    ],
    rows,
  )
}
