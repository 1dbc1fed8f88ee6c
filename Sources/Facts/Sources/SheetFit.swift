// Whether the first rows of a sheet are the headings of some list. Knows nothing of workbooks.
import Diagnostics

extension WorkbookSource {
  /// The fields that a sheet's first rows name; nil where they do not name what each record must state.
  static func fit(_ top: [BulkRow], _ request: BulkRequest) -> Set<Int>? {
    var (suggestions, findings) = (Suggestions(), Findings())
    let file = SourceFile(name: "", text: "")
    guard let header = BulkHeader.read(top, file, request, &suggestions, &findings) else { return nil }
    let stated = Set(header.columns.map(\.field))
    let isWhole = request.schema.requiredNames.allSatisfy { $0.0 < 0 || stated.contains($0.0) }
    return stated.count > 1 && isWhole ? stated : nil
  }
}
