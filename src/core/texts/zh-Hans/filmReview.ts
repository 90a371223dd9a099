import type { filmReview as source } from '../en/filmReview.ts'
import type { Translation } from '../catalogue.ts'

export const filmReview: Translation<typeof source> = {
  'film.compare': '对比',
  'film.compare.with': '对比影片',
  'film.compare.none': '未选择影片',
  'film.compare.add': '添加要对比的影片',
  'film.compare.fits': '可选本片段的上色成片，或任何帧数与画面尺寸相同的影片。',
  'film.compare.noFit': '{{name}} · {{frames}} 帧，{{width}} × {{height}}',
  'film.compare.addedNoFit': '{{name}} 已添加，但与本片段不匹配。',
  'film.compare.chooseFirst': '请先在检查器中选择要对比的影片。',
  'film.compare.same': '亮度一致：{{samples}} 个样本无一不同',
  'film.compare.differs': '亮度最大相差 {{most}}（满值 255），涉及画面的 {{share}}',
  'film.compare.of': '差异内容',
  'film.compare.of.difference': '画面',
  'film.compare.of.luma': '亮度',
  'film.compare.of.chroma': '仅色彩',
  'film.compare.gain': '增益',
  'film.compare.shown': '差异，第 {{frame}} 帧',
  'film.scopes': '示波器',
  'film.scopes.waveform': '波形（亮度）',
  'film.scopes.waveformOf': '第 {{frame}} 帧的波形',
  'film.scopes.vectorscope': '矢量示波器',
  'film.scopes.vectorscopeOf': '第 {{frame}} 帧的矢量图',
  'film.scopes.histogram': '直方图',
  'film.scopes.histogramOf': '第 {{frame}} 帧的直方图',
  'film.scopes.outside': '{{share}} 的亮度超出 16–235',
}
