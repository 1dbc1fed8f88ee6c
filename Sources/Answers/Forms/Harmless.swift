// Texts for files and pipes without anything that would act on a terminal which shows them.

import Diagnostics

/// Records without anything that would act on a terminal which shows them.
package enum Harmless {
  /// The records as they are, or with everything that acts made visible. Looked at byte by byte first: there may be
  /// millions of records, and hardly ever anything in them.
  package static func text(_ records: String) -> String {
    isSo(records) ? records : Visible.text(records, keepLines: true, keepTabs: true)
  }

  /// Whether a text has no byte that a character which acts could have. Line ends do not count.
  package static func isSo(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var before: UInt8 = 0
      for byte in bytes {
        switch byte {
        case 0x09, 0x0A, 0x0D: break
        case 0..<0x20, 0x7F: return false
        // C1 controls are C2 80 to C2 9F; the marks of direction begin with D8 9C, E2 80 and E2 81.
        case 0x80...0x9F where before == 0xC2 || before == 0xD8: return false
        case 0x80, 0x81: if before == 0xE2 { return false }
        default: break
        }
        before = byte
      }
      return true
    }
  }
}
