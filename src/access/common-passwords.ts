/*
 * Passwords that are tried first. A list of whole passwords grows without end; people make long ones by adding digits and marks to a word of
 * a short list, or by running along the keys. So the word is compared, without what was added and with letters for look-alike digits.
 */

const WORDS = new Set(
  [
    'password passwd pass pwd passphrase letmein welcome login logon secret master default changeme admin administrator root system',
    'superuser user guest test tester testing demo sample example manager server oracle mysql postgres postgresql sysadmin service support',
    'qwerty qwertyuiop qwertyui asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc edcrfv qweasd qweasdzxc asdzxc poiuyt',
    'iloveyou loveyou love lovely sunshine princess dragon monkey football baseball superman batman starwars trustno freedom whatever',
    'computer internet windows linux android iphone hello helloworld world summer winter spring autumn monday friday january december',
    'abc abcd abcde abcdef abcdefg abcdefgh abcdefghij abcabc aaa xyz aaaa qqqq',
    'woaini woaiwojia woaizhongguo woaibeijing woaimama aini nihao nihaoma zhongguo china beijing shanghai guangzhou shenzhen mima mimamima',
    'wodemima denglu zhanghao guanliyuan yonghu ceshi shiyan xinyong chengxin zhengfu gongan caizheng wangluo anquan shuju xitong',
    'taobao alipay wechat weixin tencent baidu huawei xiaomi jingdong alibaba wangyi laopo laogong baobei baobao qinaide gongxifacai',
  ].flatMap(line => line.split(' ')),
)
const MARKED = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' } as const
/** Runs of neighbouring keys and of counting, forwards and backwards. */
const ROWS = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm']
const RUNS = ROWS.flatMap(row => [row, [...row].reverse().join('')])
const LEAST_KINDS = 5
/** So many characters beside what is known must be left for a password to be its own. */
const LEAST_OWN = 6

/** Whether it is a common word with additions, digits only, a run along the keys, or a few characters over and over. */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  if (new Set(text).size < LEAST_KINDS || /^[\d\s.+/-]*$/.test(text)) return true
  // What was added before and after is no letter in disguise.
  const core = text.replace(/^[^\p{L}@$]+|[^\p{L}]+$/gu, '')
  const spelled = core.replace(/[013457@$!]/g, mark => (MARKED as Readonly<Record<string, string>>)[mark] ?? mark)
  return isMadeOfWords(lettersOf(text)) || isMadeOfWords(lettersOf(spelled)) || leftOver(text) < LEAST_OWN
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, '')

/** Whether a text is words of the list, one after the other. A text without letters says nothing. */
function isMadeOfWords(text: string): boolean {
  if (text === '') return false
  const reached = new Set([0])
  for (let at = 0; at < text.length; at++) {
    if (!reached.has(at)) continue
    for (let end = at + 3; end <= text.length; end++) if (WORDS.has(text.slice(at, end))) reached.add(end)
  }
  return reached.has(text.length)
}

/** Characters that belong to no run of four or more, a repeated character counting as a run. */
function leftOver(text: string): number {
  let left = 0
  for (let at = 0; at < text.length; ) {
    const length = runAt(text, at)
    if (length < 4) left++
    at += length < 4 ? 1 : length
  }
  return left
}

function runAt(text: string, at: number): number {
  const first = text.charAt(at)
  let same = 1
  while (text.charAt(at + same) === first) same++
  let longest = same
  for (const row of RUNS) {
    let length = 0
    while (at + length < text.length && row.includes(text.slice(at, at + length + 1))) length++
    longest = Math.max(longest, length)
  }
  return longest
}

/** Whether a password is little more than what everybody knows of its owner: login, name, unit, platform. */
export function isOwnName(password: string, known: readonly (string | null)[]): boolean {
  const text = lower(password)
  const parts = known.flatMap(name => (name === null ? [] : [lower(name), ...lower(name).split(/[.@_\s（）()-]+/)]))
  const telling = parts
    .filter(part => [...part].length >= 3 && text.includes(part))
    .sort((one, other) => other.length - one.length)
  const left = telling.reduce((rest, part) => rest.replaceAll(part, ''), text)
  return telling.length > 0 && [...left.replace(/[\d\p{P}\p{S}\s]/gu, '')].length < LEAST_OWN
}

const lower = (text: string): string => text.normalize('NFKC').toLowerCase()
