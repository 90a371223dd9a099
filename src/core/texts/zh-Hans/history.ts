import type { history as source } from '../en/history.ts'
import type { Translation } from '../catalogue.ts'

export const history: Translation<typeof source> = {
  'history.colorize.model': '模型 {{value}}',
  'history.colorize.renderFactor': '渲染系数 {{value}}',
  'history.colorize.strength': '强度 {{value}}',
  'history.colorize.vividness': '鲜艳 {{value}}',
  'history.colorize.saturation': '饱和度 {{value}}',
  'history.colorize.warmth': '色温 {{value}}',
  'history.colorize.tones': '更换影调来源',
  'history.colorize.keepTone': '照片色调',
  'history.colorize.edgeRepair': '边缘修整 {{value}}',
  'history.colorize.forceColor': '仍然上色',
  'history.colorize.hints': '颜色提示',
  'history.colorize.reference': '参考图',
  'history.stepOn': '开启步骤',
  'history.stepOff': '关闭步骤',
  'history.wrong.pale': '颜色更浓',
  'history.wrong.loud': '颜色更沉稳',
  'history.wrong.patchy': '减少色块',
  'history.paste_other': '已将配方粘贴到 {{count, number}} 张照片',
  'history.stars_other': '{{count, number}} 张照片：{{stars}} 星',
  'history.flag_other': '标记 {{count, number}} 张照片',
  'history.removeAssets_other': '移出 {{count, number}} 张照片',
  'history.renameVersion': '版本命名为“{{name}}”',
  'history.removeVersion': '移除版本“{{name}}”',
  'history.chooseVersion': '选用版本“{{name}}”',
}
