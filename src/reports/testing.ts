import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { day } from '../base/day.ts'
import { inventedUscc } from '../subject/invented.ts'
import type { PublicReport, ReportRecord, ReportSection, SpecialReport } from './model.ts'
import { makeVerifyCode } from './verify-code.ts'

// Invented reports for the tests of this folder, and a reader of what was rendered.

const fields = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => ({ name, value }))

/** An invented licence, the n-th of its bureau. */
export function licence(n: number): ReportRecord {
  return {
    title: `准予行政许可决定书 示市监许准〔2026〕${n}号`,
    marks: [{ state: 'displayed', text: '公示中，至2031-03-02' }],
    fields: fields({
      行政许可决定文书号: `示市监许准〔2026〕${n}号`,
      许可类别: '普通',
      许可编号: `JY1860100${n}`,
      许可决定日期: '2026-03-02',
      有效期自: '2026-03-02',
      有效期至: '2031-03-01',
      许可内容: `食品销售（含冷藏冷冻食品），经营场所第${n}号库`,
      许可机关: '示例市市场监督管理局',
      许可机关统一社会信用代码: inventedUscc('government-body', 1),
      数据来源单位: '示例市市场监督管理局',
    }),
    provenance: `来源：示例市市场监督管理局 · 2026-03-05报送，第${n}行`,
  }
}

/** An invented penalty, the n-th of its bureau. */
export function penalty(n: number, changes: Partial<ReportRecord> = {}): ReportRecord {
  return {
    title: `行政处罚决定书 示市监罚〔2026〕${n}号`,
    marks: [{ state: 'displayed', text: '公示中，至2027-03-02' }],
    fields: [
      ...fields({
        行政处罚决定书文号: `示市监罚〔2026〕${n}号`,
        处罚类别: '警告；罚款',
        处罚决定日期: '2026-03-02',
        处罚内容: `警告，并处罚款${n}.25万元。`,
        '罚款金额（万元）': `${n}.25`,
        暂扣或吊销证照名称及编号: '',
        违法行为类型: '经营标签不符合规定的食品',
      }),
      {
        name: '违法事实',
        value: `当事人于2026-01-15至2026-02-01期间销售标签未标明生产日期的预包装食品${n}件，经责令改正后已下架召回。`,
        basis: '《中华人民共和国食品安全法》第六十七条',
      },
      ...fields({ 处罚机关: '示例市市场监督管理局', 处罚机关统一社会信用代码: inventedUscc('government-body', 1) }),
    ],
    provenance: `来源：示例市市场监督管理局 · 2026-03-05报送，第${n}行`,
    ...changes,
  }
}

export const CODE = makeVerifyCode(Uint8Array.from({ length: 19 }, (_, i) => i * 37))

const shared = {
  layoutEdition: 'V2.0',
  number: '20261121201530123A0001',
  issuedAt: '2026-11-21T20:15:30+08:00',
  issuer: '示例市公共信用信息中心',
  cityName: '示例市',
  exampleCity: true,
  subject: {
    name: '示例市云麓食品有限公司',
    uscc: inventedUscc('enterprise', 7),
    kindName: '企业',
    particulars: [{ name: '登记机关', value: '示例市市场监督管理局' }],
  },
  labels: ['存续'],
  statements: ['本报告中的信息由信息提供单位归集，平台客观展示，不主动编辑或修改。', '本报告不对信息主体评分，不评定等级。'],
  verifyCode: CODE,
  verifyUrl: `https://credit.example/verify/${CODE}`,
  notes: ['税务部门数据截至2026-11-18。'],
}

/** A block of the layout with the records given. */
export function section(
  no: ReportSection['no'],
  title: string,
  records: ReportRecord[] = [],
  changes: Partial<ReportSection> = {},
): ReportSection {
  return { no, title, source: '', counted: true, records, paragraphs: [], emptyText: '查询期内无相关信息', ...changes }
}

const registration = section(
  '一',
  '登记注册基础信息',
  [
    {
      title: '',
      marks: [],
      provenance: '',
      fields: fields({
        企业名称: shared.subject.name,
        统一社会信用代码: shared.subject.uscc,
        成立日期: '2019-06-18',
        住所: '示例市云麓区长青路188号',
      }),
    },
  ],
  { counted: false, source: '来源：示例市市场监督管理局 · 数据截至2026-11-20' },
)

/** An invented public report with these licences and penalties; the other blocks of the national layout are empty. */
export function publicReport(licences: number, penalties: number, changes: Partial<PublicReport> = {}): PublicReport {
  const records = [
    ...Array.from({ length: licences }, (_, i) => licence(i + 1)),
    ...Array.from({ length: penalties }, (_, i) => penalty(i + 1)),
  ]
  const counts = {
    行政管理: records.length,
    诚实守信: 0,
    严重失信: 0,
    经营异常: 0,
    信用承诺: 0,
    信用评价: 0,
    司法判决: 0,
    其他: 0,
  }
  return {
    ...shared,
    kind: 'public',
    title: '法人和非法人组织公共信用信息报告',
    summary: Object.entries(counts).map(([label, count]) => ({ label, count })),
    sections: [
      registration,
      section('二', '行政管理信息', records),
      section('三', '诚实守信相关荣誉信息'),
      section('四', '严重失信主体名单信息'),
      section('五', '经营（活动）异常名录（状态）信息'),
      section('六', '信用承诺信息'),
      section('七', '信用评价信息'),
      section('八', '司法判决及执行信息'),
      section('九', '其他信息'),
      section('十', '信用状况提升建议', [], { counted: false, paragraphs: ['建议秉持诚信理念，合法有序开展经营活动。'] }),
      section('附', '公共信用信息地方补充内容'),
    ],
    ...changes,
  }
}

/** An invented special report of 45 domains, of which the second and the fifth hold these records. */
export function specialReport(second: number, fifth: number): SpecialReport {
  const domains = Array.from({ length: 45 }, (_, i) => {
    const count = i === 1 ? second : i === 4 ? fifth : 0
    const records = Array.from({ length: count }, (_, n) => penalty(i * 1000 + n))
    return { name: `第${i + 1}领域`, count, records, result: count > 0 ? `有${count}条` : '未查询到违法违规记录' }
  })
  return {
    ...shared,
    kind: 'special',
    title: '经营主体专项信用报告',
    window: {
      from: day('2023-11-21'),
      to: day('2026-11-20'),
      sentence: '查询范围：2023-11-21至2026-11-20。2026-11-20是上一个工作日，此后的记录不在本报告内。',
    },
    domains,
    criminalRecord: '本报告不含犯罪记录。需要有无犯罪记录证明的，由主管机关另行出具。',
    summary: [],
    sections: [registration],
    validUntil: day('2026-12-21'),
  }
}

export interface PrintedItem {
  text: string
  page: number
  /** Points from the left and from the top of an A4 page to the start of the baseline. */
  x: number
  y: number
  width: number
}

/** The text layer of a PDF, run by run, in the order of the file. */
export async function readText(pdf: Uint8Array): Promise<PrintedItem[]> {
  const document = await openPdf(pdf)
  const items: PrintedItem[] = []
  for (let page = 1; page <= document.numPages; page++) {
    const content = await (await document.getPage(page)).getTextContent({ disableNormalization: true })
    for (const item of content.items) {
      if (!('str' in item) || item.str === '') continue
      items.push({ text: item.str, page, x: item.transform[4], y: 841.89 - item.transform[5], width: item.width })
    }
  }
  await document.loadingTask.destroy()
  return items
}

/** A PDF opened for reading; the caller destroys its loading task. */
export function openPdf(pdf: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({ data: new Uint8Array(pdf), verbosity: 0, useSystemFonts: false }).promise
}

/** All text of a PDF without blanks and line ends, for comparing what is said and in which order. */
export function joined(items: readonly PrintedItem[]): string {
  return items
    .map(item => item.text)
    .join('')
    .replace(/\s/g, '')
}

export interface Picture {
  width: number
  height: number
  /** Red, green, blue and alpha of each pixel, row by row. */
  data: Uint8ClampedArray
}

// The canvas stays unread here; the project's types know no browser element to call it.
interface CanvasMaker {
  create(
    width: number,
    height: number,
  ): { canvas: never; context: { getImageData(x: number, y: number, width: number, height: number): Picture } }
}

/** One page as pixels, drawn by pdf.js from the fonts in the file alone; `scale` is pixels a point. */
export async function drawPage(document: PDFDocumentProxy, pageNumber: number, scale: number): Promise<Picture> {
  const page = await document.getPage(pageNumber)
  const viewport = page.getViewport({ scale })
  const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)]
  // pdf.js types its canvas factory as an object without members.
  const { canvas, context } = (document.canvasFactory as CanvasMaker).create(width, height)
  await page.render({ canvas, viewport }).promise
  return context.getImageData(0, 0, width, height)
}
