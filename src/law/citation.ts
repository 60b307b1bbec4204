import { basisOf, type Law } from './law.ts'

const DIGITS = '零一二三四五六七八九'

/** 1…9999 in Chinese numerals as articles are counted: 十, 十一, 二十, 一百零五, 二百六十六. */
export function articleNumeral(count: number): string {
  if (!Number.isInteger(count) || count < 1 || count > 9999) throw new RangeError(`not an article: ${count}`)
  const text = [...String(count)]
    .map((digit, index, all) => {
      const unit = ['', '十', '百', '千'][all.length - 1 - index] ?? ''
      return digit === '0' ? '零' : (DIGITS[Number(digit)] ?? '') + unit
    })
    .join('')
  const plain = text.replace(/零+/g, '零').replace(/零$/, '')
  return plain.startsWith('一十') ? plain.slice(1) : plain
}

/** A basis as a person cites it: 《信用修复管理办法》（令第36号）第九条. An unknown act is shown by its id. */
export function cite(law: Law, basis: string): string {
  const found = basisOf(law, basis)
  if (found === undefined) return basis
  const { instrument, article } = found
  const number = instrument.number === null ? '' : `（${instrument.number}）`
  return `《${instrument.title}》${number}${article === null ? '' : printArticle(article)}`
}

/** `9` → 第九条, `26(四)` → 第二十六条（四）, `17.2` → 第十七条第二款; anything else stands as it is (十五, 四). */
export function printArticle(article: string): string {
  const [, number, paragraph, rest] = /^(\d{1,4})(?:\.(\d+))?(.*)$/.exec(article) ?? []
  const wide = (text: string): string => text.replaceAll('(', '（').replaceAll(')', '）')
  if (number === undefined) return wide(article)
  return `第${articleNumeral(Number(number))}条${paragraph === undefined ? '' : `第${articleNumeral(Number(paragraph))}款`}${wide(rest ?? '')}`
}
