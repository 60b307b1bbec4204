/*
 * What the example city's names are made of. Brands are two characters put together by chance under an invented division; trades and
 * forms are the generic words of any register. No word here is taken from a list of real firms.
 */

const split = (words: string): readonly string[] => words.trim().split(/\s+/)

/** 60 × 55 pairs give some three thousand 字号. */
export const BRAND_FIRST = [
  ...'澄沐岫霁栎蔚溯珩葭芷霂桁苒泠砚珞樾旻昀璟煦翊筠霖沅湛洺芮蕴朔弈珈栩恺祎晏钧衡嵘崧穆瑜琅玥郁霏峤舸颢昱笙璞',
] as const
export const BRAND_SECOND = [
  ...'岚屿禾序舟峦渡汀野衢陌弦檐桥坞圃畦窑麓涧坪岭埠墨笺砺垣榭廊橹帆锦缎磐岩川源泽润诚达远恒信和泰昌隆盛丰裕茂',
] as const

/** Characters with four bytes in GB 18030, two of them beyond the basic plane: names hold them in every city. */
export const RARE_BRANDS = split('䶮禾 㙦岚 㛃远 䴖源 𣲗川 𣲘禾 䥽诚 㮾达')

export const SURNAMES = split(
  '王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 欧阳 司徒 上官 尉迟',
)
export const GIVEN_FIRST = [
  ...'砚澜栖屿舟岫霁珩沐蔚溯葭芷霂桁苒泠樾旻昀璟煦翊筠沅湛洺蕴朔弈栩恺晏衡崧穆琅郁峤颢昱笙璞知予言一',
] as const
export const GIVEN_SECOND = [...'禾序岚汀野弦渡墨笺磐川源泽安宁然之遥远行舒朗清和明启承怀慎思齐若初云帆'] as const
/** Given names with characters that old systems could not write. */
export const RARE_GIVEN = split('䶮 㛃 㻏 𣲗 䴖')

export type TradeTag = 'building' | 'factory' | 'food' | 'health' | 'culture' | 'transport' | 'farm' | 'trade' | 'service'

export type Trade = {
  /** 行业用语, as it stands in a name. */
  readonly word: string
  /** GB/T 4754 class. */
  readonly code: string
  readonly tag: TradeTag
  readonly scope: string
}

function trades(tag: TradeTag, rows: string): readonly Trade[] {
  return rows
    .trim()
    .split('\n')
    .map(row => {
      const [word = '', code = '', scope = ''] = row.trim().split(' ')
      return { word, code, tag, scope }
    })
}

export const ENTERPRISE_TRADES: readonly Trade[] = [
  ...trades(
    'building',
    `建筑工程 E4710 房屋建筑工程施工、市政工程施工
     建设工程 E4790 建设工程施工、土石方工程
     装饰工程 E5011 建筑装饰装修工程设计与施工
     市政工程 E4819 市政道路工程、给排水工程施工
     园林绿化 E4890 园林绿化工程施工与养护
     机电安装 E4910 机电设备安装、消防设施工程施工`,
  ),
  ...trades(
    'factory',
    `机械制造 C3429 通用机械、零部件制造与销售
     新材料科技 C2659 高分子材料研发、制造与销售
     化工 C2669 专用化学产品制造（不含危险化学品）
     包装制品 C2239 纸和塑料包装制品制造
     纺织 C1751 纺织品织造、染整
     电子科技 C3990 电子元器件研发、制造与销售
     家具 C2110 木质家具制造与销售
     精密模具 C3525 模具设计、制造`,
  ),
  ...trades(
    'food',
    `食品 C1499 预包装食品生产与销售
     餐饮管理 H6210 餐饮服务、餐饮管理
     粮油 C1310 粮油加工与销售
     饮品 C1529 饮料制造与销售`,
  ),
  ...trades(
    'health',
    `医疗科技 Q8425 诊疗服务、第二类医疗器械销售
     医药 F5251 药品零售、保健用品销售
     口腔门诊 Q8425 口腔诊疗服务
     健康管理 Q8492 健康咨询（不含诊疗活动）`,
  ),
  ...trades(
    'culture',
    `文化传媒 R8710 文化艺术交流策划、广告设计
     旅行社 L7291 境内旅游业务
     体育发展 R8890 体育赛事策划、健身服务
     影视文化 R8730 影视节目制作`,
  ),
  ...trades(
    'transport',
    `物流 G5430 道路普通货物运输、仓储服务
     运输 G5430 道路货物运输
     客运 G5421 道路旅客运输
     供应链管理 L7224 供应链管理服务、货运代理`,
  ),
  ...trades(
    'farm',
    `农业开发 A0141 蔬菜、水果种植与销售
     生态养殖 A0321 家禽家畜养殖与销售
     水产 A0412 淡水水产养殖与销售
     种业 A0511 农作物种子生产经营`,
  ),
  ...trades(
    'trade',
    `商贸 F5199 日用百货、五金交电销售
     贸易 F5164 建筑材料、金属材料销售
     百货 F5211 日用百货零售
     建材 F5165 建筑装饰材料销售
     进出口 F5199 货物进出口、技术进出口
     电子商务 F5292 互联网销售`,
  ),
  ...trades(
    'service',
    `信息技术 I6510 软件开发、信息系统集成服务
     企业管理咨询 L7246 企业管理咨询
     物业服务 K7020 物业管理、保洁服务
     人力资源服务 L7264 人力资源服务
     环保科技 N7721 环境保护监测、污染治理服务
     教育咨询 P8393 教育咨询（不含培训）
     广告 L7251 广告设计、制作、代理
     检测技术 M7452 产品质量检验检测服务`,
  ),
]

export const SHOP_TRADES: readonly Trade[] = [
  ...trades(
    'food',
    `餐饮店 H6210 餐饮服务
     面馆 H6220 快餐服务
     茶饮店 H6233 饮料及冷饮服务
     食品经营部 F5226 预包装食品零售
     烘焙坊 C1411 糕点制售`,
  ),
  ...trades(
    'trade',
    `便利店 F5213 日用百货零售
     五金店 F5271 五金零售
     服装店 F5232 服装零售
     文具店 F5241 文具零售
     建材经营部 F5281 建筑材料零售`,
  ),
  ...trades(
    'service',
    `理发店 O8040 理发服务
     汽车维修部 O8111 汽车修理与维护
     洗衣店 O8030 洗染服务
     图文店 C2319 打字、复印`,
  ),
  ...trades('farm', '果蔬店 F5223 果品、蔬菜零售\n水产店 F5224 水产品零售'),
]

export const FARM_PRODUCTS = split('茶叶 水稻 柑橘 葡萄 食用菌 蔬菜 中药材 蜜蜂 淡水鱼 油茶 花卉 山羊')
export const INSTITUTIONS = split(
  '第一中学 实验小学 中心幼儿园 图书馆 文化馆 人民医院 中医医院 疾病预防控制中心 水文站 农业技术推广中心 城建档案馆 博物馆',
)
export const ASSOCIATIONS = split(
  '餐饮行业协会 建筑业协会 书法家协会 志愿者协会 茶文化研究会 物流商会 养老服务促进会 登山运动协会 信息化学会 女企业家商会',
)
export const OFFICES = split('街道办事处 镇人民政府 镇财政所 乡人民政府')
export const TOWNS = split('栖云 临溪 望舒 青禾 渡口 石桥 桐花 南屿 北麓 墨池 鹭湖 松间 云岫 浣月 听泉 锦屏')
export const STREETS = split(
  '望澜路 栖云路 青屿大道 桐花街 明澈路 临溪路 鹭湖路 松间街 云岫路 浣月路 听泉街 锦屏路 渡口路 石桥街 墨池路 南屿大道 北麓路 澄心街',
)
