import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { drawPage, openPdf, type Picture, publicReport, readText, section } from './testing.ts'
import { openTypesetter, REPORT_FONTS } from './typesetter.ts'

// Every character of the table is printed in a report, and each printed square is compared with the box that the same
// fonts draw for a character they lack. The font size of running text is 9.5 points; 32 pixels a square show every stroke.
const SCALE = 32 / 9.5
const SQUARE = 32
// Of 1,024 pixels. The most boxlike character (冈) differs from the nearest box in 171; two boxes in 0 to 60.
const ALIKE = 100

const characters = readFileSync(new URL('standard-characters.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => !line.startsWith('#'))
  .flatMap(line => [...line])

interface Square {
  character: string
  ink: Uint8Array
}

/** The square of each character of the lines asked for, cut out of the drawn pages. */
async function squares(pdf: Uint8Array, isLine: (text: string) => boolean): Promise<Square[]> {
  const lines = (await readText(pdf)).filter(item => isLine(item.text))
  const document = await openPdf(pdf)
  const found: Square[] = []
  for (let page = 1; page <= document.numPages; page++) {
    const picture = await drawPage(document, page, SCALE)
    for (const line of lines.filter(item => item.page === page)) {
      const letters = [...line.text]
      const advance = line.width / letters.length
      for (const [i, character] of letters.entries())
        found.push({ character, ink: cut(picture, (line.x + i * advance) * SCALE, (line.y - 0.88 * 9.5) * SCALE) })
    }
  }
  await document.loadingTask.destroy()
  return found
}

function cut(picture: Picture, left: number, top: number): Uint8Array {
  const ink = new Uint8Array(SQUARE * SQUARE)
  for (let y = 0; y < SQUARE; y++) {
    for (let x = 0; x < SQUARE; x++)
      ink[y * SQUARE + x] = 255 - (picture.data[((Math.round(top) + y) * picture.width + Math.round(left) + x) * 4] ?? 255)
  }
  return ink
}

/** Pixels in which two squares differ by more than antialiasing explains. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + (Math.abs(value - (b[i] ?? 0)) > 150 ? 1 : 0), 0)
}

/** The missing-glyph boxes of the report's fonts, at several places between the pixels. */
async function missingBoxes(): Promise<Square[]> {
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: REPORT_FONTS.map(path => readFileSync(path)) }] })
  const fonts = '("Noto Sans SC", "Noto Sans HK", "Mingxin Rare Han")'
  const lines = Array.from({ length: 24 }, (_, i) => `#place(dx: ${i * 0.137}pt, dy: ${i * 14.07}pt)[甲\u{10fffd}乙]`).join('\n')
  const source = `#set page(width: 200pt, height: 842pt, margin: 20pt)\n#set text(font: ${fonts}, fallback: false, size: 9.5pt)\n${lines}`
  const pdf = compiler.pdf(compiler.compile({ mainFileContent: source }).result ?? assert.fail('the reference did not compile'))
  // The replaced character has no text; its square stands one place after 甲.
  const document = await openPdf(pdf)
  const picture = await drawPage(document, 1, SCALE)
  await document.loadingTask.destroy()
  const anchors = (await readText(pdf)).filter(item => item.text.startsWith('甲'))
  assert.equal(anchors.length, 24)
  return anchors.map(item => ({ character: 'missing', ink: cut(picture, (item.x + 9.5) * SCALE, (item.y - 0.88 * 9.5) * SCALE) }))
}

test('M155 · the table holds the 8,105 standard characters, each once', () => {
  assert.equal(characters.length, 8105)
  assert.equal(new Set(characters).size, 8105)
})

test('M155 · each of the 8,105 standard characters differs in pixels from the missing-glyph box in a report', async () => {
  const paragraphs = Array.from({ length: Math.ceil(characters.length / 40) }, (_, i) =>
    characters.slice(i * 40, i * 40 + 40).join(''),
  )
  const report = publicReport(0, 0, { sections: [section('二', 'A', [], { paragraphs, counted: false })] })
  const { pdf, warnings } = openTypesetter().typeset(report)
  assert.deepEqual(warnings, [])
  const lines = new Set(paragraphs)
  const printed = await squares(pdf, text => lines.has(text))
  assert.equal(printed.map(square => square.character).join(''), characters.join(''))

  const boxes = await missingBoxes()
  assert.ok(
    boxes[0]?.ink.some(value => value > 200),
    'the missing-glyph box is visible',
  )
  // The measure itself: a box set elsewhere between the pixels is found to be one.
  const [references, controls] = [boxes.filter((_, i) => i % 2 === 0), boxes.filter((_, i) => i % 2 === 1)]
  const isBox = (square: Square) => references.some(box => difference(square.ink, box.ink) < ALIKE)
  assert.deepEqual(
    controls.filter(control => !isBox(control)),
    [],
  )
  const alike = printed.filter(isBox)
  assert.deepEqual(
    alike.map(square => square.character),
    [],
  )
  const blank = printed.filter(square => square.ink.reduce((sum, value) => sum + value, 0) < 255 * 8)
  assert.deepEqual(
    blank.map(square => square.character),
    [],
  )
})
