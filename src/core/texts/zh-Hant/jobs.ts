import type { jobs as source } from '../en/jobs.ts'
import type { Translation } from '../catalogue.ts'

export const jobs: Translation<typeof source> = {
  'jobs.colorize': '為 {{name}} 上色',
  'jobs.export': '匯出 {{name}}',
  'jobs.film': '為影片 {{name}} 上色',
  'jobs.modelDownload': '取得模型 {{name}}',
  'jobs.log.started': '已開始',
  'jobs.log.paused': '已暫停',
  'jobs.log.resumed': '已繼續',
  'jobs.log.cancelled': '已取消；已完成的部分保留',
  'jobs.log.retried': '已重新排入佇列',
  'jobs.log.done': '已完成',
  'jobs.log.left': '被中斷；有空時會繼續',
  'jobs.log.crashed': '上色引擎停止後已重新啟動',
  'jobs.log.failed': '失敗：{{message}}',
  'jobs.exportChapter': '將 {{name}} 匯出為 CBZ',
  'jobs.exportSheet': '匯出 {{name}} 的縮圖總覽',
  'jobs.proxy': '{{name}} 的代理檔',
}
