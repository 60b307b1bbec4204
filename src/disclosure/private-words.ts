/** A private matter told in words, with its place in UTF-16 units. */
export type PrivateWords = { readonly kind: 'home-address' | 'health'; readonly from: number; readonly to: number }

/**
 * Labels after which a home follows. 住所 alone is the domicile of an enterprise (公司法) and no home; 住址, 家住 and
 * 户籍 are said of persons.
 */
const HOME =
  /(?:家庭住址|家庭地址|现住址|户籍所在地|户籍地址|户籍地|户口所在地|常住地址|居住地址|居住地|现居住于|现居住在|暂住地|暂住于|住址|现住|家住|居住于|居住在|租住于|租住在|(?<=[,，、;；)）](?:现)?)住(?:在|于)?(?=[^,，。;；]{2,20}(?:省|市|县|区|镇|乡|村|路|街)))[\]）)]?[:：为是在于]{0,2}\s*/g
/** What an address is made of: no brackets of a document number, no stop, none of the words that open the next matter. */
const ADDRESS =
  /^(?:(?!因|涉嫌|违反|违法|罚款|处罚|处以|未按|未经|未取|于\d|20\d\d年|身份证|联系|电话|手机)[^,，。;；:：〔〕[\]（）()《》“”\n\t]){2,60}/
const LAST_PART =
  /^.*(?:号楼|号院|号|室|栋|幢|单元|楼|组|村|弄|户|座|庄|苑|园|小区|社区|街|路|镇|乡|街道|区|县|市)(?!.*(?:号楼|号院|号|室|栋|幢|单元|楼|组|村|弄|户|座|庄|苑|园|小区|社区|街|路|镇|乡|街道|区|县|市))/

/** An illness, and how it is said that a person has it. */
const ILLNESS =
  '[^,，。;；:：、（）()\\n]{1,20}?(?:病|症|炎|癌|瘤|感染|障碍|综合征|结核|骨折|残疾|残障|瘫痪|肝硬化|高血压|中风|脑梗|白血病|糖尿病|艾滋病|抑郁)'
const HEALTH: readonly RegExp[] = [
  new RegExp(`(?:身患|患有|患上|患了|罹患|确诊为?|经?诊断为|诊断(?:结果|结论)?[:：为是]{1,2}|因患)${ILLNESS}`, 'g'),
  /(?:病历号|住院号|门诊号|病案号)[:：为是]{0,2}\s*[0-9A-Za-z-]{3,}/g,
  /(?:既往病史|个人病史|病史|病情|健康状况|血型|精神状况)[:：为是]{1,2}[^,，。;；\n]{1,40}/g,
  /(?:系|属于?|为)(?:[一二三四]级)?(?:残疾人|精神病人|精神障碍患者|艾滋病患者|乙肝患者|病毒携带者)/g,
]
/** The illness of an animal, a plant or a product is the matter of a decision, not the health of a person. */
const NOT_A_PERSON = /[猪牛羊鸡鸭鹅兔马驴犬狗猫鱼虾禽畜]|动物|生猪|植物|苗木|种子|树|作物|病害|疫病的|宠物/
const AROUND = 12

function* homes(text: string): Generator<PrivateWords> {
  for (const label of text.matchAll(HOME)) {
    const from = label.index + label[0].length
    const found = ADDRESS.exec(text.slice(from, from + 60))
    if (!found) continue
    const address = LAST_PART.exec(found[0])?.[0] ?? found[0]
    if (address.startsWith('***') || address.startsWith('不详')) continue
    yield { kind: 'home-address', from, to: from + address.length }
  }
}

function* illnesses(text: string): Generator<PrivateWords> {
  for (const shape of HEALTH) {
    for (const found of text.matchAll(shape)) {
      const to = found.index + found[0].length
      if (NOT_A_PERSON.test(text.slice(Math.max(0, found.index - AROUND), to + AROUND))) continue
      yield { kind: 'health', from: found.index, to }
    }
  }
}

const WORTH_A_LOOK = /住|户籍|户口|患|诊|病|血型|健康状况|残疾|精神/

/**
 * Finds home addresses and the health of persons in a free text: an address behind a word said of persons (家住, 住址,
 * 户籍地 …) up to its last part, an illness behind a word that gives it to a person. Addresses of enterprises, medical
 * acts of a hospital and diseases of animals are left alone.
 */
export function findPrivateWords(text: string): PrivateWords[] {
  if (!WORTH_A_LOOK.test(text)) return []
  return [...homes(text), ...illnesses(text)].sort((a, b) => a.from - b.from)
}
