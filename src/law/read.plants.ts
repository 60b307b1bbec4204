import { day } from '../base/day.ts'
import { add, change, drop, type Plant, textOf } from './plant.ts'
import type { FlawCode } from './rules.ts'

const ACTS = 'law/instruments/acts.yaml'
const PENALTY = 'law/catalogue/items/penalty@2024-01-01.yaml'
const LISTING = 'law/catalogue/items/black-firms@2024-01-01.yaml'
const UNITS = 'city/small/units.yaml'
const SOURCE = 'city/small/sources/penalties.yaml'
const CLASSES = 'law/catalogue/classes.yaml'
const FIRST_CLASS = "{ id: '01', name: 第01类, sinceYear: 2021, basis: [act#1], confidence: primary }"
const act = (rest: string): string =>
  `  - { id: extra, title: 甲, number: null, issuer: null, level: law, inForceFrom: 2000-01-01, inForceUntil: null, ${rest} }\n`
const ACT = act('confidence: primary')
const bomb = `a: &a [x, x]\nb: &b [*a, *a]\n`

/** Editions made in the console: the same checks, and a few of their own. */
function edition(code: FlawCode, path: string, text: string, line: string, approvedBy = '某人', from = '2025-01-01'): Plant {
  const base = drop(code, 'none')
  return { ...base, file: `db:${path}`, line, editions: [{ path, text, inForceFrom: day(from), approvedBy }] }
}

const localItem = textOf(LISTING).replace('item: black-firms', 'item: local-firms').replace("'03'", "'13'")
const localUnits = textOf(UNITS).replace('items: [penalty', 'items: [local-firms, penalty')
const withLocalUnits = (plant: Plant): Plant => ({ ...plant, texts: { ...plant.texts, [UNITS]: localUnits } })

/** Files that cannot be read, shapes that are broken, editions that may not come. */
export const READ_PLANTS: readonly Plant[] = [
  add('law.yaml-syntax', SOURCE, `${textOf(SOURCE)}other: ]\n`, 'other: ]'),
  add('law.yaml-syntax', SOURCE, `${textOf(SOURCE)}<<: !secret x\n`, '!secret'),
  change('law.yaml-duplicate-key', [SOURCE, 'operation: 操作', 'name: 又一个\noperation: 操作']),
  add('law.yaml-too-many-aliases', SOURCE, `${bomb}${textOf(SOURCE)}`, 'b: &b'),
  add('law.yaml-too-many-aliases', SOURCE, `${textOf(SOURCE)}x: &x 1\ny: [${Array(31).fill('*x').join(', ')}]\n`, 'y: ['),
  add('law.yaml-syntax', SOURCE, '['.repeat(200_000)),
  add('law.file-too-large', SOURCE, `${textOf(SOURCE)}# ${'x'.repeat(2_000_000)}\n`),
  add('law.file-unexpected', 'law/catalogue/penalty.yaml', textOf(PENALTY)),
  add('law.file-unexpected', 'law/units.yaml', textOf(UNITS)),
  add('law.file-unexpected', 'city/small/disclosure/regimes.yaml', textOf('law/disclosure/regimes.yaml')),
  add('law.file-unexpected', 'city/small/sources/permits.yml', textOf(SOURCE)),
  add('law.file-name-differs', 'law/calendar/2026.yaml', textOf('law/calendar/2025.yaml'), 'year: 2025'),
  change('law.file-name-differs', [PENALTY, 'inForceFrom: 2024-01-01', 'inForceFrom: 2024-02-01'], 'item: penalty'),
  drop('law.file-missing', 'law/measures.yaml'),
  drop('law.file-missing', UNITS),
  edition('law.database-national', 'law/measures.yaml', 'measures: []\n', ''),
  edition('law.database-national', 'law/calendar/2025.yaml', textOf('law/calendar/2025.yaml'), ''),
  edition('law.database-not-approved', SOURCE, textOf(SOURCE), '', ''),
  edition('law.source-column-unknown', SOURCE, textOf(SOURCE).replace('单位名称: NAME', '单位名称: NAMES'), 'NAMES'),
  edition('law.key-unknown', SOURCE, `${textOf(SOURCE)}colums: {}\n`, 'colums'),
  withLocalUnits(
    edition('law.database-day-differs', 'city/small/catalogue/items/local-firms@2024-01-01.yaml', localItem, 'inForceFrom'),
  ),
  change('law.key-unknown', [SOURCE, 'ignored: [序号]', 'ignore: [序号]']),
  change('law.key-unknown', [PENALTY, 'fine: FINE', 'fines: FINE'], 'fines: FINE'),
  change('law.key-missing', [SOURCE, 'unit: bureau\n', ''], 'source: penalties'),
  change('law.confidence-missing', [CLASSES, FIRST_CLASS, "{ id: '01', name: 第01类, sinceYear: 2021, basis: [act#1] }"]),
  change('law.basis-missing', [CLASSES, FIRST_CLASS, "{ id: '01', name: 第01类, sinceYear: 2021, confidence: primary }"]),
  change('law.basis-missing', [PENALTY, 'basis: [act#9]', 'basis: []']),
  change('law.basis-malformed', [PENALTY, 'basis: [act#9]', 'basis: [act 9]']),
  change('law.day-invalid', [PENALTY, 'inForceFrom: 2024-01-01', 'inForceFrom: 2024-02-30']),
  change('law.id-malformed', [PENALTY, 'item: penalty', 'item: Penalty']),
  change('law.value-type', [PENALTY, "class: '02'", 'class: 02']),
  change('law.value-type', [PENALTY, 'mayFileByNameAlone: false', 'mayFileByNameAlone: no']),
  change('law.value-not-allowed', [PENALTY, 'nature: decision', 'nature: decided']),
  change('law.value-not-allowed', [LISTING, 'rule: while-listed', 'rule: for-ever'], 'rule: for-ever'),
  change('law.value-out-of-range', [LISTING, 'termMonths: 36', 'termMonths: 0']),
  change('law.value-malformed', [PENALTY, 'code: UNTIL', 'code: until']),
  change('law.text-empty', [PENALTY, 'name: 文号', "name: ''"]),
  change('law.instrument-duplicate', [
    ACTS,
    '  - id: rule\n',
    `  - { ${ACT.slice(6).replace('extra', 'act').trim()}\n  - id: rule\n`,
  ]),
  change('law.instrument-range-inverted', [ACTS, 'inForceUntil: 2009-12-31', 'inForceUntil: 1999-12-31']),
  change('law.instrument-repealer-unknown', [ACTS, 'repealedBy: act', 'repealedBy: another']),
  change('law.instrument-repealer-unknown', [ACTS, 'repealedBy: act', 'repealedBy: old-act']),
  change('law.instrument-end-unexplained', [ACTS, ' repealedBy: act,', ''], 'id: old-act'),
  change('law.article-duplicate', [ACTS, "{ article: '2' }", "{ article: '1' }"]),
  change('law.article-text-unsourced', [ACTS, ' textSource: 公报,', ''], 'text: 一'),
  change('law.article-text-unsourced', [ACTS, ', enteredOn: 2024-01-01', ''], 'text: 一'),
  change('law.basis-unknown', [PENALTY, 'basis: [act#9]', 'basis: [another#9]']),
  change('law.basis-unknown', [
    'law/measures.yaml',
    'statutes: [act#6], body: 某机关',
    'statutes: [act#6, another#6], body: 某机关',
  ]),
  change('law.basis-never-meets', [PENALTY, 'basis: [act#9]', 'basis: [old-act#9, act#9]']),
  change('law.basis-not-in-force', [PENALTY, 'basis: [act#9]', 'basis: [new-act#9]']),
  change('law.basis-draft-only', [PENALTY, 'basis: [act#9]', 'basis: [bill]']),
]
