// How a text document looks: faces, sizes, distances, as offices here set their papers. Knows nothing of what it says.

/// The styles of a text document.
struct TextStyles {
  /// Whether the text is Chinese: first lines set in by two characters, wider lines.
  let isChinese: Bool

  static let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

  /// Sizes in half points.
  private var body: Int { isChinese ? 28 : 22 }
  private var table: Int { isChinese ? 21 : 19 }

  /// The part that lists the styles.
  var part: String {
    var out = SheetXML.head + "<w:styles xmlns:w=\"\(TextStyles.space)\"><w:docDefaults><w:rPrDefault><w:rPr>"
    out += fonts("仿宋") + "<w:sz w:val=\"\(body)\"/><w:szCs w:val=\"\(body)\"/>"
    out += "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    out += style("Normal", "Normal", isDefault: true, paragraph: "", run: "")
    let indent = isChinese ? "<w:ind w:firstLineChars=\"200\" w:firstLine=\"\(body * 20)\"/>" : ""
    out += style(
      "BodyText", "Body Text",
      paragraph:
        "<w:spacing w:after=\"\(isChinese ? 0 : 120)\" w:line=\"\(isChinese ? 400 : 290)\" w:lineRule=\"auto\"/>"
        + indent + "<w:jc w:val=\"\(isChinese ? "both" : "left")\"/>", run: "")
    out += style(
      "Title", "Title",
      paragraph: "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"240\"/><w:jc w:val=\"center\"/>",
      run: fonts("黑体") + size(isChinese ? 40 : 36, bold: true))
    for (level, height) in [(1, 32), (2, 28), (3, 26), (4, 24)] {
      out += style(
        "Heading\(level)", "heading \(level)",
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"\(level == 1 ? 320 : 200)\" w:after=\"120\"/>"
          + "<w:outlineLvl w:val=\"\(level - 1)\"/>", run: fonts("黑体") + size(height, bold: !isChinese))
    }
    out += style(
      "Caption", "caption", paragraph: "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"80\"/>",
      run: fonts("黑体") + size(table, bold: !isChinese))
    out += style(
      "TableText", "Table Text",
      paragraph: "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/>",
      run: size(table, bold: false))
    out += style(
      "Remark", "Remark", paragraph: "<w:spacing w:before=\"60\" w:after=\"60\" w:line=\"280\" w:lineRule=\"auto\"/>",
      run: size(table, bold: false) + "<w:color w:val=\"57606A\"/>")
    out += style(
      "Code", "Code",
      paragraph: "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F5F6F7\"/><w:spacing w:line=\"260\"/>",
      run: "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:eastAsia=\"仿宋\"/>" + size(18, bold: false))
    out += style("Footer", "footer", paragraph: "<w:jc w:val=\"center\"/>", run: size(18, bold: false))
    return out + tableStyle + "</w:styles>"
  }

  private func fonts(_ chinese: String) -> String {
    let latin = chinese == "黑体" && !isChinese ? "Arial" : "Times New Roman"
    return "<w:rFonts w:ascii=\"\(latin)\" w:hAnsi=\"\(latin)\" w:cs=\"\(latin)\" w:eastAsia=\"\(chinese)\"/>"
  }

  private func size(_ size: Int, bold: Bool) -> String {
    (bold ? "<w:b/>" : "") + "<w:sz w:val=\"\(size)\"/><w:szCs w:val=\"\(size)\"/>"
  }

  private func style(
    _ id: String, _ name: String, isDefault: Bool = false, paragraph: String, run: String
  ) -> String {
    "<w:style w:type=\"paragraph\"\(isDefault ? " w:default=\"1\"" : "") w:styleId=\"\(id)\">"
      + "<w:name w:val=\"\(name)\"/>" + (isDefault ? "" : "<w:basedOn w:val=\"Normal\"/>") + "<w:qFormat/>"
      + "<w:pPr>\(paragraph)</w:pPr><w:rPr>\(run)</w:rPr></w:style>"
  }

  private var tableStyle: String {
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"].map {
      "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8C959F\"/>"
    }
    return "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:tblPr>"
      + "<w:tblBorders>\(sides.joined())</w:tblBorders><w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/>"
      + "<w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
  }
}
