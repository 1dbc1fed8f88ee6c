// What this program is: its version, and a fingerprint of every document that it brings along, so that two people can
// see
// whether they reckon by the same rules.

import Districts
import Reckoning

/// The program's version.
package enum ProgramVersion {
  package static let number = "0.1.0"

  /// A bundled document with the fingerprint of its text.
  package static var documents: [(id: String, fingerprint: String)] {
    (Districts.documents + [Districts.facts]).map { document in
      var digest = Digest()
      digest.add(document.text)
      return (document.id, digest.hex)
    }
  }

  /// The version, and a line for each document.
  package static var text: String {
    let documents = documents
    let width = documents.map(\.id.utf8.count).max() ?? 0
    return "cesuan \(number)"
      + documents.map { "\n  " + $0.id + String(repeating: " ", count: width - $0.id.utf8.count + 2) + $0.fingerprint }
      .joined()
  }
}
