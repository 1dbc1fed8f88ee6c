// Texts that look alike: signs that nobody sees, wide letters, the several dots within names of minorities, radicals
// that stand for the character (as copies from PDF have them). Knows nothing of what the texts name.

/// What texts are without what the eye does not tell apart.
enum LookAlike {
  /// Signs that take no room and mean nothing in a name: those that direct how text runs, soft hyphens, joiners.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The text without signs that nobody sees.
  static func seen(_ text: String) -> String {
    let rest = String.UnicodeScalarView(text.unicodeScalars.filter { !isInvisible($0) })
    return String(Members.trimmed(String(rest)[...]))
  }

  /// One text for all that look alike. Composed and decomposed letters are equal as strings.
  static func key(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in CellText.closed(seen(text)).unicodeScalars {
      if dots.contains(scalar.value) {
        out.append("·")
      } else if (0x2E80...0x2FD5).contains(scalar.value) {
        out.append(radicals[scalar.value] ?? scalar)
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }

  /// Whether a byte may begin a sign that another looks like: neither ASCII, but for the point, nor the beginning of a
  /// Chinese character.
  @inline(__always)
  static func isOdd(_ byte: UInt8) -> Bool { byte == 0x2E || byte &- 0xC2 < 0x22 || byte >= 0xEA }

  /// . · ּ ᛫ • ‧ ∙ ⋅ ● ・ ･
  private static let dots: Set<UInt32> = [
    0x2E, 0xB7, 0x387, 0x5BC, 0x16EB, 0x2022, 0x2027, 0x2219, 0x22C5, 0x25CF, 0x30FB, 0xFF65,
  ]

  /// The characters that radicals from U+2F00 look like, in their order.
  private static let kangxi =
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木"
    + "欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言"
    + "谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"

  /// Those before them that are whole characters of names.
  private static let others: [UInt32: Unicode.Scalar] = [
    0x2E9F: "母", 0x2EA0: "民", 0x2EC1: "虎", 0x2EC4: "西", 0x2EC5: "见", 0x2EC6: "角", 0x2EC9: "贝", 0x2ECB: "车",
    0x2ED1: "長", 0x2ED3: "长", 0x2ED4: "门", 0x2ED8: "青", 0x2ED9: "韦", 0x2EDA: "页", 0x2EDB: "风", 0x2EDC: "飞",
    0x2EE2: "马", 0x2EE3: "骨", 0x2EE4: "鬼", 0x2EE5: "鱼", 0x2EE6: "鸟", 0x2EE7: "卤", 0x2EE8: "麦", 0x2EE9: "黄",
    0x2EEC: "齐", 0x2EEE: "齿", 0x2EF0: "龙", 0x2EF3: "龟",
  ]

  private static let radicals: [UInt32: Unicode.Scalar] = {
    var out = others
    for (i, scalar) in kangxi.unicodeScalars.enumerated() { out[0x2F00 + UInt32(i)] = scalar }
    return out
  }()
}
