import type { notes as source } from '../en/notes.ts'
import type { Translation } from '../catalogue.ts'

export const notes: Translation<typeof source> = {
  'note.firstPage': '{{file}} 含有 {{pages}} 張圖片；使用第一張。',
  'note.iptcInXmp': '{{format}} 格式沒有 IPTC 資料的位置；各條記錄已寫入 XMP 資料。',
  'note.iptcDiffers': 'XMP 資料與這些 IPTC 記錄不一致，保留了 XMP：{{records}}。',
  'note.iptcLost': 'XMP 沒有這些 IPTC 記錄的位置，已略去：{{records}}。',
  'note.iptcDamaged': 'IPTC 資料已損壞；讀不出的部分已略去。',
  'note.exifLost': '無法讀取 EXIF 資料，已略去。',
  'note.xmpLost': 'XMP 資料已損壞，已略去。',
  'note.profileConverted': '顏色已從「{{profile}}」轉換為 sRGB。',
  'note.alphaLost': 'JPEG 沒有透明度：圖片已襯上白底。',
  'note.depthLost': '{{format}} 格式每通道只有 8 位元：16 位元色調已取整。',
  'note.parameterRepaired': '步驟「{{step}}」的設定「{{name}}」無效，已改回預設值。',
  'note.alreadyColor': '圖片本來就是彩色的，未作改動。',
  'note.factorLowered': '記憶體不足，網路無法以算繪係數 {{wanted}} 執行，改用了 {{factor}}。',
  'note.inStrips': '為使記憶體不超過 {{limit}} MB，圖片已分條處理。',
  'note.viewCoarser': '記憶體設定（{{limit}} MB）容不下這張圖片的完整尺寸：此處顯示得比原片粗略，匯出的圖片不受影響。',
  'note.factorBounded': '記憶體設定（{{limit}} MB）容不下算繪係數 {{wanted}}；網路改用了 {{factor}}。',
}
