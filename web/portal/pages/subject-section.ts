import { layoutOn } from '../../../src/law/law.ts'
import { html } from '../html.ts'
import { pager } from '../kit/pager.ts'
import { openRecordCard, recordData } from '../kit/record-card.ts'
import type { Page } from '../page.ts'
import { listRecords, printPageKey, readPageKey } from '../records.ts'
import { findSubject } from '../subject-rows.ts'
import { gone } from './not-found.ts'
import { readId } from './subject.ts'

const A_PAGE = 20

export const subjectSectionPage: Page = {
  path: '/subjects/:id/sections/:section',
  mayBeIndexed: false,
  open: portal => {
    const card = openRecordCard(portal, 'h2')
    const { law, say } = portal
    return async ({ params, query }) => {
      const id = readId(params['id'])
      const subject = id === null ? undefined : await findSubject(portal.db, id)
      const today = portal.today()
      const section = layoutOn(law, 'public', today)?.sections.find(one => one.section === params['section'])
      if (!subject || !section) return gone(portal, 'subject.unknown')
      const page = await listRecords(portal.db, { subjectId: subject.subjectId, section: section.section }, today, {
        size: A_PAGE,
        older: readPageKey(query['older']),
        newer: readPageKey(query['newer']),
      })
      const base = `/subjects/${subject.subjectId}/sections/${section.section}`
      return {
        kind: 'page',
        heading: say('portal.section-title', { name: subject.name, section: section.title }),
        main: html`<p class="lead"><a href="${`/subjects/${subject.subjectId}#${section.section}`}">${say('portal.back-to-subject')}</a></p>${
          page.rows.length === 0
            ? html`<p>${say('section.nothing-in-period')}</p>`
            : html`<div class="records">${page.rows.map(card)}</div>`
        }${pager(
          say,
          page.newer && `${base}?newer=${printPageKey(page.newer)}`,
          page.older && `${base}?older=${printPageKey(page.older)}`,
        )}`,
        data: {
          subjectId: subject.subjectId,
          section: section.section,
          records: page.rows.map(row => recordData(law, say, row)),
          next: page.older ? printPageKey(page.older) : null,
          asOf: today,
        },
      }
    }
  },
}
