import type { clipFaults as faultsSource, clipNotes as notesSource, clipRemedies as remediesSource, clipTerminal as terminalSource } from '../en/clips.ts'
import type { Translation } from '../catalogue.ts'

export const clipFaults: Translation<typeof faultsSource> = {
  'fault.clipFramesMissing': '{{file}}：應有 {{wanted}} 格，只讀到 {{found}} 格；從第 {{frame}} 格起缺失。',
  'fault.clipChunkFrames': '一個分段應有 {{wanted}} 格，實際得到 {{found}} 格。該分段未保留。',
  'fault.clipLumaChanged': '第 {{frame}} 格的亮度會在處理中改變。結果未保留。',
  'fault.clipEncoder': 'ffmpeg（{{encoder}}）拒絕：{{reason}}',
  'fault.clipOtherChunks': '{{folder}} 中 {{file}} 的分段是用其他設定製作的。',
  'fault.clipEnding': '{{file}}：--preset {{preset}} 不能寫成副檔名「{{ending}}」。',
  'fault.clipSound': '{{file}} 無法原樣保存影片的聲音（{{codec}}）。',
  'fault.clipAlpha': '{{file}} 帶有透明度，{{encoding}} 無法保存。',
  'fault.clipTransfer': '{{file}} 是高動態範圍（{{transfer}}），這裡不上色。',
  'fault.clipRange': '{{file}} 的影格為 0 到 {{last}}：--from {{from}} --to {{to}} 不在其中。',
  'fault.clipNoColor': '配方裡沒有上色步驟。',
  'fault.clipChunksMissing': '還有 {{count}} 個分段沒有完成：{{list}}。',
  'fault.clipSpace': '{{file}} 及其分段約需 {{needed}} MB，可用空間為 {{free}} MB。',
  'fault.clipSizeChanges': '{{file}} 的尺寸或像素格式在中途改變。',
  'fault.clipTimes': '{{file}}：第 {{frame}} 格的時間沒有接在前一格之後。',
  'fault.clipBusy': '另一個程序正在產生 {{file}}。',
  'fault.clipSourceChanged': '{{file}} 在上色過程中被改動了。',
  'fault.clipWrong': '寫出的影片不正確：{{what}}。結果未保留。',
  'fault.clipShots': '{{file}}：鏡頭沒有首尾相接：第 {{frame}} 格不屬於任何鏡頭，或屬於兩個。',
  'fault.lineBreak': '{{file}} 的路徑中有換行，無法告訴 ffmpeg。',
  'fault.clipPictureName': '{{file}} 沒有說明編號圖片放在哪裡。',
  'fault.clipFolderHolds': '資料夾 {{file}} 裡還有別的東西：{{other}}。',
  'fault.clipInColor': '{{file}} 已經是彩色的。',
  'fault.clipHintFrame': '{{file}}：有一個提示沒有說明放在哪一格。',
  'fault.clipReferenceShape': '{{file}}（{{width}}×{{height}}）的形狀與影片的畫面不同。',
}

export const clipRemedies: Translation<typeof remediesSource> = {
  'remedy.clipCheckFrames': '用 hourglass clip-info 檢查整部影片，然後重試。',
  'remedy.clipSameSettings': '每次呼叫使用相同的選項，或刪除該資料夾重新開始。',
  'remedy.clipEndings': '檔名請以 {{endings}} 結尾。',
  'remedy.clipConvertSound': '請先轉換聲音：ffmpeg -i 檔案 -map 0 -c copy -c:a flac 新檔案.mkv。',
  'remedy.clipAlphaPreset': '選擇 --preset exact 寫入 .mkv，或 --preset prores。',
  'remedy.clipToSdr': '先轉換為標準動態範圍（BT.709）。',
  'remedy.clipRange': '影格編號從 0 開始；--to 是最後一格之後的編號。',
  'remedy.proxySequence': '直接播放即可：每格本來就是一張獨立的圖片。',
  'remedy.clipRecipe': '開啟上色步驟，或不要使用 --recipe。',
  'remedy.clipMakeChunks': '用 --chunk K 製作它們，然後再合併。',
  'remedy.clipTimes': '請先用 ffmpeg 把時間理順：ffmpeg -fflags +genpts -i 檔案 -map 0 -c copy 新檔案.mkv。也可以用 --from 和 --to 分別替前後兩段上色。',
  'remedy.clipBusy': '請等它完成，或換一個名字。多個程序可用 --chunk K 和 --join 分擔一部影片。',
  'remedy.clipSourceChanged': '請等不再有程式寫入它後重新開始。',
  'remedy.clipSplit': '先在該處把影片分成兩個。',
  'remedy.clipShots': '讓每個鏡頭從前一個的結尾開始，涵蓋範圍的第一格到最後一格；“to”是最後一格之後的格號。',
  'remedy.lineBreak': '請替該檔案或其資料夾改名。',
  'remedy.clipPictureName': '請指定一個新資料夾，或其中的圖片：out/frame_####.png（或 .tif）。',
  'remedy.clipForceColor': '仍要重新上色，請加上 --force-color。',
  'remedy.clipHintFrame': '給每個提示寫上格號："frame": 120。',
  'remedy.clipReference': '請選擇正好是該格的圖片：可用 hourglass clip-frame 寫出後上色。',
}

export const clipNotes: Translation<typeof notesSource> = {
  'note.clip.matrix': '檔案沒有說明顏色矩陣：依播放器的習慣採用 {{matrix}}。',
  'note.clip.rgb': '影片以 RGB 保存：先轉換一次為亮度和顏色（BT.709），保留的是該亮度。',
  'note.clip.turn': '影片播放時應旋轉 {{degrees}}°；只有 6.1 及以上的 ffmpeg 會把這一點寫進 Matroska，.mp4 與 .mov 則總會寫入。',
  'note.clip.odd': '奇數邊長不能減半：顏色以全尺寸保存（4:4:4），並非所有播放器都能顯示。',
  'note.clip.pictures': '圖片為 16 位元 RGB：寫出後的亮度（{{matrix}}）與影片相差最多 {{off}} 個 8 位元階。',
  'note.clip.damaged': '來源檔案已損壞（{{first}}）：ffmpeg 用來代替遺失畫面的內容也上了色。',
  'note.clip.repeated': '{{frames}} 格中有 {{count}} 格重複前一畫面：每個畫面只上色一次。',
  'note.clip.largeFrames': '編碼 {{width}}×{{height}} 的影格大約需要 {{memoryMb}} MB 記憶體。',
  'note.clip.lossy': '{{encoding}} 是有損編碼：逐格到達編碼器時，亮度與來源完全相同。',
}

export const clipTerminal: Translation<typeof terminalSource> = {
  'terminal.colorClip.done': '{{input}} → {{output}}：{{frames}} 格，{{shots}} 個鏡頭，{{encoding}}；保留 {{rows}} 項中的 {{kept}} 項。{{luma}}',
  'terminal.colorClip.chunk': '{{input}}：{{chunks}} 個分段中的第 {{chunk}} 個已完成（{{frames}} 格）。',
  'terminal.colorClip.noChunk': '{{input}} 有 {{chunks}} 個分段，編號 0 到 {{last}}：沒有分段 {{chunk}}，無事可做。',
  'terminal.colorClip.same': '亮度相同。',
  'terminal.colorClip.working': '正在為 {{input}} 上色',
  'terminal.colorClip.notKept': '  ! {{name}}：{{before}} → {{after}}',
}
