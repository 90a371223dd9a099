import type { filmFaults as faultsSource, filmNotes as notesSource, filmRemedies as remediesSource, filmTerminal as terminalSource } from '../en/film.ts'
import type { Translation } from '../catalogue.ts'

export const filmFaults: Translation<typeof faultsSource> = {
  'fault.noClip': '{{name}} 不是影片片段。',
  'fault.noFfmpeg': '没有找到读写影片所需的 ffmpeg。',
  'fault.ffmpegTooOld': 'ffmpeg {{version}} 太旧，无法处理影片，至少需要 {{oldest}}。',
  'fault.ffmpegNotWorking': '“{{path}}”（HOURGLASS_FFMPEG）不是可用的 ffmpeg。',
  'fault.noFfprobe': '找到了 ffmpeg，但没有找到配套的 ffprobe。',
  'fault.toolGone': '{{path}} 已无法启动。',
  'fault.noFilm': '{{file}} 不是影片，无论文件名怎么写。',
  'fault.filmNoPictures': '{{file}} 里没有画面，只有声音或文字。',
  'fault.filmUndecodable': '{{file}}：一帧也无法解码。',
  'fault.filmCutOff': '{{file}} 不完整：位于末尾的帧索引（moov）缺失。',
  'fault.noSequence': '文件夹 {{folder}} 里没有带编号的图片。',
  'fault.noSuchFrame': '{{file}} 没有第 {{frame}} 帧：帧号为 0 到 {{last}}。',
  'fault.frameUnreadable': '{{file}} 的第 {{frame}} 帧无法再次读出与计数时相同的画面。',
  'fault.stillNotMade': '无法把这一帧写成图片。',
  'fault.stillNoPng': '{{file}} 不是以 .png 结尾。',
  'fault.framePlaceMissing': '请说明如何处理这一帧：-o OUT.png、--hash，或两者都用。',
}

export const filmRemedies: Translation<typeof remediesSource> = {
  'remedy.chooseClip': '请在“影片”房间中选择一个片段。',
  'remedy.newerFfmpeg': '请安装 ffmpeg {{oldest}} 或更新版本及 ffprobe（Debian：apt install ffmpeg），或在 HOURGLASS_FFMPEG 中指定。',
  'remedy.ffprobeBeside': '把 ffprobe 放在 ffmpeg 旁边，或安装到系统能找到的位置（Debian：apt install ffmpeg），或在 HOURGLASS_FFPROBE 中指定。',
  'remedy.ffmpegAgain': '请重新安装 ffmpeg 后重试。',
  'remedy.filmFormats': '请选择影片（MP4、MOV、MKV、AVI、MPEG、TS、WebM 等）或带编号图片的文件夹。',
  'remedy.filmWithPictures': '请选择含有画面的文件。',
  'remedy.filmOtherFfmpeg': '文件可能已损坏，或需要更新的 ffmpeg（HOURGLASS_FFMPEG）：hourglass doctor 会显示当前使用的版本。',
  'remedy.filmCopyAgain': '请从来源重新复制；若是录制中断，则需要 MP4 修复程序。',
  'remedy.folderOfNumbers': '请指定含有 scan_0001.tif、scan_0002.tif 这类图片（TIFF、PNG、DPX 等）的文件夹。',
  'remedy.frameFromTo': '请选择 0 到 {{last}} 之间的帧。',
  'remedy.frameOthers': '文件在此处损坏，或中途被更改：请换一帧，或用 clip-info 重新检查。',
  'remedy.nameEndsInPng': '帧以 PNG 写出：文件名请以 .png 结尾。',
  'remedy.frameHelp': 'hourglass clip-frame --help 有示例。',
}

export const filmNotes: Translation<typeof notesSource> = {
  'note.film.editList': '文件的剪辑列表在首尾裁去 {{count}} 帧：它们会被解码，但不显示，也不计数。',
  'note.film.startsMidGroup': '文件从一组帧的中间开始：最前面的 {{count}} 个数据包无法解码。第 0 帧是第一个完整的帧。',
  'note.film.hiddenFrames': '{{count}} 个数据包是编码器的辅助帧（隐藏帧），从不显示。',
  'note.film.fewerFrames': '{{packets}} 个数据包得到 {{frames}} 帧：其余无法解码，或两个场合成一帧。',
  'note.film.moreFrames': '{{packets}} 个数据包得到 {{frames}} 帧：有些含有不止一帧。',
  'note.film.headerCount': '文件头说有 {{header}} 帧，实际有 {{frames}} 帧。',
  'note.film.skippedFrames': '录制有跳帧：按固定帧率，文件中缺少 {{count}} 帧。不会凭空补帧。',
  'note.film.variableRate': '各帧时长不等（可变帧率）。保留每个时间戳，不使用时间码。',
  'note.film.lateStart': '画面比文件晚 {{seconds}} 秒开始。',
  'note.film.madeTimestamps': '{{count}} 个数据包没有时间戳：采用解码后各帧的时间戳。',
  'note.film.doubtfulTimestamps': '{{count}} 帧没有自己的时间戳，第一个是第 {{first}} 帧：这些帧靠计数定位。',
  'note.film.sizeChanges': '从第 {{frame}} 帧起尺寸或像素格式改变：可以查看，但处理前须在此处分割。',
  'note.film.mixedFields': '{{frames}} 帧中有 {{interlaced}} 帧为隔行，其余为逐行。',
  'note.film.interlaced': '影片为隔行：一帧含有两个时刻。',
  'note.film.readErrors': '解码时 ffmpeg 报告了 {{count}} 次问题，第一次：{{first}}',
  'note.film.severalVideos': '文件里有 {{count}} 路视频，使用最大的一路（流 {{stream}}）。',
  'note.film.coverPicture': '文件里有 {{count}} 张封面图，不属于影片。',
  'note.film.alphaLeftOut': '影片另有透明通道，ffmpeg 自带解码器不读取它。',
  'note.film.missingNumbers': '有 {{count}} 个编号没有图片：{{numbers}}。',
  'note.film.unreadablePictures': '有 {{count}} 张图片无法读取，已略过：{{numbers}}。',
}

export const filmTerminal: Translation<typeof terminalSource> = {
  'terminal.clip.frames': '{{input}}：{{frames}} 帧，每秒 {{rate}} 帧{{variable}}，{{duration}} 秒',
  'terminal.clip.variable': '（平均，可变）',
  'terminal.clip.picture': '  {{width}}×{{height}}，{{codec}} {{pixelFormat}}，{{fields}}，像素比 {{sar}}，旋转 {{rotation}}°',
  'terminal.clip.checked': '  每一帧都已解码并计数（{{packets}} 个数据包）',
  'terminal.clip.streams': '  {{audio}} 路音频，{{subtitles}} 路字幕，时间码 {{timecode}}',
  'terminal.clip.warning': '  ! {{message}}',
  'terminal.clip.shots': '  {{count}} 个镜头 → {{output}}',
  'terminal.clip.still': '{{input}} 第 {{frame}} 帧 → {{output}}（存储尺寸 {{width}}×{{height}}，{{time}} 秒）',
  'terminal.clip.reading': '正在解码 {{input}}',
  'terminal.usage.invalidArgument': '参数“{{argument}}”的值“{{value}}”不能使用。{{why}}',
  'terminal.usage.frame': '须为从 0 开始的整数：帧号从 0 算起。',
}
