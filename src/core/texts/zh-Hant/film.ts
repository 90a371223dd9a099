import type { filmFaults as faultsSource, filmNotes as notesSource, filmRemedies as remediesSource, filmTerminal as terminalSource } from '../en/film.ts'
import type { Translation } from '../catalogue.ts'

export const filmFaults: Translation<typeof faultsSource> = {
  'fault.noClip': '{{name}} 不是影片片段。',
  'fault.noFfmpeg': '沒有找到讀寫影片所需的 ffmpeg。',
  'fault.ffmpegTooOld': 'ffmpeg {{version}} 太舊，無法處理影片，至少需要 {{oldest}}。',
  'fault.ffmpegNotWorking': '「{{path}}」（HOURGLASS_FFMPEG）不是可用的 ffmpeg。',
  'fault.noFfprobe': '找到了 ffmpeg，但沒有找到配套的 ffprobe。',
  'fault.toolGone': '{{path}} 已無法啟動。',
  'fault.noFilm': '{{file}} 不是影片，無論檔名怎麼寫。',
  'fault.filmNoPictures': '{{file}} 裡沒有畫面，只有聲音或文字。',
  'fault.filmUndecodable': '{{file}}：一格也無法解碼。',
  'fault.filmCutOff': '{{file}} 不完整：位於末尾的影格索引（moov）缺失。',
  'fault.noSequence': '資料夾 {{folder}} 裡沒有帶編號的圖片。',
  'fault.noSuchFrame': '{{file}} 沒有第 {{frame}} 格：影格編號為 0 到 {{last}}。',
  'fault.frameUnreadable': '{{file}} 的第 {{frame}} 格無法再次讀出與計數時相同的畫面。',
  'fault.stillNotMade': '無法把這一格寫成圖片。',
  'fault.stillNoPng': '{{file}} 不是以 .png 結尾。',
  'fault.framePlaceMissing': '請說明如何處理這一格：-o OUT.png、--hash，或兩者都用。',
}

export const filmRemedies: Translation<typeof remediesSource> = {
  'remedy.chooseClip': '請在「影片」房間中選擇一個片段。',
  'remedy.newerFfmpeg': '請安裝 ffmpeg {{oldest}} 或更新版本及 ffprobe（Debian：apt install ffmpeg），或在 HOURGLASS_FFMPEG 中指定。',
  'remedy.ffprobeBeside': '把 ffprobe 放在 ffmpeg 旁邊，或安裝到系統能找到的位置（Debian：apt install ffmpeg），或在 HOURGLASS_FFPROBE 中指定。',
  'remedy.ffmpegAgain': '請重新安裝 ffmpeg 後重試。',
  'remedy.filmFormats': '請選擇影片（MP4、MOV、MKV、AVI、MPEG、TS、WebM 等）或帶編號圖片的資料夾。',
  'remedy.filmWithPictures': '請選擇含有畫面的檔案。',
  'remedy.filmOtherFfmpeg': '檔案可能已損壞，或需要更新的 ffmpeg（HOURGLASS_FFMPEG）：hourglass doctor 會顯示目前使用的版本。',
  'remedy.filmCopyAgain': '請從來源重新複製；若是錄製中斷，則需要 MP4 修復程式。',
  'remedy.folderOfNumbers': '請指定含有 scan_0001.tif、scan_0002.tif 這類圖片（TIFF、PNG、DPX 等）的資料夾。',
  'remedy.frameFromTo': '請選擇 0 到 {{last}} 之間的影格。',
  'remedy.frameOthers': '檔案在此處損壞，或中途被更改：請換一格，或用 clip-info 重新檢查。',
  'remedy.nameEndsInPng': '影格以 PNG 寫出：檔名請以 .png 結尾。',
  'remedy.frameHelp': 'hourglass clip-frame --help 有範例。',
}

export const filmNotes: Translation<typeof notesSource> = {
  'note.film.editList': '檔案的剪輯清單在首尾裁去 {{count}} 格：它們會被解碼，但不顯示，也不計數。',
  'note.film.startsMidGroup': '檔案從一組影格的中間開始：最前面的 {{count}} 個封包無法解碼。第 0 格是第一個完整的影格。',
  'note.film.hiddenFrames': '{{count}} 個封包是編碼器的輔助影格（隱藏影格），從不顯示。',
  'note.film.fewerFrames': '{{packets}} 個封包得到 {{frames}} 格：其餘無法解碼，或兩個圖場合成一格。',
  'note.film.moreFrames': '{{packets}} 個封包得到 {{frames}} 格：有些含有不止一格。',
  'note.film.headerCount': '檔頭說有 {{header}} 格，實際有 {{frames}} 格。',
  'note.film.skippedFrames': '錄製有跳格：按固定格率，檔案中缺少 {{count}} 格。不會憑空補格。',
  'note.film.variableRate': '各格時長不等（可變格率）。保留每個時間戳，不使用時間碼。',
  'note.film.lateStart': '畫面比檔案晚 {{seconds}} 秒開始。',
  'note.film.madeTimestamps': '{{count}} 個封包沒有時間戳：採用解碼後各格的時間戳。',
  'note.film.doubtfulTimestamps': '{{count}} 格沒有自己的時間戳，第一個是第 {{first}} 格：這些影格靠計數定位。',
  'note.film.sizeChanges': '從第 {{frame}} 格起尺寸或像素格式改變：可以檢視，但處理前須在此處分割。',
  'note.film.mixedFields': '{{frames}} 格中有 {{interlaced}} 格為交錯，其餘為循序。',
  'note.film.interlaced': '影片為交錯：一格含有兩個時刻。',
  'note.film.readErrors': '解碼時 ffmpeg 回報了 {{count}} 次問題，第一次：{{first}}',
  'note.film.severalVideos': '檔案裡有 {{count}} 路視訊，使用最大的一路（串流 {{stream}}）。',
  'note.film.coverPicture': '檔案裡有 {{count}} 張封面圖，不屬於影片。',
  'note.film.alphaLeftOut': '影片另有透明通道，ffmpeg 內建解碼器不讀取它。',
  'note.film.missingNumbers': '有 {{count}} 個編號沒有圖片：{{numbers}}。',
  'note.film.unreadablePictures': '有 {{count}} 張圖片無法讀取，已略過：{{numbers}}。',
}

export const filmTerminal: Translation<typeof terminalSource> = {
  'terminal.clip.frames': '{{input}}：{{frames}} 格，每秒 {{rate}} 格{{variable}}，{{duration}} 秒',
  'terminal.clip.variable': '（平均，可變）',
  'terminal.clip.picture': '  {{width}}×{{height}}，{{codec}} {{pixelFormat}}，{{fields}}，像素比 {{sar}}，旋轉 {{rotation}}°',
  'terminal.clip.checked': '  每一格都已解碼並計數（{{packets}} 個封包）',
  'terminal.clip.streams': '  {{audio}} 路音訊，{{subtitles}} 路字幕，時間碼 {{timecode}}',
  'terminal.clip.warning': '  ! {{message}}',
  'terminal.clip.shots': '  {{count}} 個鏡頭 → {{output}}',
  'terminal.clip.still': '{{input}} 第 {{frame}} 格 → {{output}}（儲存尺寸 {{width}}×{{height}}，{{time}} 秒）',
  'terminal.clip.reading': '正在解碼 {{input}}',
  'terminal.usage.invalidArgument': '參數「{{argument}}」的值「{{value}}」不能使用。{{why}}',
  'terminal.usage.frame': '須為從 0 開始的整數：影格編號從 0 算起。',
}
