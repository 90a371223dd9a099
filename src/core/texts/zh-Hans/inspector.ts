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
  'inspector.factorReason.fixed': '{{model}} 只按固定尺寸观察',
  'inspector.factorReason.agreement': '{{factor}} 与其他结果最一致（试过 {{tried}}）',
  'inspector.factorReason.spread': '{{factor}} 的颜色最贴合边缘（试过 {{tried}}）',
  'inspector.factorReason.colorfulness': '{{factor}} 的鲜艳程度最像真实照片（试过 {{tried}}）',
  'inspector.factorReason.gamut': '{{factor}} 的颜色最真实可达（试过 {{tried}}）',
  'inspector.reference.choose': '选择…',
  'inspector.reference.other': '换一张…',
  'inspector.reference.drop': '用作参考图片',
}
