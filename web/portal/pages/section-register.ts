import { type Html, html } from '../html.ts'
import { recordMarks } from '../kit/marks.ts'
import { pager } from '../kit/pager.ts'
import { recordData } from '../kit/record-card.ts'
import { recordLink, subjectLink } from '../kit/row-list.ts'
import { table } from '../kit/table.ts'
import { linkBases } from '../law-links.ts'
import type { Page, Say } from '../page.ts'
import { listRecords, printPageKey, readPageKey } from '../records.ts'

/* 信用承诺公示 and 守信荣誉: everything on display in one section of the report, whatever its catalogue item. */

const A_PAGE = 20

export const commitmentsPage: Page = sectionPage('commitments')
export const honoursPage: Page = sectionPage('honours')

/** What is to be kept now is no record yet, and where one may promise what is a table of the units. */
const alsoSee = (say: Say): Html =>
  html`<p class="links-line"><a href="/commitments/current">${say('portal.commitments-current')}</a> <a href="/commitments/matters">${say('portal.commitment-matters')}</a></p>`

function sectionPage(section: 'commitments' | 'honours'): Page {
  return {
    path: `/${section}`,
    label: `portal.${section}`,
    mayBeIndexed: false,
    open: portal => {
      const { say, law } = portal
      const items = [...law.items.values()]
        .flatMap(editions => editions.at(-1) ?? [])
        .filter(item => item.report.section === section)
      const bases = [...new Set(items.flatMap(item => item.disclosure.basis))]
      return async ({ query }) => {
        const today = portal.today()
        const page = await listRecords(portal.db, { section }, today, {
          size: A_PAGE,
          older: readPageKey(query['older']),
          newer: readPageKey(query['newer']),
        })
        const rows =
          page.rows.length === 0
            ? html`<p class="empty-answer">${say(`portal.${section}-empty`)}</p>`
            : table(
                say(`portal.${section}-caption`),
                [
                  { head: say('portal.subject-name'), cell: subjectLink },
                  { head: say('portal.matter'), cell: row => html`${row.heading} ${row.title === row.heading ? '' : row.title}` },
                  { head: say('portal.document-no'), cell: recordLink },
                  { head: say(`portal.${section}-authority`), cell: row => row.authorityName },
                  { head: say(`portal.${section}-day`), cell: row => html`<span class="day">${row.decidedOn}</span>` },
                  { head: say('portal.state'), cell: row => html`<span class="marks">${recordMarks(law, say, row)}</span>` },
                ],
                page.rows,
              )
        return {
          kind: 'page',
          heading: say(`portal.${section}`),
          main: html`<p class="lead">${say(`portal.${section}-lead`)}</p><p class="hint">${say('portal.basis')}${say('portal.colon')}${linkBases(law, bases, say)}</p>${rows}${pager(
            say,
            page.newer && `/${section}?newer=${printPageKey(page.newer)}`,
            page.older && `/${section}?older=${printPageKey(page.older)}`,
          )}${section === 'commitments' ? alsoSee(say) : ''}`,
          data: {
            section,
            records: page.rows.map(row => recordData(law, say, row)),
            next: page.older ? printPageKey(page.older) : null,
            asOf: today,
          },
        }
      }
    },
  }
}
