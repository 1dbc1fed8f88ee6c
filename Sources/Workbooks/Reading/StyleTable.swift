// What the styles of a workbook's cells say: how numbers are shown, and which texts are struck through. Knows nothing
// of cells.

/// The formats of a workbook by the numbers that cells give.
struct StyleTable {
  private(set) var formats: [NumberFormat] = []
  /// The styles whose text is struck through.
  private(set) var struck: Set<Int> = []

  /// A workbook without styles.
  init() {}

  init(_ scanner: XMLScanner) throws(WorkbookProblem) {
    var codes: [Int: NumberFormat] = [:]
    var (isWithinCells, isWithinFonts) = (false, false)
    var (fonts, struckFonts) = (0, Set<Int>())
    while true {
      switch try scanner.next() {
      case .end: return
      case .text: continue
      case .close:
        if scanner.isNamed("cellXfs") { isWithinCells = false }
        if scanner.isNamed("fonts") { isWithinFonts = false }
      case .open:
        if scanner.isNamed("cellXfs") {
          isWithinCells = true
        } else if scanner.isNamed("fonts") {
          isWithinFonts = true
        } else if isWithinFonts, scanner.isNamed("font") {
          fonts += 1
        } else if isWithinFonts, scanner.isNamed("strike") {
          let value = try scanner.attribute("val")
          if value != "0", value != "false" { struckFonts.insert(fonts - 1) }
        } else if scanner.isNamed("numFmt") {
          guard let id = try scanner.attribute("numFmtId").flatMap({ Int($0) }),
            let code = try scanner.attribute("formatCode")
          else { continue }
          codes[id] = NumberFormat(code: code)
        } else if isWithinCells, scanner.isNamed("xf") {
          // Without a number the format is the general one.
          let stated = try scanner.attribute("numFmtId").flatMap { Int($0) }
          let id = if let stated { stated } else { 0 }
          // Cells give numbers of two bytes.
          guard formats.count < 1 << 16 else { throw .tooLarge }
          if let font = try scanner.attribute("fontId").flatMap({ Int($0) }), struckFonts.contains(font) {
            struck.insert(formats.count)
          }
          formats.append(codes[id] ?? NumberFormat(builtIn: id))
        }
      }
    }
  }

  /// The format of cells with a style; cells without one, or with one that there is not, are general.
  func format(_ style: Int) -> NumberFormat { formats.indices.contains(style) ? formats[style] : .general }
}
