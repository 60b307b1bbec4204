import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import { type Browser, type BrowserContext, chromium, type Download, type Page } from 'playwright-core'
import { findChromium } from '../scripts/test/groups.ts'
import { buildConsole } from '../src/platform/build-console.ts'
import { silent } from '../src/platform/say.ts'

/* What a person has on the desk: a browser, a spreadsheet program, a reader of PDF files, a phone. */

export type Desk = {
  readonly browser: Browser
  /** A window of a desk's screen. */
  desk(): Promise<Page>
  /** A phone of 360 × 640, upright, touched with a finger. */
  phone(): Promise<Page>
  close(): Promise<void>
}

export async function openDesk(address: string): Promise<Desk> {
  await buildConsole(silent)
  const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
  const common = { baseURL: address, locale: 'zh-CN', acceptDownloads: true } as const
  const open = async (context: Promise<BrowserContext>): Promise<Page> => {
    const page = await (await context).newPage()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', error => assert.fail(`the page's script failed: ${error.message}`))
    return page
  }
  return {
    browser,
    desk: () => open(browser.newContext({ ...common, viewport: { width: 1280, height: 720 } })),
    phone: () =>
      open(
        browser.newContext({
          ...common,
          viewport: { width: 360, height: 640 },
          deviceScaleFactor: 3,
          isMobile: true,
          hasTouch: true,
        }),
      ),
    close: () => browser.close(),
  }
}

/** The bytes of a file that a deed on a page downloads. */
export async function downloaded(page: Page, deed: () => Promise<unknown>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download') as Promise<Download>, deed()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

/** The PDF that a deed on a page opens in the browser's reader, saved from there. */
export async function saved(page: Page, deed: () => Promise<unknown>): Promise<Buffer> {
  const opened = page.waitForResponse(answer => answer.headers()['content-type'] === 'application/pdf')
  await deed()
  const { ok, url } = await opened.then(answer => ({ ok: answer.ok(), url: answer.url() }))
  assert.ok(ok, url)
  const again = await page.context().request.get(url)
  return await again.body()
}

/** A sheet as a spreadsheet program holds it: rows and columns from 1. */
export type Sheet = {
  readonly rows: readonly (readonly string[])[]
  set(row: number, column: number, value: string | null): void
}

/** Opens a workbook's first sheet, lets it be edited, and saves it as another program would. */
export async function edited(bytes: Uint8Array, edit: (sheet: Sheet) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(Uint8Array.from(bytes).buffer)
  const [page] = book.worksheets
  assert.ok(page, 'the workbook has a sheet')
  const rows = Array.from({ length: page.rowCount }, (_, at) =>
    Array.from({ length: page.columnCount }, (__, column) => page.getCell(at + 1, column + 1).text),
  )
  edit({
    rows,
    set: (row, column, value) => {
      page.getCell(row, column).value = value
    },
  })
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** How far a page is wider than its window, in CSS pixels. */
export async function tooWide(page: Page): Promise<number> {
  return await page.evaluate('document.documentElement.scrollWidth - innerWidth')
}
