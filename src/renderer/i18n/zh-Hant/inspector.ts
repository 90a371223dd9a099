import type { inspector as source } from '../en/inspector.ts'
import type { Translation } from '../catalogue.ts'

export const inspector: Translation<typeof source> = {
  'inspector.detail': '顯示多少',
  'inspector.simple': '精簡',
  'inspector.everything': '全部',
  'inspector.auto': '自動',
  'inspector.factorPictures': '算繪係數範例',
  'inspector.factorPicture': '算繪係數 {{factor}}',
  'inspector.factorMeaning': '數值低更濃，數值高更細',
  'inspector.fixedSize': '{{model}} 只以固定尺寸觀察，因此沒有算繪係數可調。',
  'inspector.noModel': '沒有模型',
}
