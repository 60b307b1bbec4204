import assert from 'node:assert/strict'
import { test } from 'node:test'
import QRCode from 'qrcode'
import { CODE, drawPage, openPdf, type Picture, publicReport } from './testing.ts'
import { openTypesetter } from './typesetter.ts'

const SCALE = 4
const MM = (72 / 25.4) * SCALE

// The QR code is the only pure black on the page; ink is #14202E.
function isBlack(picture: Picture, x: number, y: number): boolean {
  const at = (Math.floor(y) * picture.width + Math.floor(x)) * 4
  return (picture.data[at] ?? 255) < 10 && (picture.data[at + 1] ?? 255) < 10 && (picture.data[at + 2] ?? 255) < 10
}

function blackBox(picture: Picture): { left: number; top: number; right: number; bottom: number } {
  const box = { left: picture.width, top: picture.height, right: 0, bottom: 0 }
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      if (!isBlack(picture, x, y)) continue
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x + 1)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y + 1)
    }
  }
  return box
}

test('M147 · the QR code at the top right of page one is, module for module, the verification address', async () => {
  const report = publicReport(1, 0)
  const document = await openPdf(openTypesetter().typeset(report).pdf)
  const picture = await drawPage(document, 1, SCALE)
  await document.loadingTask.destroy()
  const { left, top, right, bottom } = blackBox(picture)
  assert.ok(left > picture.width / 2 && bottom < picture.height / 4, 'top right')
  assert.ok(right - left >= 22 * MM && bottom - top >= 22 * MM, `${((right - left) / MM).toFixed(1)} mm wide`)
  const { modules } = QRCode.create(`https://credit.example/verify/${CODE}`, { errorCorrectionLevel: 'M' })
  const module = (right - left) / modules.size
  for (let row = -4; row < modules.size + 4; row++) {
    for (let column = -4; column < modules.size + 4; column++) {
      const inside = row >= 0 && column >= 0 && row < modules.size && column < modules.size
      const at = (Math.floor(top + (row + 0.5) * module) * picture.width + Math.floor(left + (column + 0.5) * module)) * 4
      if (inside)
        assert.equal(
          isBlack(picture, left + (column + 0.5) * module, top + (row + 0.5) * module),
          modules.get(row, column) === 1,
          `module ${row}, ${column}`,
        )
      else assert.deepEqual([...picture.data.slice(at, at + 3)], [255, 255, 255], `quiet zone at ${row}, ${column}`)
    }
  }
})
