import type { common as source } from '../en/common.ts'
import type { Translation } from '../catalogue.ts'

export const common: Translation<typeof source> = {
  'common.add': '添加…',
  'common.cancel': '取消',
  'common.clear': '清除',
  'common.close': '关闭',
  'common.create': '新建',
  'common.remove': '移除',
  'common.rename': '重命名',
  'ui.mixed': '不一',
  'ui.slider.value': '{{name}}，数值',
  'ui.tryAgain': '重试',
  'ui.state.todo': '待处理',
  'ui.state.doing': '处理中',
  'ui.state.done': '完成',
  'ui.state.doubtful': '存疑',
  'ui.state.failed': '失败',
}
