import type { z } from 'zod'
import type { ReportView } from '../../../src/reports/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { instantText } from '../../kit/day-text.ts'
import { say } from '../../kit/words.ts'

/** What was just issued: number, validity, verification code, and the papers. */
export function ReportReceipt({ report }: { readonly report: z.output<typeof ReportView> }) {
  return (
    <section className="mx-panel" aria-labelledby="issued">
      <div role="status">
        <h2 id="issued">{say('console.reports.issued', { number: report.number })}</h2>
      </div>
      <dl className="mx-facts">
        <div>
          <dt>{say('console.reports.subject')}</dt>
          <dd>{report.subjectName}</dd>
        </div>
        <div>
          <dt>{say('console.reports.code')}</dt>
          <dd>
            <CodeText code={report.code} />
          </dd>
        </div>
        <div>
          <dt>{say('console.reports.at')}</dt>
          <dd>{say('console.reports.at-pages', { at: instantText(report.issuedAt), pages: report.pages })}</dd>
        </div>
        <div>
          <dt>{say('console.reports.until')}</dt>
          <dd>{report.validUntil ?? say('console.reports.no-end')}</dd>
        </div>
        <div>
          <dt>{say('console.reports.digest')}</dt>
          <dd className="mx-wrap">
            <CodeText code={report.digest} />
          </dd>
        </div>
      </dl>
      <ReportLinks report={report} />
    </section>
  )
}

/** The papers of a report: PDF, JSON, and the page that says whether it stands. Each says that it opens a new window. */
export function ReportLinks({
  report,
}: {
  readonly report: Pick<z.output<typeof ReportView>, 'reportUrl' | 'verifyUrl' | 'number'>
}) {
  return (
    <p className="mx-row">
      <a href={localAddress(report.reportUrl)} target="_blank" rel="noreferrer">
        {say('console.reports.pdf')}
        <span className="mx-hidden">{report.number}</span>
      </a>
      <a href={localAddress(report.verifyUrl)} target="_blank" rel="noreferrer">
        {say('console.reports.verify')}
        <span className="mx-hidden">{report.number}</span>
      </a>
    </p>
  )
}

/** The same page on this very server: the printed address may be one that this desk does not reach. */
function localAddress(address: string): string {
  const url = new URL(address, globalThis.location.origin)
  return url.pathname + url.search
}
