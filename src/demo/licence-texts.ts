/* What the example city's licences say. */

export type LicenceText = {
  readonly document: string
  readonly certificate: string
  readonly content: string
  readonly kind: string
  readonly years: number
}

/** By source; `*` for the rest. `years` 0: without end. */
export const LICENCE_TEXTS: Readonly<Record<string, readonly LicenceText[]>> = {
  health: [
    {
      document: '医疗机构执业登记',
      certificate: '医疗机构执业许可证',
      content: '准予登记。诊疗科目：{subject}。',
      kind: '登记',
      years: 5,
    },
    {
      document: '公共场所卫生许可',
      certificate: '公共场所卫生许可证',
      content: '准予在{address}从事{subject}经营。',
      kind: '核准',
      years: 4,
    },
    {
      document: '放射诊疗许可',
      certificate: '放射诊疗许可证',
      content: '准予使用X射线影像诊断设备{count}台。',
      kind: '普通',
      years: 3,
    },
  ],
  'housing-construction': [
    {
      document: '建筑工程施工许可',
      certificate: '建筑工程施工许可证',
      content: '准予{town}片区{count}号地块项目施工，建筑面积{area}平方米。',
      kind: '普通',
      years: 3,
    },
    {
      document: '建筑业企业资质核准',
      certificate: '建筑业企业资质证书',
      content: '核准建筑工程施工总承包叁级资质。',
      kind: '核准',
      years: 5,
    },
    {
      document: '商品房预售许可',
      certificate: '商品房预售许可证',
      content: '准予预售{town}花园{count}号楼，预售面积{area}平方米。',
      kind: '普通',
      years: 2,
    },
  ],
  '*': [
    {
      document: '食品经营许可',
      certificate: '食品经营许可证',
      content: '准予在{address}从事{subject}。',
      kind: '普通',
      years: 5,
    },
    {
      document: '道路运输经营许可',
      certificate: '道路运输经营许可证',
      content: '准予从事道路普通货物运输，车辆{count}辆。',
      kind: '普通',
      years: 4,
    },
    {
      document: '人力资源服务许可',
      certificate: '人力资源服务许可证',
      content: '准予开展职业中介活动。',
      kind: '普通',
      years: 5,
    },
    {
      document: '城镇污水排入排水管网许可',
      certificate: '排水许可证',
      content: '准予在{street}接入市政污水管网，日排放量不超过{count}立方米。',
      kind: '普通',
      years: 5,
    },
    {
      document: '取水许可',
      certificate: '取水许可证',
      content: '准予在{town}取水，年取水量不超过{area}立方米。',
      kind: '特许',
      years: 5,
    },
    { document: '食品生产许可', certificate: '食品生产许可证', content: '准予生产{subject}。', kind: '核准', years: 5 },
    {
      document: '户外广告设置许可',
      certificate: '',
      content: '准予在{street}设置户外广告设施{count}处。',
      kind: '普通',
      years: 2,
    },
    {
      document: '特种设备使用登记',
      certificate: '特种设备使用登记证',
      content: '准予登记使用乘客电梯{count}台。',
      kind: '登记',
      years: 0,
    },
  ],
}

export const PERSON_LICENCES: readonly LicenceText[] = [
  { document: '导游资格核准', certificate: '导游证', content: '核准从事导游活动。', kind: '认可', years: 3 },
  {
    document: '网络预约出租汽车驾驶员许可',
    certificate: '网约车驾驶员证',
    content: '准予从事网络预约出租汽车经营服务。',
    kind: '普通',
    years: 3,
  },
  {
    document: '医师执业注册',
    certificate: '医师执业证书',
    content: '准予注册，执业范围：全科医学专业。',
    kind: '登记',
    years: 0,
  },
]
