import type { editFaults as editFaultsSource, editRemedies as editRemediesSource, editNotes as editNotesSource, filmEdit as filmEditSource } from '../en/filmEdit.ts'
import type { Translation } from '../catalogue.ts'

export const editFaults: Translation<typeof editFaultsSource> = {
  'fault.noEdit': '这一改动不能构成剪辑（{{problem}}）。',
  'fault.editEmpty': '剪辑里还没有内容。',
  'fault.editRotation': '第 {{part}} 段（{{file}}）的旋转方向与第一段不同。',
}

export const editRemedies: Translation<typeof editRemediesSource> = {
  'remedy.addToEdit': '打开一个片段，把它或入点到出点的范围加入剪辑。',
  'remedy.editRotation': '把它单独导出成与其他段落方向一致的影片。',
}

export const editNotes: Translation<typeof editNotesSource> = {
  'note.edit.conformed': '已按第一段的尺寸和帧率调整的段落：{{count}}。其亮度经过缩放。',
  'note.edit.conforming': '尺寸、帧率或颜色与第一段不同、将按第一段调整的段落：{{list}}。',
  'note.edit.oneSound': '影片只含每个片段的第一条音轨；其他音轨和字幕不在其中。',
}

export const filmEdit: Translation<typeof filmEditSource> = {
  'history.edit.add': '把 {{name}} 加入剪辑',
  'history.edit.remove': '移除第 {{part}} 段',
  'history.edit.move': '第 {{part}} 段移到第 {{place}} 位',
  'history.edit.cut': '在第 {{frame}} 帧前切开剪辑',
  'history.edit.join': '第 {{part}} 段与下一段合并',
  'history.edit.trim': '修剪第 {{part}} 段',
  'jobs.edit': '为 {{name}} 的剪辑上色',
  'queue.title.edit_other': '为 {{count, number}} 个剪辑上色',
  'film.edit': '剪辑',
  'film.edit.count_other': '{{count, number}} 段',
  'film.edit.parts': '段落',
  'film.edit.partOf': '第 {{part}} 段：{{name}}，第 {{from}} 至 {{to}} 帧',
  'film.edit.start': '第 {{part}} 段的首帧',
  'film.edit.end': '第 {{part}} 段的结尾',
  'film.edit.added': '{{name}} 的第 {{from}} 至 {{to}} 帧已加入剪辑。',
  'film.edit.empty': '剪辑还是空的',
  'film.edit.emptyText': '打开片段，设好入点和出点，加入剪辑。段落在这里切开、修剪、移动，并合成一部影片。',
  'film.edit.addClip': '加入片段',
  'film.edit.gone': '这个片段已不在项目中。',
  'film.edit.noFilms': '这个剪辑还没有写出影片。',
  'film.edit.changed': '剪辑已改动：重新写出',
  'film.edit.whole': '整个剪辑',
  'film.edit.started': '剪辑已加入队列。',
  'film.edit.startedDownload': '剪辑已加入队列；完成后交付影片。',
}
