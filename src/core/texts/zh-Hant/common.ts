import type { common as source } from '../en/common.ts'
import type { Translation } from '../catalogue.ts'

export const common: Translation<typeof source> = {
  'common.add': '加入…',
  'common.cancel': '取消',
  'common.clear': '清除',
  'common.close': '關閉',
  'common.create': '新增',
  'common.remove': '移除',
  'common.rename': '重新命名',
  'ui.mixed': '不一',
  'ui.slider.value': '{{name}}，數值',
  'ui.tryAgain': '重試',
  'ui.state.todo': '待處理',
  'ui.state.doing': '處理中',
  'ui.state.done': '完成',
  'ui.state.doubtful': '存疑',
  'ui.state.failed': '失敗',
}
