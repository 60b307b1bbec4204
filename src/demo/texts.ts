import type { TradeTag } from './name-words.ts'

/*
 * What the example city's decisions say. Every text, act and place is invented; the acts cited carry 虚构 in their title, so that nobody
 * takes an article of the example for the law. {braces} are filled by `fillText`.
 */

export const fillText = (text: string, facts: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '')

export const INSPECTIONS = [
  '污染防治设施运行检查',
  '排污许可证后管理检查',
  '危险废物规范化管理检查',
  '建设项目环境保护检查',
  '在线监测设备检查',
  '夏季臭氧防治专项检查',
] as const
export const CHANGES = ['经营范围变更', '注册资本变更', '法定代表人变更', '住所变更', '股东变更'] as const
export const RENAMED = '名称变更'
export const HONOURS = [
  '纳税贡献先进单位',
  '守合同重信用企业',
  '劳动关系和谐单位',
  '科技创新先进单位',
  '文明单位',
  '乡村振兴贡献单位',
  '质量奖',
  '青年文明号',
] as const
export const COMMITMENTS = [
  '办理营业执照住所登记',
  '申请食品经营许可',
  '申请公共场所卫生许可',
  '政府采购供应商资格',
  '安全生产主体责任',
  '办理施工许可容缺受理',
] as const
export const CONTRACTS: readonly (readonly [name: string, subject: string, unit: string])[] = [
  ['办公设备采购合同', '台式计算机', '台'],
  ['食堂食材配送服务合同', '食材配送', '项'],
  ['物业服务采购合同', '办公楼物业服务', '年'],
  ['信息系统运维服务合同', '业务系统运维', '年'],
  ['市政道路养护工程合同', '道路养护', '公里'],
  ['绿化养护服务合同', '公园绿地养护', '万平方米'],
  ['宣传品印制合同', '宣传折页', '份'],
]
export const RIGHTS: readonly (readonly [title: string, kind: string])[] = [
  ['一种可拆卸的包装箱', '实用新型'],
  ['一种节水灌溉装置', '实用新型'],
  ['一种粉尘收集方法', '发明'],
  ['物流调度管理软件', '软件著作权'],
  ['茶叶包装盒', '外观设计'],
  ['门店收银系统', '软件著作权'],
]
export const DECLARATIONS = ['质量管理体系认证', '捐资助学', '合同按期履行情况', '社会公益活动', '行业资质证书'] as const
export const QUALIFICATIONS = ['一级建造师', '二级建造师', '监理工程师', '造价工程师', '注册消防工程师'] as const

export const LIST_GROUNDS: Readonly<Record<string, readonly string[]>> = {
  'market-regulation-serious': ['被列入经营异常名录满三年仍未履行义务', '两年内受到三次以上较重行政处罚', '提交虚假材料取得登记'],
  'work-safety-serious': ['发生生产安全事故负有责任', '存在重大事故隐患逾期未整改'],
  'tax-serious': ['虚开增值税普通发票', '逃避追缴欠税'],
  'wage-arrears': ['拖欠农民工工资经责令限期支付逾期未支付', '克扣农民工工资数额较大'],
  '*': ['违反有关规定情节严重', '拒不履行行政决定'],
}
export const DEBTOR_CONDUCTS = [
  '有履行能力而拒不履行生效法律文书确定义务',
  '违反财产报告制度',
  '无正当理由拒不履行执行和解协议',
] as const
export const ABNORMAL_GROUNDS = ['未按规定期限报送年度工作报告', '通过登记的住所无法联系'] as const

/** Which trades a source's records are mostly about; absent: any. */
export const TAGS_OF_SOURCE: Readonly<Record<string, readonly TradeTag[]>> = {
  'housing-licence': ['building'],
  'housing-penalty': ['building'],
  'housing-rating': ['building'],
  'wage-arrears': ['building', 'service'],
  'ecology-penalty': ['factory', 'building'],
  'ecology-inspection': ['factory', 'food', 'health'],
  'ecology-rating': ['factory'],
  'emergency-penalty': ['factory', 'building'],
  'wanglan-emergency-penalty': ['factory'],
  'health-licence': ['health', 'food', 'service'],
  'culture-tourism-penalty': ['culture'],
  'transport-penalty': ['transport', 'trade'],
  'tonghu-agriculture-penalty': ['farm', 'trade'],
  'urban-management-penalty': ['food', 'trade', 'service'],
  'qingyu-urban-management-penalty': ['food', 'trade', 'service'],
  'customs-rating': ['trade', 'factory'],
}
