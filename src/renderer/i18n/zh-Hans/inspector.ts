import type { inspector as source } from '../en/inspector.ts'
import type { Translation } from '../catalogue.ts'

export const inspector: Translation<typeof source> = {
  'inspector.detail': '显示多少',
  'inspector.simple': '简洁',
  'inspector.everything': '全部',
  'inspector.auto': '自动',
  'inspector.factorPictures': '渲染系数示例',
  'inspector.factorPicture': '渲染系数 {{factor}}',
  'inspector.factorMeaning': '数值低更浓，数值高更细',
  'inspector.fixedSize': '{{model}} 只按固定尺寸观察，因此没有渲染系数可调。',
  'inspector.noModel': '没有模型',
}
