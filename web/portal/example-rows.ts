import type { Query } from '../../src/db/database.ts'
import { makeVerifyCode } from '../../src/reports/verify-code.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { putRecord, putSubject } from './testing.ts'

/* Rows for tests that look at whole pages: one subject with something of everything, near-namesakes, a register of some pages. */

export const RICH = 1001
export const RICH_RECORD = 5001
const code = (seed: number) => makeVerifyCode(Uint8Array.from({ length: 19 }, (_, i) => (seed * 37 + i * 11) % 256))
export const CODES = { valid: code(1), expired: code(2), superseded: code(3), withdrawn: code(4), strange: code(5) }

const LONG =
  '当事人在未取得相应许可的情况下，于2026年6月至8月间在澜川市栖澜区听澜路从事食品经营活动，经现场检查、询问调查和账册核对，事实清楚，证据确凿。考虑到当事人主动配合调查、及时改正，依法从轻处理。'

export async function putExampleRows(owner: Query): Promise<void> {
  await putSubject(owner, {
    ...{ subjectId: RICH, name: '澜川市明信安康食品科技有限公司', uscc: inventedUscc('enterprise', 1) },
    formerNames: [{ name: '澜川市明安食品有限公司', from: '2015-04-01', until: '2019-08-30' }],
    oldCodes: ['860102000012345'],
  })
  await putSubject(owner, { subjectId: 1002, name: '澜川市明信安泰食品科技有限公司', uscc: inventedUscc('enterprise', 2) })
  await putSubject(owner, {
    ...{ subjectId: 1003, name: '澜川市明信安康食品科技有限公司青屿分公司', uscc: inventedUscc('branch', 3) },
    ...{ kind: 'branch', district: '860103' },
  })
  await putSubject(owner, {
    ...{ subjectId: 1004, name: '青屿区听澜小吃店（个体工商户）', kind: 'sole-trader', status: '注销', district: '860103' },
  })
  for (let i = 0; i < 30; i++)
    await putSubject(owner, {
      subjectId: 1100 + i,
      name: `澜川市听潮${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${i}商贸有限公司`,
      uscc: inventedUscc('enterprise', 100 + i),
    })
  await putRichRecords(owner)
  await putRegisters(owner)
  await putFigures(owner)
  await putCommitments(owner)
  await putAnnouncements(owner)
  await putCheckpoints(owner)
}

/** More than a page of commitments that are to be kept. */
async function putCommitments(owner: Query): Promise<void> {
  await owner.run({
    text: `insert into pub.commitment (number, subject_id, subject_name, uscc, unit, unit_name, type, type_name, matter, template, edition, digest, text,
        made_on, valid_until, made_at)
      select '860100' || to_char(d, 'YYYYMMDD') || lpad(n::text, 6, '0'), $1, '澜川市明信安康食品科技有限公司', null, case when n % 2 = 0 then 'approval' else 'development-reform' end,
        '澜川市行政审批服务局', 'missing-material', '容缺受理型', '食品经营许可（变更）', 'missing-material-commitment', '2026-04-01', repeat('ab', 32), $2::jsonb,
        d, d + 10, timestamptz '2026-11-02T02:00:00Z' from generate_series(1, 45) n, (select date '2026-11-02' as d) as day`,
    values: [
      RICH,
      JSON.stringify(['向澜川市行政审批服务局作出如下承诺：', '下列材料暂缺，承诺在2026-11-12以前补交：\n食品安全管理制度文本']),
    ],
  })
}

/** More than a page of letters that are announced, one of a person, one whose day is over. */
async function putAnnouncements(owner: Query): Promise<void> {
  await owner.run({
    text: `insert into pub.announcement (subject_id, notice_id, number, letter_name, unit, unit_name, subject_name, is_organisation, published_on, served_on, made_at)
      select case when n = 3 then 990001 else $1 end, 700000 + n, '澜应急文〔2026〕' || n || '号', '列入名单决定书', 'emergency', '澜川市应急管理局',
        case when n = 3 then '周**' else '澜川市明信安康食品科技有限公司' end, n <> 3, case when n = 1 then date '2026-09-01' else date '2026-11-02' end,
        case when n = 1 then date '2026-10-01' else date '2026-12-02' end, timestamptz '2026-11-02T02:00:00Z' from generate_series(1, 24) n`,
    values: [RICH],
  })
}

/** More than a page of checkpoints; nobody signed them. */
async function putCheckpoints(owner: Query): Promise<void> {
  const [root, signature] = ['A'.repeat(43), 'B'.repeat(91)]
  await owner.run({
    text: `insert into pub.checkpoint (size, at, note) select n * 977, timestamptz '2026-11-19T02:00:00Z' + n * interval '1 minute',
      format(E'mingxin/example\\n%s\\n%s=\\n\\n— mingxin/example %s=\\n', n * 977, $1::text, $2::text) from generate_series(1, 25) n`,
    values: [root, signature],
  })
  await owner.run({
    text: 'insert into pub.log_key (verifier, algorithm, pem) values ($1, $2, $3)',
    values: [`mingxin/example+0f1e2d3c+${root}=`, 'ed25519', `-----BEGIN PUBLIC KEY-----\n${root}=\n-----END PUBLIC KEY-----\n`],
  })
}

async function putRichRecords(owner: Query): Promise<void> {
  const penaltyFields = [
    { code: 'CF_XDR_MC', name: '行政相对人名称', value: '澜川市明信安康食品科技有限公司' },
    { code: 'CF_WSH', name: '行政处罚决定书文号', value: '澜市监罚〔2026〕118号' },
    { code: 'CF_WFXW', name: '违法行为类型', value: '未取得许可从事食品经营活动' },
    { code: 'CF_SY', name: '违法事实', value: LONG },
    { code: 'CF_YJ', name: '处罚依据', value: '《中华人民共和国食品安全法》第一百二十二条' },
    { code: 'CF_CFLB', name: '处罚类别', value: '罚款;没收违法所得' },
    { code: 'CF_NR', name: '处罚内容', value: '一、没收违法所得3200元；\n二、罚款50000元。' },
    { code: 'CF_NR_FK', name: '罚款金额(万元)', value: '50000' },
    { code: 'CF_JDRQ', name: '处罚决定日期', value: '2026-11-02' },
    { code: 'CF_CFJG', name: '处罚机关', value: '澜川市市场监督管理局' },
  ]
  const because = [
    { code: 'publication.end-by-regime', basis: 'ndrc-36', regime: 'R-36', facts: { months: 12, until: '2027-11-02' } },
    { code: 'gravity.by-amount', basis: 'ndrc-36', facts: { generalFrom: 50000, seriousFrom: 500000 } },
  ]
  await putRecord(owner, {
    ...{ subjectId: RICH, recordId: RICH_RECORD, documentNo: '澜市监罚〔2026〕118号', title: '未取得许可从事食品经营活动' },
    ...{ sortKind: '罚款;没收违法所得', body: { fields: penaltyFields, because, marks: ['displayed', 'contested'] } },
  })
  await putOthers(owner)
}

async function putOthers(owner: Query): Promise<void> {
  for (let i = 0; i < 23; i++)
    await putRecord(owner, {
      ...{
        subjectId: RICH,
        recordId: 5100 + i,
        item: 'licence-org',
        register: 'licences',
        heading: '行政许可',
        title: '食品经营许可',
      },
      ...{
        documentNo: `澜审批许〔2026〕${i + 1}号`,
        authority: 'approval',
        authorityName: '澜川市行政审批服务局',
        sortKind: '普通',
      },
      ...{
        decidedOn: `2026-0${1 + (i % 9)}-1${i % 9}` as never,
        shownUntil: '2031-03-05' as never,
        lateDays: i % 5 === 0 ? 3 : 0,
      },
    })
  await putRecord(owner, {
    ...{
      subjectId: RICH,
      recordId: 5300,
      item: 'market-regulation-serious',
      section: 'serious-lists',
      register: null,
      list: 'market-regulation-serious',
    },
    ...{
      heading: '市场监督管理严重违法失信名单',
      title: '市场监督管理严重违法失信名单',
      documentNo: '澜市监列〔2026〕7号',
      sortKind: null,
    },
    ...{ lateDays: null, shownUntil: '2029-11-02' as never, body: { marks: ['in-force'] } },
  })
  await putRecord(owner, {
    ...{
      subjectId: RICH,
      recordId: 5301,
      item: 'dishonest-judgment-debtor-org',
      section: 'serious-lists',
      register: null,
      list: 'dishonest-judgment-debtor',
    },
    ...{
      heading: '失信被执行人',
      title: '有履行能力而拒不履行',
      documentNo: '（2026）澜0102执88号',
      authority: 'court',
      authorityName: '澜川市栖澜区人民法院',
    },
    ...{ sortKind: '全部未履行', lateDays: null, shownUntil: null, body: { marks: ['in-force', 'contested'] } },
  })
  await putFavourable(owner)
}

async function putFavourable(owner: Query): Promise<void> {
  await putRecord(owner, {
    ...{
      subjectId: RICH,
      recordId: 5302,
      item: 'commitment-org',
      section: 'commitments',
      register: null,
      heading: '信用承诺',
      title: '证明事项告知承诺',
    },
    ...{ documentNo: '86010220261102000001', sortKind: '证明事项型', lateDays: null },
    body: { fields: [{ code: 'CNLXZT', name: '承诺履行状态', value: '全部履行' }] },
  })
  await putRecord(owner, {
    ...{
      subjectId: RICH,
      recordId: 5303,
      item: 'tax-a-honour',
      section: 'honours',
      register: null,
      heading: '纳税信用A级纳税人',
      title: '纳税信用A级纳税人',
    },
    ...{ documentNo: '澜税评〔2026〕A0031', authority: 'tax', authorityName: '澜川市税务局', sortKind: null, lateDays: null },
  })
}

async function putRegisters(owner: Query): Promise<void> {
  for (let i = 0; i < 45; i++)
    await putRecord(owner, {
      ...{
        subjectId: 1100 + (i % 30),
        recordId: 6000 + i,
        documentNo: `澜应急罚〔2026〕${i + 1}号`,
        title: '未按规定进行安全培训',
      },
      ...{
        authority: 'emergency',
        authorityName: '澜川市应急管理局',
        sortKind: i % 2 === 0 ? '警告;罚款' : '罚款',
        district: i % 3 === 0 ? '860103' : '860102',
      },
      ...{ decidedOn: `2026-11-${String(1 + (i % 18)).padStart(2, '0')}` as never, lateDays: i % 7 === 0 ? 2 : 0 },
    })
  for (const [state, kind, code, until] of [
    ['issued', 'special', CODES.valid, '2026-12-20'],
    ['issued', 'special', CODES.expired, '2026-11-19'],
    ['superseded', 'public', CODES.superseded, null],
    ['withdrawn', 'public', CODES.withdrawn, null],
  ] as const)
    await owner.run({
      text: `insert into pub.report (code, kind, number, subject_name, uscc, issued_at, valid_until, pages, digest, state, state_at)
        values ($1, $2, '20261119093012345AB1C2', '澜川市明信安康食品科技有限公司', $3, '2026-11-19T01:30:12Z', $4, 3, $5, $6, now())`,
      values: [code, kind, inventedUscc('enterprise', 1), until, 'a1b2c3d4'.repeat(8), state],
    })
}

async function putFigures(owner: Query): Promise<void> {
  await owner.run({
    text: `insert into pub.figure (name, value, made_at) values ('subjects', 34, '2026-11-19T22:00:00Z'), ('licences', 23, '2026-11-19T22:00:00Z'), ('penalties', 46, '2026-11-19T22:00:00Z')`,
  })
  await owner.run({
    text: `insert into pub.punctuality (authority, item, month, reported, on_time, late)
      select u, 'penalty-org', m::date, 40, 40 - n, n from unnest(array['market-regulation', 'emergency', 'approval'], array[2, 5, 0]) t (u, n),
        generate_series('2025-12-01'::date, '2026-11-01', interval '1 month') m
      union all select 'housing', 'penalty-org', '2026-05-01', 3, 2, 1`,
  })
}
