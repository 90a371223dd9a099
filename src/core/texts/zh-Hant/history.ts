import type { history as source } from '../en/history.ts'
import type { Translation } from '../catalogue.ts'

export const history: Translation<typeof source> = {
  'history.colorize.model': '模型 {{value}}',
  'history.colorize.renderFactor': '算繪係數 {{value}}',
  'history.colorize.strength': '強度 {{value}}',
  'history.colorize.vividness': '鮮豔 {{value}}',
  'history.colorize.saturation': '飽和度 {{value}}',
  'history.colorize.warmth': '色溫 {{value}}',
  'history.colorize.tones': '更換影調來源',
  'history.colorize.keepTone': '照片色調',
  'history.colorize.edgeRepair': '邊緣修整 {{value}}',
  'history.colorize.forceColor': '仍然上色',
  'history.colorize.hints': '顏色提示',
  'history.colorize.reference': '參考圖',
  'history.stepOn': '開啟步驟',
  'history.stepOff': '關閉步驟',
  'history.wrong.pale': '顏色更濃',
  'history.wrong.loud': '顏色更沉穩',
  'history.wrong.patchy': '減少色塊',
  'history.paste_other': '已將配方貼到 {{count, number}} 張照片',
  'history.stars_other': '{{count, number}} 張照片：{{stars}} 星',
  'history.flag_other': '標記 {{count, number}} 張照片',
  'history.removeAssets_other': '移出 {{count, number}} 張照片',
  'history.renameVersion': '版本命名為「{{name}}」',
  'history.removeVersion': '移除版本「{{name}}」',
  'history.chooseVersion': '選用版本「{{name}}」',
}
