// What a register says of which list it is beside its headings, what its records are called, and which lists the other
// sheets of its workbook hold. Knows nothing of what is made of that.
import Diagnostics

extension RegisterSurvey {
  /// Which of lists that fit equally well is meant: the one that the sheet or the file is called after, or whose name
  /// stands in a heading (机构名称). Nil where none is, or several.
  func meant(_ fits: [RegisterFit], _ place: (file: String, sheet: String?)) -> ListDeclaration? {
    let file = place.file.lastIndex(of: "/").map { String(place.file[place.file.index(after: $0)...]) } ?? place.file
    let headings = fits.first?.found.cells.map { Headings.bare($0.text).name } ?? []
    let texts = [place.sheet.map { [$0] } ?? [], headings.filter { $0.hasSuffix("名称") }, [file]]
    for texts in texts where !texts.isEmpty {
      let found = fits.filter { fit in
        let words = [fit.list.words.zh, fit.list.title.zh].filter { $0.count > 1 }
        return texts.contains { text in words.contains { text.contains($0) } }
      }
      if found.count == 1 { return found[0].list }
    }
    return nil
  }

  /// What records are called, by id and by name, where other lists may name them; nothing of persons.
  func called(_ records: BulkRecords, _ schema: ListSchema) -> Set<String> {
    let list = schema.declaration
    guard list.personName == nil, list.personID == nil, list.hasID else { return [] }
    var out: Set<String> = []
    if let field = schema.named("name"), field >= 0, let column = records.column(of: field) {
      for run in records.runs {
        let table = run.table(column.column)
        for code in 0..<table.count { out.insert(RegisterSurvey.plain(table.text(code))) }
      }
    }
    if records.header?.idColumn != nil, !records.hasMadeIDs, let ids = records.ids {
      for row in 0..<ids.count { out.insert(RegisterSurvey.plain(ids.text(row))) }
    }
    return out
  }

  /// The other sheets that hold records of another list than the one that was chosen.
  func sheets(_ source: any CellSource, _ chosen: ListDeclaration) -> [(name: String, list: ListDeclaration)] {
    source.otherParts().compactMap { part in
      let fits = dictionary.lists.compactMap { RegisterFit($0, part.top, mapping) }.filter(\.isWhole).sorted {
        $0.score > $1.score
      }
      guard let best = fits.first else { return nil }
      let first = fits.filter { $0.score == best.score }
      guard let list = first.count == 1 ? best.list : meant(first, (source.file.name, part.name)),
        list.name != chosen.name
      else { return nil }
      return (part.name, list)
    }
  }
}
