// How cells of a workbook look, and the part that lists the looks that were used. Knows nothing of cells' values.

/// The look of a cell.
package struct CellStyle: Sendable, Hashable {
  /// How a number is shown.
  package enum Format: Sendable, Hashable {
    case general
    /// `1,234.50`
    case money
    /// `+1,234.50`
    case change
    /// `1,234`
    case whole
    /// `+1,234`
    case wholeChange
    /// `37.5%`, with so many decimals.
    case percent(decimals: Int)
    /// `2024-06-30`
    case date
    /// A code in quotation marks around money, such as `≤ 1,234.50`.
    case marked(before: String, behind: String, isWhole: Bool = false)

    /// The code of the format.
    package var code: String {
      switch self {
      case .general: "General"
      case .money: "#,##0.00"
      case .change: "+#,##0.00;-#,##0.00;0.00"
      case .whole: "#,##0"
      case .wholeChange: "+#,##0;-#,##0;0"
      case .percent(let decimals): decimals == 0 ? "0%" : "0." + String(repeating: "0", count: decimals) + "%"
      case .date: "yyyy\\-mm\\-dd"
      case .marked(let before, let behind, let isWhole):
        Format.quoted(before) + (isWhole ? "#,##0" : "#,##0.00") + Format.quoted(behind)
      }
    }

    private static func quoted(_ text: String) -> String {
      text.isEmpty ? "" : "\"" + text.filter { $0 != "\"" } + "\""
    }
  }

  /// At which side of the cell its text stands.
  package enum Side: Sendable, Hashable {
    case usual
    case left
    case right
    case middle
  }

  package var format = Format.general
  package var isBold = false
  /// Of less interest than what is around it.
  package var isMuted = false
  /// A heading: on a ground of its own, with a line below.
  package var isHeading = false
  /// A sum: a line above.
  package var isTotal = false
  /// A title, larger than the rest.
  package var isTitle = false
  package var wraps = false
  /// One of a table's cells: thin lines around it.
  package var isBoxed = false
  /// To be filled in or changed: on a ground of its own, and open where the sheet is protected.
  package var isOpen = false
  package var side = Side.usual

  package init() {}
}

extension CellStyle {
  /// The code of its format; between lines, figures stand a little away from the line at their right.
  fileprivate var code: String {
    guard isBoxed, format != .date else { return format.code }
    return format.code.split(separator: ";").map { $0 + "_ " }.joined(separator: ";")
  }
}

/// The looks that a workbook uses, by number.
struct StyleList {
  private(set) var styles: [CellStyle] = [CellStyle()]
  private var numbers: [CellStyle: Int] = [CellStyle(): 0]

  /// The number of a look.
  mutating func number(_ style: CellStyle) -> Int {
    if let number = numbers[style] { return number }
    numbers[style] = styles.count
    styles.append(style)
    return styles.count - 1
  }

  /// The part that lists the looks.
  var part: String {
    var codes: [String] = []
    var cells = ""
    for style in styles {
      let id: Int
      if style.format == .general {
        id = 0
      } else {
        let code = style.code
        let at = codes.firstIndex(of: code) ?? codes.count
        if at == codes.count { codes.append(code) }
        id = 164 + at
      }
      cells += StyleList.cell(style, format: id)
    }
    let formats = codes.enumerated().map {
      "<numFmt numFmtId=\"\(164 + $0.offset)\" formatCode=\"\(SheetXML.escaped($0.element))\"/>"
    }
    return SheetXML.head + "<styleSheet xmlns=\"\(SheetXML.space)\">"
      + (codes.isEmpty ? "" : "<numFmts count=\"\(codes.count)\">" + formats.joined() + "</numFmts>")
      + StyleList.fonts + StyleList.fills + StyleList.borders
      + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
      + "<cellXfs count=\"\(styles.count)\">" + cells + "</cellXfs>"
      + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
  }

  private static func cell(_ style: CellStyle, format: Int) -> String {
    let font = style.isTitle ? 3 : style.isBold || style.isHeading || style.isTotal ? 1 : style.isMuted ? 2 : 0
    let border = style.isBoxed ? 3 : style.isHeading ? 1 : style.isTotal ? 2 : 0
    var alignment = ""
    switch style.side {
    case .usual: break
    case .left: alignment += " horizontal=\"left\""
    case .middle: alignment += " horizontal=\"center\""
    case .right: alignment += " horizontal=\"right\"" + (style.isBoxed ? " indent=\"1\"" : "")
    }
    if style.wraps || style.isHeading { alignment += " wrapText=\"1\"" }
    alignment += style.isHeading ? " vertical=\"center\"" : " vertical=\"top\""
    let fill = style.isHeading ? 2 : style.isOpen ? 3 : 0
    return "<xf numFmtId=\"\(format)\" fontId=\"\(font)\" fillId=\"\(fill)\" borderId=\"\(border)\""
      + " xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\""
      + (style.isOpen ? " applyProtection=\"1\">" : ">") + "<alignment\(alignment)/>"
      + (style.isOpen ? "<protection locked=\"0\"/></xf>" : "</xf>")
  }

  /// Plain, bold, muted, title.
  private static var fonts: String {
    func font(_ size: Int, _ colour: String, bold: Bool) -> String {
      "<font>\(bold ? "<b/>" : "")<sz val=\"\(size)\"/><color rgb=\"FF\(colour)\"/><name val=\"Microsoft YaHei\"/>"
        + "<family val=\"2\"/></font>"
    }
    return "<fonts count=\"4\">" + font(10, "1F2328", bold: false) + font(10, "1F2328", bold: true)
      + font(10, "6E7781", bold: false) + font(14, "1F2328", bold: true) + "</fonts>"
  }

  /// The first two are as the form wants them.
  private static let fills =
    "<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill>"
    + "<fill><patternFill patternType=\"gray125\"/></fill>"
    + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8EDF3\"/><bgColor indexed=\"64\"/></patternFill>"
    + "</fill>"
    + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFF4CC\"/><bgColor indexed=\"64\"/></patternFill>"
    + "</fill></fills>"

  private static let borders =
    "<borders count=\"4\"><border><left/><right/><top/><bottom/><diagonal/></border>"
    + "<border><left/><right/><top/><bottom style=\"thin\"><color rgb=\"FF8C959F\"/></bottom><diagonal/></border>"
    + "<border><left/><right/><top style=\"thin\"><color rgb=\"FF8C959F\"/></top><bottom/><diagonal/></border>"
    + "<border>"
    + ["left", "right", "top", "bottom"].map { side in
      "<\(side) style=\"thin\"><color rgb=\"FFBFC6CE\"/></\(side)>"
    }.joined() + "<diagonal/></border></borders>"
}
