import type { errors as source } from '../en/errors.ts'
import type { Translation } from '../catalogue.ts'

export const errors: Translation<typeof source> = {
  'errors.bad-input': '無法讀取這個檔案',
  'errors.unsupported': '不支援這種內容',
  'errors.too-large': '圖片太大',
  'errors.no-space': '磁碟已滿',
  'errors.not-writable': '此處無法寫入',
  'errors.missing-model': '缺少模型',
  'errors.bad-model': '模型無法使用',
  'errors.missing-component': '缺少元件',
  'errors.locked': '專案正在使用中',
  'errors.cancelled': '已取消',
  'errors.engine-crashed': '上色引擎停止了',
  'errors.internal': '出了點問題',
}
