import { isIPv4, isIPv6 } from 'node:net'

/* What a session's owner needs in order to know it again, and nothing finer: no version, no model, no whole address. */

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/i, 'WeChat'],
  [/AlipayClient/i, 'Alipay'],
  [/DingTalk/i, 'DingTalk'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/QQBrowser/i, 'QQBrowser'],
  [/UCBrowser/i, 'UC'],
  [/360(?:SE|EE)/i, '360'],
  [/OPR\/|Opera/, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/i, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Kylin|UOS|Deepin/i, 'Kylin/UOS'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

/** Family of browser and system out of a User-Agent, such as `Edge · Windows`; '' where neither is known. */
export function deviceFamily(agent: string): string {
  const known = (table: typeof BROWSERS): string => table.find(([pattern]) => pattern.test(agent))?.[1] ?? ''
  return [known(BROWSERS), known(SYSTEMS)].filter(Boolean).join(' · ')
}

/** An address with the half masked that tells one household or desk from another: `10.20.*.*`, `2001:db8:*`. */
export function maskAddress(address: string): string {
  const plain = address.replace(/^::ffff:/i, '')
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 2).join('.')}.*.*`
  if (isIPv6(plain)) return `${plain.split(':').slice(0, 2).join(':')}:*`
  return '*'
}

/** An IPv4 address as it is, of IPv6 the first 64 bits. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? []
  const front = head.split(':').filter(Boolean)
  const back = tail?.split(':').filter(Boolean) ?? []
  const groups =
    tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return `${groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
