// The bundled documents and places, as data. Their texts lie in the binary; a `String` is made of one only when it is
// asked for. Knows nothing of what they mean.

import CDistricts

/// What the program brings along.
package enum Districts {
  /// A bundled file.
  package struct Document: Sendable {
    /// The file's name without its ending; of a policy document also its id.
    package let id: String
    fileprivate let index: Int

    /// What a message calls the file.
    package var fileName: String { id + ".md" }

    /// The file's text.
    package var text: String { Districts.text(of: districts_document(index)) }
  }

  /// The dictionary of facts.
  package static let facts = Document(id: "facts", index: 0)

  /// The policy documents, in the order in which they are listed.
  package static let documents: [Document] = (1..<districts_document_count()).map {
    Document(id: String(cString: districts_document($0).name), index: $0)
  }

  /// The template of a paper by its name and language, `estimate.zh`; nil where there is none.
  package static func paper(_ name: String) -> String? {
    (0..<districts_paper_count()).lazy.map { districts_paper($0) }.first { String(cString: $0.name) == name }
      .map { text(of: $0) }
  }

  /// The table of places, CSV with the header `code,name`.
  package static var places: String { text(of: districts_places()) }

  private static func text(of file: embedded_file) -> String {
    String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.length), as: UTF8.self)
  }
}
