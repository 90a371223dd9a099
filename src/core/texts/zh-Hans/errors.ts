import type { errors as source } from '../en/errors.ts'
import type { Translation } from '../catalogue.ts'

export const errors: Translation<typeof source> = {
  'errors.bad-input': '无法读取这个文件',
  'errors.unsupported': '不支持这种内容',
  'errors.too-large': '图片太大',
  'errors.no-space': '磁盘已满',
  'errors.not-writable': '此处无法写入',
  'errors.missing-model': '缺少模型',
  'errors.bad-model': '模型无法使用',
  'errors.missing-component': '缺少组件',
  'errors.locked': '项目正在使用中',
  'errors.cancelled': '已取消',
  'errors.engine-crashed': '上色引擎停止了',
  'errors.internal': '出了点问题',
}
