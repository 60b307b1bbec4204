/*
 * A campaign counts work; nobody is given a number of punishments to reach. What is typed as its aim is read for one: a word of punishment and a
 * number of cases, firms, persons or yuan beside it.
 */

const NUMBER = '(?:[0-9０-９][0-9０-９,，.]*|[一二三四五六七八九十百千万两]+)'
const OF = '(?:余|多|个)?(?:家|户|件|起|例|宗|人|名|批|万元|亿元|元|%|％|个百分点)'
/** Not across a sentence, and not so far that the number belongs to something else. */
const NEAR = '[^。；;！!\\n0-9０-９]{0,10}'

/** The word of punishment that a number is set for; null: none is. */
export function quotaOfPunishments(text: string, words: readonly string[]): string | null {
  const found = words.find(word => new RegExp(`${word}${NEAR}${NUMBER}${OF}|${NUMBER}${OF}${NEAR}${word}`).test(text))
  return found ?? null
}
