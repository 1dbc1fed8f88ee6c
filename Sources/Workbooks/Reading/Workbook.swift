// A workbook that has been opened: which sheets there are, which texts and formats their cells share. Sheets themselves
// are read by SheetReading.swift. Knows nothing of what cells mean.

/// A workbook in the form of Office Open XML (`.xlsx`), in memory.
package final class Workbook {
  /// A sheet of cells.
  package struct Sheet: Sendable {
    package let name: String
    package let isHidden: Bool
    let entry: ZipArchive.Entry
    /// Its path in the archive, in small letters.
    let path: String
  }

  /// No part but a sheet needs more.
  private static let partLimit = 256 << 20
  private static let sheetLimit = 1 << 35

  /// In the order of the workbook.
  package private(set) var sheets: [Sheet] = []
  private let archive: ZipArchive
  private(set) var strings = SharedStrings()
  private(set) var styles = StyleTable()
  private(set) var system = DateSystem.from1900
  /// Whether its numbers of days are counted from 1904 on.
  package var countsFrom1904: Bool { system == .from1904 }

  /// - Parameters:
  ///   - bytes: the whole file, which stays where it is as long as the workbook is used.
  ///   - isCancelled: asked now and then.
  package init(_ bytes: UnsafeRawBufferPointer, isCancelled: () -> Bool = { false }) throws(WorkbookProblem) {
    if let refusal = FileKind.refusal(bytes) { throw refusal }
    archive = try ZipArchive(bytes)
    if archive.entries["mimetype"] != nil, archive.entries["content.xml"] != nil { throw .openDocument }
    let main = try Workbook.target(of: "officeDocument", in: archive, base: "", relations: "_rels/.rels")
    let path = main ?? "xl/workbook.xml"
    if path.hasSuffix(".bin") || archive.entries["xl/workbook.bin"] != nil { throw .newBinary }
    guard let entry = archive.entries[path.lowercased()] else { throw .otherArchive }
    let folder = Workbook.folder(of: path)
    let name = path[folder.endIndex...]
    let relations = try Workbook.relations(archive, base: folder, "\(folder)_rels/\(name).rels")
    try readSheets(XMLScanner(archive, entry, limit: Workbook.partLimit), relations)
    if let shared = relations.first(where: { $0.type == "sharedStrings" }), let part = archive.entries[shared.target] {
      strings = try SharedStrings(XMLScanner(archive, part, limit: Workbook.partLimit * 8), isCancelled)
    }
    if let known = relations.first(where: { $0.type == "styles" }), let part = archive.entries[known.target] {
      styles = try StyleTable(XMLScanner(archive, part, limit: Workbook.partLimit))
    }
  }

  /// Gives up the texts that cells share, where no further sheet is read.
  package func forgetTexts() { strings = SharedStrings() }

  func scanner(of sheet: Sheet) throws(WorkbookProblem) -> XMLScanner {
    try XMLScanner(archive, sheet.entry, limit: Workbook.sheetLimit)
  }

  /// The sheet that somebody asks for, by its name or, where none has it, by its number from 1.
  /// - Parameter wanted: nil: the first that is shown.
  package func sheet(_ wanted: String?) throws(WorkbookProblem) -> Int {
    guard !sheets.isEmpty else { throw .noSheets }
    guard let wanted else {
      // A workbook may hide all it has.
      if let shown = sheets.firstIndex(where: { !$0.isHidden }) { return shown }
      return 0
    }
    if let found = sheets.firstIndex(where: { $0.name == wanted }) { return found }
    let small = wanted.lowercased()
    if let found = sheets.firstIndex(where: { $0.name.lowercased() == small }) { return found }
    if let number = Int(wanted), sheets.indices.contains(number - 1) { return number - 1 }
    throw .noSheet(wanted, known: sheets.map(\.name))
  }

  // MARK: parts

  /// The cells of a sheet that somebody has written a comment on; none where its comments cannot be read.
  func comments(of sheet: Sheet) -> [CellRange] {
    let folder = Workbook.folder(of: sheet.path)
    let part = folder + "_rels/" + sheet.path.dropFirst(folder.count) + ".rels"
    var out: Set<CellRange> = []
    do {
      let own = try Workbook.relations(archive, base: folder, part)
      for relation in own where ["comments", "threadedcomment"].contains(relation.type.lowercased()) {
        guard let entry = archive.entries[relation.target] else { continue }
        try addComments(XMLScanner(archive, entry, limit: Workbook.partLimit), to: &out)
      }
    } catch {
      // What cannot be read of the comments is no reason not to read the cells.
    }
    return out.sorted { ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound) }
  }

  private func addComments(_ scanner: XMLScanner, to out: inout Set<CellRange>) throws(WorkbookProblem) {
    while true {
      switch try scanner.next() {
      case .end: return
      case .close, .text: continue
      case .open:
        guard scanner.isNamed("comment") || scanner.isNamed("threadedComment"), out.count < SheetRemark.limit,
          let name = try scanner.attribute("ref")
        else { continue }
        if let range = Array(name.utf8).withUnsafeBufferPointer({ CellName.range($0) }) { out.insert(range) }
      }
    }
  }

  private func readSheets(_ scanner: XMLScanner, _ relations: [Relation]) throws(WorkbookProblem) {
    while true {
      switch try scanner.next() {
      case .end: return
      case .close, .text: continue
      case .open:
        if scanner.isNamed("workbookPr") {
          if let value = try scanner.attribute("date1904"), value == "1" || value == "true" { system = .from1904 }
        } else if scanner.isNamed("sheet") {
          try addSheet(scanner, relations)
        }
      }
    }
  }

  private func addSheet(_ scanner: XMLScanner, _ relations: [Relation]) throws(WorkbookProblem) {
    let (name, id, state) = (
      try scanner.attribute("name"), try scanner.attribute("id"), try scanner.attribute("state")
    )
    guard let name, let id, let relation = relations.first(where: { $0.id == id }) else { throw scanner.damaged }
    // Sheets of charts and dialogues have no cells.
    guard relation.type == "worksheet" else { return }
    guard let entry = archive.entries[relation.target] else { throw .damaged(part: relation.target) }
    guard sheets.count < 10_000 else { throw .tooLarge }
    let isHidden = state == "hidden" || state == "veryHidden"
    sheets.append(Sheet(name: name, isHidden: isHidden, entry: entry, path: relation.target))
  }

  private struct Relation {
    let id: String
    /// The last word of its kind.
    let type: String
    /// From the archive's root, in small letters.
    let target: String
  }

  private static func relations(_ archive: ZipArchive, base: String, _ part: String) throws(WorkbookProblem)
    -> [Relation]
  {
    guard let entry = archive.entries[part.lowercased()] else { return [] }
    let scanner = try XMLScanner(archive, entry, limit: partLimit)
    var out: [Relation] = []
    while true {
      switch try scanner.next() {
      case .end: return out
      case .close, .text: continue
      case .open:
        guard scanner.isNamed("Relationship") else { continue }
        guard let id = try scanner.attribute("Id"), let type = try scanner.attribute("Type"),
          let target = try scanner.attribute("Target")
        else { continue }
        let word = type.split(separator: "/").last.map(String.init) ?? type
        out.append(Relation(id: id, type: word, target: resolved(target, base: base).lowercased()))
      }
    }
  }

  private static func target(of type: String, in archive: ZipArchive, base: String, relations part: String)
    throws(WorkbookProblem) -> String?
  {
    try relations(archive, base: base, part).first { $0.type == type }?.target
  }

  /// A path from the root: targets are relative to the folder of the part that names them, or begin with a slash.
  private static func resolved(_ target: String, base: String) -> String {
    var parts: [Substring] = target.hasPrefix("/") ? [] : base.split(separator: "/")
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }
}
