import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { day } from '../base/day.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { loadWords } from '../words/words.ts'
import { issueViews } from './issues.ts'

const words = loadWords()
const shape = z.strictObject({
  text: z.string().min(1).max(5),
  long: z.string().min(3).optional(),
  count: z.int().min(2).max(9).optional(),
  share: z.number().gt(0).lt(1).optional(),
  step: z.number().multipleOf(5).optional(),
  yes: z.boolean().optional(),
  list: z.array(z.string()).min(1).max(2).optional(),
  kind: z.enum(['bank', 'court']).optional(),
  one: z.literal('x').optional(),
  day: z.iso.date().optional(),
  own: z
    .string()
    .refine(() => false, 'day.format')
    .optional(),
  code: z
    .string()
    .regex(/^[A-Z]+$/)
    .optional(),
  either: z.union([z.number(), z.boolean()]).optional(),
  within: z.strictObject({ deep: z.string() }).optional(),
  bytes: z.base64().optional(),
})
/** The one fault of a value. */
function said(value: object): string {
  const issues = shape.safeParse({ text: 'a', ...value }).error?.issues ?? []
  return issueViews(issues, words)
    .map(({ path, message }) => `${path}：${message}`)
    .join(' ')
}

for (const [value, sentence] of [
  [{ text: undefined }, 'text：没有填写，请补上。'],
  [{ text: '' }, 'text：不能为空，请填写。'],
  [{ text: 'abcdef' }, 'text：最多5个字，请缩短。'],
  [{ text: 7 }, 'text：应为文字。'],
  [{ long: 'ab' }, 'long：至少3个字，请补充。'],
  [{ count: 'x' }, 'count：应为数字。'],
  [{ count: 1.5 }, 'count：应为整数。'],
  [{ count: 1 }, 'count：不能小于2。'],
  [{ count: 10 }, 'count：不能大于9。'],
  [{ share: 0 }, 'share：应大于0。'],
  [{ share: 1 }, 'share：应小于1。'],
  [{ step: 7 }, 'step：应为5的倍数。'],
  [{ yes: 'true' }, 'yes：应为“是”或“否”（true、false）。'],
  [{ list: 'a' }, 'list：应为一个列表。'],
  [{ list: [] }, 'list：不能为空，请填写。'],
  [{ list: ['a', 'b', 'c'] }, 'list：最多2项，请分次办理。'],
  [{ list: [1] }, 'list.0：应为文字。'],
  [{ kind: 'firm' }, 'kind：只能填下列之一：bank、court。'],
  [{ one: 'y' }, 'one：只能填下列之一：x。'],
  [{ day: '2026-13-01' }, 'day：应为日期，写成2026-01-31这样。'],
  [{ own: 'a' }, `own：${words.say('day.format')}`],
  [{ code: 'a' }, 'code：格式不对，请对照说明修改。'],
  [{ either: 'a' }, 'either：填写的内容不符合要求，请对照说明修改。'],
  [{ within: {} }, 'within.deep：没有填写，请补上。'],
  [{ within: [] }, 'within：应为一组带名称的内容（JSON对象）。'],
  [{ bytes: '#' }, 'bytes：应为Base64编码。'],
  [{ more: 1, other: 2 }, '：有这里不收的内容：more、other。请删去后重新提交。'],
] as const)
  test(`a clerk reads what to mend: ${JSON.stringify(value)}`, () => {
    assert.equal(said(value), sentence)
  })

test('principle 2 · what was sent is not sent back: only what can be a field’s name is named, and no more than fifty faults are told', () => {
  const id = inventedResidentId(3, day('1990-03-07'))
  assert.equal(said({ [id]: 1, ['a'.repeat(300)]: 1, typo: 1 }), '：有这里不收的内容：…、…、typo。请删去后重新提交。')
  const many = z.array(z.string()).safeParse(Array.from({ length: 500 }, () => 1)).error?.issues ?? []
  assert.equal(issueViews(many, words).length, 50)
})
