/**
 * Characters that GBK and GB 18030-2000 could only place in the private use area, and where GB 18030-2022 places them
 * in Unicode. Old registers still hold the private codes, in personal names above all.
 */
const ROW_FE = [
  '⺁\u{20087}\u{20089}\u{200cc}⺄㑳㑇⺈⺋\u9fb4㖞㘚㘎⺌⺗㥮㤘\u9fb5㧏㧟㩳㧐\u9fb6\u9fb7㭎㱮㳠⺧\u{215d7}\u9fb8⺪䁖䅟⺮䌷⺳⺶⺷',
  '\u{2298f}䎱䎬⺻䏝䓖䙡䙌\u9fb9䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶\u9fba\u{241fe}䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮\u9fbb',
].join('')

const FIRST = 0xe815

const table = new Map<string, string>([
  ['\ue7c7', 'ḿ'],
  ['\ue7c8', 'ǹ'],
])
for (const [at, one] of [...ROW_FE].entries()) table.set(String.fromCharCode(FIRST + at), one)

/** The Unicode character for each private use code of GBK. */
export const GBK_PRIVATE_USE: ReadonlyMap<string, string> = table

const PRIVATE_USE = /[\uE7C7\uE7C8\uE815-\uE864]/g

/** The text with GBK's private use codes in their Unicode places; others stay as they are. */
export function withoutPrivateUse(text: string): string {
  return text.replace(PRIVATE_USE, one => table.get(one) ?? one)
}
