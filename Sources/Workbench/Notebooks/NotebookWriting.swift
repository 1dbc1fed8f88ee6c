// A notebook with its answers and figures put in: the bytes between them are those of the file, one by one. Knows
// nothing of
// disks.

import Diagnostics

enum NotebookWriting {
  private struct Edit {
    let range: Range<Int>
    let bytes: [UInt8]
  }

  /// The file's bytes with what the run answered, as far as it came. Without a difference they are the same.
  static func bytes(_ run: NotebookRun) -> [UInt8] {
    let notebook = run.notebook
    let lineEnd = lineEnd(notebook.bytes)
    var edits: [Edit] = []
    for outcome in run.outcomes where outcome.cell.keepsOutput && !outcome.failed {
      let cell = outcome.cell
      if let output = cell.output {
        let isSame = StoredText.lines(output.text) == StoredText.lines(outcome.text)
        if isSame, output.fingerprint == outcome.fingerprint { continue }
        edits.append(Edit(range: output.range, bytes: fence(outcome, lineEnd)))
      } else if !outcome.text.isEmpty {
        let endsLine = notebook.bytes[cell.range].last == 0x0A || notebook.bytes[cell.range].last == 0x0D
        let empty = cell.margin.contains(0x3E) ? trimmed(cell.margin) : []
        let bytes = (endsLine ? [] : lineEnd) + empty + lineEnd + fence(outcome, lineEnd)
        edits.append(Edit(range: cell.range.upperBound..<cell.range.upperBound, bytes: bytes))
      }
    }
    for value in run.values {
      guard let range = value.value.storedRange, let stored = value.value.stored, stored.trimmingSpaces != value.text
      else { continue }
      edits.append(Edit(range: range, bytes: Array(value.text.utf8)))
    }
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    var out: [UInt8] = []
    out.reserveCapacity(notebook.bytes.count + edits.reduce(0) { $0 + $1.bytes.count })
    var at = 0
    for edit in edits where edit.range.lowerBound >= at {
      out += notebook.bytes[at..<edit.range.lowerBound]
      out += edit.bytes
      at = edit.range.upperBound
    }
    return out + notebook.bytes[at...]
  }

  /// An answer between fences longer than any run of backticks in it.
  private static func fence(_ outcome: CellOutcome, _ lineEnd: [UInt8]) -> [UInt8] {
    let margin = outcome.cell.margin
    let mark = Array(repeating: 0x60 as UInt8, count: max(3, Fence.longestRun(outcome.text) + 1))
    var out = margin + mark + Array("output \(outcome.fingerprint)".utf8) + lineEnd
    for line in StoredText.lines(outcome.text) {
      out += (line.isEmpty ? trimmed(margin) : margin) + Array(line.utf8) + lineEnd
    }
    return out + margin + mark + lineEnd
  }

  static func trimmed(_ margin: [UInt8]) -> [UInt8] {
    var margin = margin
    while let last = margin.last, last == 0x20 || last == 0x09 { margin.removeLast() }
    return margin
  }

  /// How the file ends its lines.
  static func lineEnd(_ bytes: [UInt8]) -> [UInt8] {
    guard let feed = bytes.firstIndex(of: 0x0A) else { return [0x0A] }
    return feed > 0 && bytes[feed - 1] == 0x0D ? [0x0D, 0x0A] : [0x0A]
  }
}
