// How a bulk file comes to be read: from the columns that an earlier reading kept, or by its form, and then kept for
// the next time. Knows nothing of any form, or of the form of kept columns.
import Diagnostics

/// The reading of one bulk file.
enum BulkReading {
  /// The largest file that is read, in bytes.
  static let sizeLimit = 1 << 36

  /// The records of a file.
  /// - Parameters:
  ///   - name: what messages call it.
  ///   - cache: where large files are kept as columns; nil: nowhere.
  static func records(
    _ bytes: FileBytes, name: String, _ format: BulkFormat, _ request: BulkRequest, cache: ColumnCache?,
    _ suggestions: inout Suggestions, _ findings: inout Findings
  ) -> BulkRecords {
    var place: (cache: ColumnCache, path: String)?
    if let cache, bytes.count >= cache.least {
      let path = cache.path(bytes, format, part: BulkPlace(name).part, request)
      if let kept = KeptColumns.open(path, as: name, request) { return kept.records(request, &suggestions, &findings) }
      place = (cache, path)
    }
    let source: any BulkSource
    do {
      source = try format.open(bytes, name, request.threads)
    } catch {
      return refused(bytes.hasChanged ? BulkRefusal(.other(.changed(name))) : error, name, request, &findings)
    }
    let records = source.records(request, &suggestions, &findings)
    if bytes.hasChanged {
      // Whatever else was found may come of the change.
      findings = Findings()
      return refused(BulkRefusal(.other(.changed(name))), name, request, &findings)
    }
    if let place, !request.control.isCancelled(), records.problems == 0, records.suspects.isEmpty,
      findings.list.isEmpty, !records.hasRemarks
    {
      KeptFile.write(records, to: place.path, in: place.cache, threads: request.threads)
    }
    return records
  }

  private static func refused(
    _ refusal: BulkRefusal, _ name: String, _ request: BulkRequest, _ findings: inout Findings
  ) -> BulkRecords {
    let file = SourceFile(name: BulkPlace(name).file, text: "")
    findings.add(refusal.problem, at: refusal.location(in: file))
    return BulkRecords(none: file, request.schema)
  }
}
