import { add, bringing, change, type Plant, seenIn, textOf } from './plant.ts'

const RULES = 'law/declarations/rules@2024-01-01.yaml'
const ITEM = 'law/catalogue/items/declared@2024-01-01.yaml'
const VERIFIERS = 'city/small/declarations.yaml'
const DECLARING = 'law/procedures/declaring@2024-01-01.yaml'
const SOURCED = 'basis: [act#1], confidence: primary'
const DEEDS = `  - { family: deeds, name: 公益, kind: 其他-公益, hint: 公益, needs: [content], ${SOURCED} }\n`
const ELSEWHERE = `  - { route: elsewhere, name: 别的平台, means: 查询, by: none, ${SOURCED} }\n`
const ONLY_WHEN = '  onlyWhen: { field: STATE, is: [已核验] }\n'

/** Self-declaration: nothing unverified is shown, nothing adverse comes of it, each text says what it must, somebody verifies. */
export const DECLARATION_PLANTS: readonly Plant[] = [
  change('law.declaration-item-unknown', [RULES, 'item: declared', 'item: declares']),
  seenIn(RULES, change('law.declaration-item-adverse', [ITEM, 'effect: neutral', 'effect: adverse'], 'item: declared')),
  seenIn(RULES, change('law.declaration-item-adverse', [ITEM, 'nature: declaration', 'nature: status'], 'item: declared')),
  change('law.declaration-column-unknown', [RULES, 'manner: MANNER', 'manner: WAY']),
  change('law.declaration-column-unknown', [RULES, 'titles: [NAME]', 'titles: [TITLE]'], 'item: penalty'),
  seenIn(RULES, change('law.declaration-unverified-shown', [ITEM, ONLY_WHEN, ''], 'item: declared')),
  seenIn(
    RULES,
    change(
      'law.declaration-unverified-shown',
      [ITEM, 'onlyWhen: { field: STATE, is: [已核验]', 'onlyWhen: { field: STATE, is: [未核验, 已核验]'],
      'item: declared',
    ),
  ),
  seenIn(RULES, change('law.declaration-unchosen-public', [ITEM, 'mode: authorised', 'mode: public'], 'item: declared')),
  bringing(
    seenIn(
      RULES,
      change(
        'law.declaration-unchosen-public',
        [ITEM, 'publicWhen: { field: OPENNESS, is: [公开] }', 'publicWhen: { field: STATE, is: [已核验] }'],
        'item: declared',
      ),
    ),
    'law.declaration-openness-unknown',
  ),
  bringing(
    change('law.declaration-openness-unknown', [RULES, 'text: 公开, means', 'text: 人人可看, means'], ''),
    'law.declaration-word-unknown',
  ),
  change('law.declaration-word-unknown', [RULES, 'text: 不公开, means', 'text: 少数人可看, means']),
  change('law.declaration-word-unknown', [RULES, 'kind: 其他-公益', 'kind: 公益'], 'kind: 公益'),
  change('law.declaration-family-twice', [RULES, DEEDS, DEEDS + DEEDS]),
  change('law.declaration-compared-without-number', [RULES, 'hint: 证照, needs: [number]', 'hint: 证照, needs: [content]']),
  change('law.declaration-compared-unknown', [RULES, 'item: penalty', 'item: penalties']),
  change('law.declaration-compared-own', [RULES, '{ item: penalty', '{ item: declared']),
  change('law.declaration-route-twice', [RULES, ELSEWHERE, ELSEWHERE + ELSEWHERE]),
  change('law.declaration-route-runners', [RULES, 'means: 核查, by: person', 'means: 核查, by: none'], 'routes:'),
  change('law.declaration-route-runners', [RULES, 'means: 查询, by: none', 'means: 查询, by: machine'], 'routes:'),
  change('law.declaration-statement-missing', [RULES, 'statement: truth', 'statement: authorisation'], 'statements:'),
  change('law.declaration-unsaid', [RULES, 'says: [withdrawal]', 'says: [use]'], 'statements:'),
  change('law.declaration-unsaid', [RULES, 'says: [truth, persons, consequence]', 'says: [truth, persons]'], 'statements:'),
  change(
    'law.declaration-range-inverted',
    [RULES, 'inForceFrom: 2024-01-01', 'inForceFrom: 2024-01-01\ninForceUntil: 2023-12-31'],
    'inForceUntil: 2023',
  ),
  add(
    'law.declaration-overlap',
    'law/declarations/rules@2025-01-01.yaml',
    textOf(RULES).replace('inForceFrom: 2024-01-01', 'inForceFrom: 2025-01-01'),
    'inForceFrom: 2025',
  ),
  change(
    'law.declaration-verifier-twice',
    [VERIFIERS, 'verifiers:\n', `verifiers:\n  - { family: papers, unit: bureau, note: 又一行, ${SOURCED} }\n`],
    'unit: bureau, basis',
  ),
  change('law.declaration-family-unknown', [VERIFIERS, 'family: papers', 'family: paper']),
  change('law.declaration-unit-unknown', [VERIFIERS, 'unit: bureau', 'unit: bureaux']),
  bringing(
    change('law.only-when-column-unknown', [ITEM, 'onlyWhen: { field: STATE', 'onlyWhen: { field: STATES']),
    'law.declaration-unverified-shown',
  ),
  bringing(
    change('law.only-when-value-unknown', [ITEM, ONLY_WHEN, '  onlyWhen: { field: STATE, is: [已核实] }\n']),
    'law.declaration-unverified-shown',
  ),
  change(
    'law.procedure-declaration-unsworn',
    [
      DECLARING,
      "      - { field: truth, name: 承诺真实, kind: 'yes' }\n",
      "      - { field: truth, name: 承诺真实, kind: 'yes', required: false }\n",
    ],
    'act: declare',
  ),
  change(
    'law.procedure-declaration-unsworn',
    [DECLARING, "      - { field: authorise, name: 授权, kind: 'yes' }\n", ''],
    'act: declare',
  ),
  change('law.procedure-declaration-unsworn', [DECLARING, 'guards: [declaration-text-seen]', 'guards: []'], 'act: declare'),
  bringing(
    change('law.procedure-declaration-punishes', [DECLARING, 'effects: [file-declaration]', 'effects: [file-breach]']),
    'law.procedure-grave-alone',
    'law.procedure-grave-unserved',
  ),
]
