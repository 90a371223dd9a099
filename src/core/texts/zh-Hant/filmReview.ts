import type { filmReview as source } from '../en/filmReview.ts'
import type { Translation } from '../catalogue.ts'

export const filmReview: Translation<typeof source> = {
  'film.compare': '比較',
  'film.compare.with': '比較影片',
  'film.compare.none': '未選擇影片',
  'film.compare.add': '加入要比較的影片',
  'film.compare.fits': '可選本片段的上色成片，或任何影格數與畫面尺寸相同的影片。',
  'film.compare.noFit': '{{name}} · {{frames}} 影格，{{width}} × {{height}}',
  'film.compare.addedNoFit': '{{name}} 已加入，但與本片段不相符。',
  'film.compare.chooseFirst': '請先在檢視器中選擇要比較的影片。',
  'film.compare.same': '亮度一致：{{samples}} 個取樣無一不同',
  'film.compare.differs': '亮度最多相差 {{most}}（滿值 255），佔畫面的 {{share}}',
  'film.compare.of': '差異內容',
  'film.compare.of.difference': '畫面',
  'film.compare.of.luma': '亮度',
  'film.compare.of.chroma': '僅色彩',
  'film.compare.gain': '增益',
  'film.compare.shown': '差異，第 {{frame}} 影格',
  'film.scopes': '示波器',
  'film.scopes.waveform': '波形（亮度）',
  'film.scopes.waveformOf': '第 {{frame}} 影格的波形',
  'film.scopes.vectorscope': '向量示波器',
  'film.scopes.vectorscopeOf': '第 {{frame}} 影格的向量圖',
  'film.scopes.histogram': '色階分佈圖',
  'film.scopes.histogramOf': '第 {{frame}} 影格的色階分佈圖',
  'film.scopes.outside': '{{share}} 的亮度超出 16–235',
}
