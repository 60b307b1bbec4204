/* What the example city's penalties say. Every act cited is invented and carries 虚构 in its title. */

export type PenaltyText = {
  readonly act: string
  readonly fact: string
  readonly rule: string
  /** Kinds as the catalogue's code list has them. */
  readonly kinds: readonly string[]
  /** The fine's range in yuan. */
  readonly fine?: readonly [from: number, to: number]
  readonly taken?: readonly [from: number, to: number]
  /** 暂扣或吊销证照 */
  readonly certificate?: string
}

const rule = (act: string, article: string): string => `《{city}${act}（虚构）》${article}`
const WARNING = ['警告']
const FINE = ['罚款']
const BOTH = ['警告', '罚款']

/** By the first domain of the deciding unit; `*` for the rest. */
export const PENALTY_TEXTS: Readonly<Record<string, readonly PenaltyText[]>> = {
  'market-regulation': [
    {
      act: '销售标签不符合规定的预包装食品',
      fact: '经查，当事人于{seen}在{address}销售的预包装食品未标明生产日期，货值金额{value}元，违法所得{taken}元。',
      rule: rule('食品经营管理规定', '第十二条'),
      kinds: ['没收违法所得', '罚款'],
      fine: [2000, 60000],
      taken: [120, 4800],
    },
    {
      act: '未按规定明码标价',
      fact: '经查，当事人经营场所内{count}种商品未标明价格，经责令改正后已改正。',
      rule: rule('价格行为规定', '第八条'),
      kinds: WARNING,
    },
    {
      act: '发布内容不真实的广告',
      fact: '经查，当事人自{seen}起在其网页发布“销量第一”等用语，不能提供证明材料。',
      rule: rule('广告发布管理规定', '第十五条'),
      kinds: FINE,
      fine: [5000, 120000],
    },
    {
      act: '使用未经检定的计量器具',
      fact: '经查，当事人使用的{count}台电子秤超过检定有效期。',
      rule: rule('计量管理规定', '第九条'),
      kinds: FINE,
      fine: [500, 2000],
    },
    {
      act: '未取得许可从事食品经营',
      fact: '经查，当事人未取得食品经营许可，自{seen}起从事热食类食品制售。',
      rule: rule('食品经营管理规定', '第五条'),
      kinds: ['没收非法财物', '罚款'],
      fine: [10000, 200000],
      taken: [300, 9000],
    },
  ],
  'ecology-environment': [
    {
      act: '未按规定运行污染防治设施',
      fact: '{seen}检查时，当事人废气处理设施未开启，车间正在生产。',
      rule: rule('大气污染防治规定', '第二十一条'),
      kinds: FINE,
      fine: [20000, 300000],
    },
    {
      act: '危险废物未按规定贮存',
      fact: '{seen}检查时，当事人将{count}桶废机油露天堆放，未设置识别标志。',
      rule: rule('固体废物污染防治规定', '第十八条'),
      kinds: FINE,
      fine: [100000, 600000],
    },
    {
      act: '未按规定公开环境信息',
      fact: '经查，当事人未在规定期限内公开{year}年度环境信息。',
      rule: rule('环境信息公开规定', '第七条'),
      kinds: WARNING,
    },
    {
      act: '超过标准排放水污染物',
      fact: '{seen}采样监测，当事人总排口化学需氧量超过标准{count}%。',
      rule: rule('水污染防治规定', '第三十条'),
      kinds: ['罚款', '责令停产停业'],
      fine: [100000, 1000000],
    },
  ],
  'work-safety': [
    {
      act: '未对从业人员进行安全教育培训',
      fact: '经查，当事人{count}名新进人员未经安全教育培训上岗作业。',
      rule: rule('安全生产规定', '第二十五条'),
      kinds: FINE,
      fine: [10000, 90000],
    },
    {
      act: '未在有较大危险因素的场所设置警示标志',
      fact: '{seen}检查时，当事人配电间、冲压区未设置安全警示标志。',
      rule: rule('安全生产规定', '第三十二条'),
      kinds: FINE,
      fine: [5000, 45000],
    },
    {
      act: '未如实记录事故隐患排查治理情况',
      fact: '经查，当事人{year}年以来未如实记录隐患排查治理情况。',
      rule: rule('安全生产规定', '第三十八条'),
      kinds: BOTH,
      fine: [3000, 30000],
    },
  ],
  'fire-rescue': [
    {
      act: '消防设施未保持完好有效',
      fact: '{seen}检查时，当事人室内消火栓无水，{count}具灭火器压力不足。',
      rule: rule('消防安全规定', '第十六条'),
      kinds: FINE,
      fine: [5000, 50000],
    },
    {
      act: '占用疏散通道',
      fact: '{seen}检查时，当事人二层疏散通道堆放货物，宽度不足。',
      rule: rule('消防安全规定', '第二十八条'),
      kinds: FINE,
      fine: [5000, 40000],
    },
    {
      act: '未经消防安全检查擅自营业',
      fact: '经查，当事人公众聚集场所未经消防安全检查，自{seen}起对外营业。',
      rule: rule('消防安全规定', '第十五条'),
      kinds: ['罚款', '责令停产停业'],
      fine: [30000, 300000],
    },
  ],
  'housing-construction': [
    {
      act: '未按图施工',
      fact: '经查，当事人承建的{town}安置小区{count}号楼部分梁柱箍筋间距不符合设计要求。',
      rule: rule('建设工程质量管理规定', '第二十八条'),
      kinds: FINE,
      fine: [30000, 500000],
    },
    {
      act: '未取得施工许可擅自施工',
      fact: '经查，当事人在{town}商业综合体项目未取得施工许可的情况下，于{seen}开工。',
      rule: rule('建筑市场管理规定', '第十二条'),
      kinds: FINE,
      fine: [50000, 400000],
    },
    {
      act: '施工现场临边防护不到位',
      fact: '{seen}检查时，{town}项目基坑临边未设防护栏杆。',
      rule: rule('施工安全管理规定', '第二十条'),
      kinds: BOTH,
      fine: [5000, 30000],
    },
  ],
  transport: [
    {
      act: '货运车辆超限运输',
      fact: '{seen}，当事人所属货车在{street}行驶，超过车货总质量限值{count}吨。',
      rule: rule('道路运输管理规定', '第三十一条'),
      kinds: FINE,
      fine: [500, 30000],
    },
    {
      act: '未按规定维护和检测运输车辆',
      fact: '经查，当事人{count}辆营运车辆未按周期维护。',
      rule: rule('道路运输管理规定', '第四十条'),
      kinds: FINE,
      fine: [1000, 3000],
    },
    {
      act: '未取得许可从事道路货物运输',
      fact: '{seen}检查时，当事人不能出示道路运输经营许可证件。',
      rule: rule('道路运输管理规定', '第十条'),
      kinds: FINE,
      fine: [3000, 30000],
    },
  ],
  'urban-management': [
    {
      act: '占道经营',
      fact: '{seen}，当事人在{street}人行道摆放桌椅{count}张从事经营。',
      rule: rule('市容管理规定', '第十四条'),
      kinds: FINE,
      fine: [50, 1000],
    },
    {
      act: '未按规定分类投放垃圾',
      fact: '经查，当事人将厨余垃圾与其他垃圾混合投放，经两次教育后仍未改正。',
      rule: rule('生活垃圾管理规定', '第二十条'),
      kinds: BOTH,
      fine: [500, 5000],
    },
    {
      act: '擅自设置户外广告',
      fact: '{seen}检查时，当事人在{street}外墙设置广告牌{count}平方米，未办理审批。',
      rule: rule('户外广告管理规定', '第六条'),
      kinds: FINE,
      fine: [1000, 20000],
    },
  ],
  'agriculture-rural': [
    {
      act: '未按规定建立农药进货台账',
      fact: '经查，当事人{year}年购进的{count}个批次农药未建立进货台账。',
      rule: rule('农业投入品管理规定', '第十七条'),
      kinds: BOTH,
      fine: [500, 5000],
    },
    {
      act: '经营标签不符合规定的种子',
      fact: '经查，当事人销售的水稻种子标签缺少检疫证明编号，货值{value}元。',
      rule: rule('种子管理规定', '第二十二条'),
      kinds: FINE,
      fine: [2000, 20000],
    },
  ],
  'culture-tourism': [
    {
      act: '旅行社未与旅游者签订合同',
      fact: '经查，当事人组织{count}人一日游，未签订书面旅游合同。',
      rule: rule('旅游市场管理规定', '第二十六条'),
      kinds: FINE,
      fine: [2000, 50000],
    },
    {
      act: '未在显著位置悬挂许可证',
      fact: '{seen}检查时，当事人经营场所未悬挂经营许可证。',
      rule: rule('文化经营场所管理规定', '第十一条'),
      kinds: WARNING,
    },
  ],
  '*': [
    {
      act: '未按规定报送资料',
      fact: '经查，当事人未在规定期限内报送{year}年度资料，经催报后仍未报送。',
      rule: rule('行业管理规定', '第十九条'),
      kinds: BOTH,
      fine: [1000, 30000],
    },
    {
      act: '违反行业管理规定',
      fact: '{seen}检查时，当事人管理制度不健全，台账缺失{count}项。',
      rule: rule('行业管理规定', '第二十三条'),
      kinds: FINE,
      fine: [2000, 80000],
    },
  ],
}

/** 暂扣、吊销 now and then, by any domain that issues licences. */
export const REVOCATION: Pick<PenaltyText, 'kinds' | 'certificate'> = {
  kinds: ['暂扣许可证件'],
  certificate: '经营许可证 {number}',
}

/** Sentences that hold what must be masked before anyone sees them in public; numbers stand in the invented province. */
export const PERSONAL_ADDITIONS = [
  '现场负责人{person}（身份证号{id}）签字确认。',
  '联系电话{phone}。',
  '罚款已由{person}账号{account}缴纳。',
] as const
