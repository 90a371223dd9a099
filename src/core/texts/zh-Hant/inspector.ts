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
  'inspector.factorReason.fixed': '{{model}} 只以固定尺寸觀察',
  'inspector.factorReason.agreement': '{{factor}} 與其他結果最一致（試過 {{tried}}）',
  'inspector.factorReason.spread': '{{factor}} 的顏色最貼合邊緣（試過 {{tried}}）',
  'inspector.factorReason.colorfulness': '{{factor}} 的鮮豔程度最像真實照片（試過 {{tried}}）',
  'inspector.factorReason.gamut': '{{factor}} 的顏色最真實可達（試過 {{tried}}）',
  'inspector.reference.choose': '選擇…',
  'inspector.reference.other': '換一張…',
  'inspector.reference.drop': '用作參考圖片',
}
