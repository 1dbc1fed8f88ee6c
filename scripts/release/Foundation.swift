// In the release program this file stands for the one of its name in swift-argument-parser
// (Utilities/Foundation.swift), the only one there that asks for FoundationEssentials: for the JSON of the help that
// `--experimental-dump-help` writes for tools, and for errors of Foundation, of which nothing here throws any. What
// that brings in is a seventh of the program.

extension Error {
  func describe() -> String { String(describing: self) }
}

enum JSONEncoder {
  /// Says that there is none: the help is written for people, in `--help` and the manual page.
  static func encode<T: Encodable>(_ value: T) -> String {
    "The help as JSON is not part of this program; `cesuan --help` and `man cesuan` have it for people."
  }
}
