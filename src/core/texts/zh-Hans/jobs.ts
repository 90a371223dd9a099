import type { jobs as source } from '../en/jobs.ts'
import type { Translation } from '../catalogue.ts'

export const jobs: Translation<typeof source> = {
  'jobs.colorize': '为 {{name}} 上色',
  'jobs.export': '导出 {{name}}',
  'jobs.film': '为影片 {{name}} 上色',
  'jobs.modelDownload': '获取模型 {{name}}',
  'jobs.log.started': '已开始',
  'jobs.log.paused': '已暂停',
  'jobs.log.resumed': '已继续',
  'jobs.log.cancelled': '已取消；已完成的部分保留',
  'jobs.log.retried': '已重新排队',
  'jobs.log.done': '已完成',
  'jobs.log.left': '被中断；有空时会继续',
  'jobs.log.crashed': '上色引擎停止后已重新启动',
  'jobs.log.failed': '失败：{{message}}',
  'jobs.exportChapter': '将 {{name}} 导出为 CBZ',
  'jobs.exportSheet': '导出 {{name}} 的缩略图总览',
  'jobs.proxy': '{{name}} 的代理',
}
