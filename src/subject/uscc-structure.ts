/** 登记管理部门: who gave a code (first character), with 机构类别: what it gave it to (second character). GB 32100-2015. */
export type Department = { readonly name: string; readonly categories: Readonly<Record<string, string>> }

const OTHER = '其他'

export const DEPARTMENTS: Readonly<Record<string, Department>> = {
  '1': { name: '机构编制', categories: { '1': '机关', '2': '事业单位', '3': '中央编办直接管理机构编制的群众团体', '9': OTHER } },
  '2': { name: '外交', categories: { '1': '外国常驻新闻机构', '9': OTHER } },
  '3': {
    name: '司法行政',
    categories: {
      '1': '律师执业机构',
      '2': '公证处',
      '3': '基层法律服务所',
      '4': '司法鉴定机构',
      '5': '仲裁委员会',
      '9': OTHER,
    },
  },
  '4': { name: '文化', categories: { '1': '外国在华文化中心', '9': OTHER } },
  '5': { name: '民政', categories: { '1': '社会团体', '2': '民办非企业单位', '3': '基金会', '9': OTHER } },
  '6': {
    name: '旅游',
    categories: { '1': '外国旅游部门常驻代表机构', '2': '港澳台地区旅游部门常驻内地（大陆）代表机构', '9': OTHER },
  },
  '7': { name: '宗教', categories: { '1': '宗教活动场所', '2': '宗教院校', '9': OTHER } },
  '8': { name: '工会', categories: { '1': '基层工会', '9': OTHER } },
  '9': { name: '市场监管', categories: { '1': '企业', '2': '个体工商户', '3': '农民专业合作社', '9': OTHER } },
  A: { name: '中央军委改革和编制办公室', categories: { '1': '军队事业单位', '9': OTHER } },
  N: {
    name: '农业',
    categories: { '1': '组级集体经济组织', '2': '村级集体经济组织', '3': '乡镇级集体经济组织', '9': OTHER },
  },
  Y: { name: OTHER, categories: { '1': OTHER } },
}

/** Texts that are typed to fill the column. Two of them pass the outer check, so the check alone does not find them. */
export const NEVER_A_CODE: ReadonlySet<string> = new Set(['000000000000000000', '111111111111111111', '123456789012345678'])

/** The published stand-in for a sole trader that has no code yet (双公示 data standard). */
export const NO_CODE_YET = '00000000000000000X'
