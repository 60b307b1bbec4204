import { add, also, bringing, change, type Plant, seenIn, textOf } from './plant.ts'

const LISTING = 'law/notices/listing@2024-01-01.yaml'
const DECISION = 'law/notices/decision@2024-01-01.yaml'
const GUIDANCE = 'law/notices/guidance@2024-01-01.yaml'
const LATER = 'law/notices/guidance@2025-01-01.yaml'
const later = textOf(GUIDANCE).replace('2024-01-01', '2025-01-01')
const SMS = '  - { channel: sms, starts: at-once }\n'
const ACCOUNT = '{ channel: account, starts: at-once, served: on-opening, basis: [act#1], confidence: primary }'
const SUIT = '  - { remedy: suit, within: { months: 6 }, basis: [act#1], confidence: primary }\n'

/** Letters, and everything that may be wrong with one. */
export const NOTICE_PLANTS: readonly Plant[] = [
  change(
    'law.notice-range-inverted',
    [LISTING, 'inForceFrom: 2024-01-01', 'inForceFrom: 2024-01-01\ninForceUntil: 2023-12-31'],
    'inForceUntil',
  ),
  add('law.notice-overlap', LATER, later, 'inForceFrom'),
  bringing(
    also(add('law.notice-gap', LATER, later, 'inForceFrom'), [
      GUIDANCE,
      'inForceFrom: 2024-01-01',
      'inForceFrom: 2024-01-01\ninForceUntil: 2024-12-30',
    ]),
    'law.notice-companion-unknown',
  ),
  change('law.notice-mark-odd', [LISTING, 'text: 可以陈述和申辩。', "text: '可以陈述和{申辩}。'"]),
  change('law.notice-mark-odd', [LISTING, 'text: 可以陈述和申辩。', "text: '可以陈述和}申辩。'"]),
  change(
    'law.notice-blank-duplicate',
    [
      LISTING,
      '  - { blank: matter, name: 事由, type: paragraph }\n',
      '  - { blank: matter, name: 事由, type: paragraph }\n  - { blank: matter, name: 又一, type: paragraph }\n',
    ],
    '又一',
  ),
  change('law.notice-blank-own', [
    LISTING,
    '  - { blank: matter,',
    '  - { blank: number, name: 号, type: text }\n  - { blank: matter,',
  ]),
  change('law.notice-blank-unknown', [LISTING, "text: '事由：{matter}'", "text: '事由：{matter}{evidence}'"]),
  change('law.notice-blank-unused', [
    LISTING,
    '  - { blank: matter,',
    '  - { blank: evidence, name: 证据, type: lines }\n  - { blank: matter,',
  ]),
  change('law.notice-blank-loose', [LISTING, '  - { with: hearing-day, text:', '  - { text:'], "text: '{hearing-day}听证。'"),
  change('law.notice-with-unknown', [
    LISTING,
    '  - { with: hearing-day,',
    '  - { with: hearing, text: 某文, basis: [act#1], confidence: primary }\n  - { with: hearing-day,',
  ]),
  change('law.notice-instrument-unknown', [LISTING, '依据{article:act#1}', '依据{article:acts#1}']),
  change('law.notice-article-uncited', [LISTING, '依据{article:act#1}', '依据{article:act#2}']),
  change('law.notice-article-missing', [LISTING, '依据{article:act#1}', '依据有关规定']),
  change(
    'law.notice-basis-not-in-force',
    [LISTING, 'kept: with-case\nbasis: [act#1]', 'kept: with-case\nbasis: [old-act#1]'],
    'basis: [old-act#1]',
  ),
  bringing(
    change('law.notice-content-missing', [
      LISTING,
      'says: [grounds, facts, basis, consequences, defence, exit]',
      'says: [grounds, facts, basis, consequences, exit]',
    ]),
    'law.notice-content-undeclared',
  ),
  change(
    'law.notice-content-uncarried',
    [LISTING, 'says: [defence, exit]', 'says: [exit]'],
    'says: [grounds, facts, basis, consequences',
  ),
  change('law.notice-content-undeclared', [LISTING, 'says: [defence, exit]', 'says: [defence, exit, hearing]']),
  change(
    'law.notice-remedy-missing',
    [
      [DECISION, SUIT, ''],
      [DECISION, '，{term:suit}内起诉', ''],
    ],
    'remedies:',
  ),
  change('law.notice-remedy-twice', [DECISION, SUIT, `${SUIT}${SUIT.replace('6', '7')}`], 'months: 7'),
  change('law.notice-remedy-unsaid', [DECISION, '，{term:suit}内起诉', ''], 'remedy: suit'),
  change('law.notice-term-unknown', [DECISION, '，{term:suit}内起诉', '，{term:suit}内起诉，{term:review}内复核']),
  change(
    'law.notice-without-service',
    [
      GUIDANCE,
      '  - { channel: account, starts: at-once, served: { workingDaysAfterPosting: 3 }, basis: [act#1], confidence: primary }\n',
      SMS,
    ],
    'channels:',
  ),
  change('law.notice-channel-twice', [LISTING, SMS, `${SMS}  - { channel: sms, starts: by-hand }\n`], 'starts: by-hand'),
  change(
    'law.notice-channel-misplaced',
    [LISTING, SMS, `${SMS}  - { channel: console, starts: at-once, served: on-opening, basis: [act], confidence: primary }\n`],
    'channel: console',
  ),
  change('law.notice-channel-order', [LISTING, ACCOUNT, ACCOUNT.replace('at-once', 'by-hand')]),
  change('law.notice-channel-order', [LISTING, 'starts: { failed: post }', 'starts: { failed: hand }']),
  change('law.notice-served-misplaced', [LISTING, 'served: on-receipt', 'served: on-opening']),
  change('law.notice-deemed-adverse', [LISTING, ACCOUNT, ACCOUNT.replace('on-opening', '{ workingDaysAfterPosting: 3 }')]),
  change('law.notice-publication-early', [LISTING, 'starts: { failed: post }', 'starts: at-once']),
  change('law.notice-companion-unknown', [DECISION, 'accompaniedBy: guidance', 'accompaniedBy: repair']),
  seenIn(DECISION, change('law.notice-companion-blank', [GUIDANCE, 'type: paragraph', 'type: text'], 'accompaniedBy')),
  change('law.notice-companion-missing', [DECISION, 'accompaniedBy: guidance\n', ''], 'notice: decision'),
  change('law.value-not-allowed', [LISTING, 'channel: sms', 'channel: pigeon']),
  change(
    'law.basis-unknown',
    [LISTING, 'kept: with-case\nbasis: [act#1]', 'kept: with-case\nbasis: [acts#1]'],
    'basis: [acts#1]',
  ),
  change('law.file-name-differs', [LISTING, 'notice: listing', 'notice: listings']),
]
