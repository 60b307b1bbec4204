const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const UNITS = ['', '拾', '佰', '仟']

function section(number: number): string {
  let text = ''
  let isZero = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(number / 10 ** place) % 10
    if (digit === 0) isZero = text !== ''
    else {
      text += `${isZero ? '零' : ''}${DIGITS[digit]}${UNITS[place]}`
      isZero = false
    }
  }
  return text
}

/** A sum of whole yuan below a hundred million in formal numerals: 35000 is 叁万伍仟元整. */
export function chineseSum(yuan: number): string {
  if (!Number.isInteger(yuan) || yuan <= 0 || yuan >= 100_000_000) throw new RangeError('whole yuan below a hundred million')
  const high = Math.floor(yuan / 10_000)
  const low = yuan % 10_000
  const gap = high > 0 && low > 0 && low < 1000 ? '零' : ''
  return `${high > 0 ? `${section(high)}万` : ''}${gap}${section(low)}元整`
}
