import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { printable, readCoverage } from './glyphs.ts'
import { toLetterSheet } from './letter-sheet.ts'
import type { PrintedLetters } from './letters-model.ts'
import type { ReportModel } from './model.ts'
import { toSheet } from './sheet.ts'

export interface RenderedReport {
  pdf: Buffer
  pages: number
  warnings: string[]
}

const require = createRequire(import.meta.url)
const HERE = fileURLToPath(new URL('.', import.meta.url))

/**
 * The fonts of a report in the order they are asked: SC, then the Hong Kong set, then rare characters. Typst also sees the
 * machine's own fonts; ours come first, and each family has both weights, so that no installed namesake ever fits better.
 */
export const REPORT_FONTS = [
  require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
  require.resolve('@expo-google-fonts/noto-sans-hk/400Regular/NotoSansHK_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-sans-hk/700Bold/NotoSansHK_700Bold.ttf'),
  `${HERE}fonts/RareHan.ttf`,
]

/** What can be set in type. */
export type Paper = ReportModel | PrintedLetters

// Results used by the last two reports stay memoised: labels and template are used again, a report's own text is not.
const CACHE_AGE = 2

/**
 * A typesetter in this thread, warm for its whole life. `typeset` takes a report model, or letters, and returns PDF/A-2a (which
 * contains A-2u: tagged, Unicode text), the number of pages and a warning for every character printed otherwise than sent.
 * The same model gives the same bytes. An error means a flaw of the template.
 */
export function openTypesetter(): { typeset(work: Paper): RenderedReport } {
  const compiler = NodeCompiler.create({
    workspace: HERE,
    // By path: a font is read when a text needs it, and held once. One that is missing ends readCoverage below.
    fontArgs: [{ fontPaths: REPORT_FONTS }],
  })
  const coverage = readCoverage(REPORT_FONTS)
  return {
    typeset: work => {
      const warnings = new Set<string>()
      const show = (text: string) => printable(text, coverage, warning => warnings.add(warning))
      const { sheet, data, template, at } = layOut(work, show)
      compiler.mapShadow(`${HERE}${data}`, Buffer.from(JSON.stringify(sheet)))
      const compiled = compiler.compile({ mainFilePath: `${HERE}${template}` })
      const document = compiled.result
      if (!document) throw new Error(`${template} failed: ${JSON.stringify(compiled.takeError()?.shortDiagnostics)}`)
      const pdf = compiler.pdf(document, { pdfStandard: 'a-2a', creationTimestamp: Date.parse(at) / 1000 })
      // When the answer is on its way: whoever asked need not wait for the tidying.
      setImmediate(() => compiler.evictCache(CACHE_AGE))
      return { pdf, pages: document.numOfPages, warnings: [...warnings] }
    },
  }
}

/** The data of a template, the files in which both stand, and the instant that the paper bears. */
function layOut(work: Paper, show: (text: string) => string) {
  if (work.kind === 'letters')
    return { sheet: toLetterSheet(work, show), data: 'letters.json', template: 'letter.typ', at: work.madeAt }
  return { sheet: toSheet(work, show), data: 'report.json', template: 'template.typ', at: work.issuedAt }
}
