import QRCode from 'qrcode'

const QUIET = 4

/** A QR code (level M) with its quiet zone as one SVG path, one unit a module; how many units a side. */
export function drawQrPath(text: string): { path: string; side: number; modules: number } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * QUIET
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; ) {
      const from = column
      while (column < modules.size && modules.get(row, column)) column++
      if (column > from) path += `M${from + QUIET} ${row + QUIET}h${column - from}v1h-${column - from}z`
      else column++
    }
  }
  return { path, side, modules: modules.size }
}

/** The same as a drawing of its own, and the modules a side. */
export function drawQr(text: string): { svg: string; modules: number } {
  const { path, side, modules } = drawQrPath(text)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${side} ${side}"><path d="${path}"/></svg>`
  return { svg, modules }
}
