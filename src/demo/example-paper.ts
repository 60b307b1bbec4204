/* A paper that goes with an act of the example city: one page that says so. */

const OBJECTS = [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>',
  '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
]
const TEXT = 'BT /F1 18 Tf 72 760 Td (Example paper of an invented city) Tj ET'

/** The name under which a paper of the example city was sent. */
export const PAPER_NAME = '整改材料（示例）.pdf'

/** A PDF of one page that says that it is an example. */
export function examplePaper(): Buffer {
  const objects = [...OBJECTS, `<< /Length ${TEXT.length} >>\nstream\n${TEXT}\nendstream`]
  let file = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${places.length + 1}\n0000000000 65535 f \n${places.join('')}`
  const trailer = `trailer\n<< /Size ${places.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file + table + trailer, 'latin1')
}
