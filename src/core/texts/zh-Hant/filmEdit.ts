import type { editFaults as editFaultsSource, editRemedies as editRemediesSource, editNotes as editNotesSource, filmEdit as filmEditSource } from '../en/filmEdit.ts'
import type { Translation } from '../catalogue.ts'

export const editFaults: Translation<typeof editFaultsSource> = {
  'fault.noEdit': '這一改動不能構成剪輯（{{problem}}）。',
  'fault.editEmpty': '剪輯裡還沒有內容。',
  'fault.editRotation': '第 {{part}} 段（{{file}}）的旋轉方向與第一段不同。',
}

export const editRemedies: Translation<typeof editRemediesSource> = {
  'remedy.addToEdit': '開啟一個片段，把它或入點到出點的範圍加入剪輯。',
  'remedy.editRotation': '把它單獨匯出成與其他段落方向一致的影片。',
}

export const editNotes: Translation<typeof editNotesSource> = {
  'note.edit.conformed': '已依第一段的尺寸和影格率調整的段落：{{count}}。其亮度經過縮放。',
  'note.edit.conforming': '尺寸、影格率或顏色與第一段不同、將依第一段調整的段落：{{list}}。',
  'note.edit.oneSound': '影片只含每個片段的第一條音軌；其他音軌和字幕不在其中。',
}

export const filmEdit: Translation<typeof filmEditSource> = {
  'history.edit.add': '把 {{name}} 加入剪輯',
  'history.edit.remove': '移除第 {{part}} 段',
  'history.edit.move': '第 {{part}} 段移到第 {{place}} 位',
  'history.edit.cut': '在第 {{frame}} 影格前切開剪輯',
  'history.edit.join': '第 {{part}} 段與下一段合併',
  'history.edit.trim': '修剪第 {{part}} 段',
  'jobs.edit': '為 {{name}} 的剪輯上色',
  'queue.title.edit_other': '為 {{count, number}} 個剪輯上色',
  'film.edit': '剪輯',
  'film.edit.count_other': '{{count, number}} 段',
  'film.edit.parts': '段落',
  'film.edit.partOf': '第 {{part}} 段：{{name}}，第 {{from}} 至 {{to}} 影格',
  'film.edit.start': '第 {{part}} 段的首格',
  'film.edit.end': '第 {{part}} 段的結尾',
  'film.edit.added': '{{name}} 的第 {{from}} 至 {{to}} 影格已加入剪輯。',
  'film.edit.empty': '剪輯還是空的',
  'film.edit.emptyText': '開啟片段，設好入點和出點，加入剪輯。段落在這裡切開、修剪、移動，並合成一部影片。',
  'film.edit.addClip': '加入片段',
  'film.edit.gone': '這個片段已不在專案中。',
  'film.edit.noFilms': '這個剪輯還沒有寫出影片。',
  'film.edit.changed': '剪輯已改動：重新寫出',
  'film.edit.whole': '整個剪輯',
  'film.edit.started': '剪輯已加入佇列。',
  'film.edit.startedDownload': '剪輯已加入佇列；完成後交付影片。',
}
